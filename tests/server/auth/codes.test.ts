/** A second factor: what raises a session, how often it may be tried, and where it is asked for. */
import type * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import type { Account } from '#server/auth/sessions.ts'
import { sendCode } from '#server/auth/codes.ts'
import { prove } from '#server/auth/second-factor.ts'
import * as accounts from '#server/db/accounts.ts'
import { CLOSE } from '#live/wire.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { postbox, type Postbox } from '../../postbox.ts'
import { Pen, table, until, type Table } from '../../table.ts'

let box: Postbox
let t: Table
beforeAll(async () => {
  box = await postbox()
  t = await table({ SMTP_URL: box.url, SECOND_FACTOR: 'required' })
})
afterAll(async () => {
  await t.close()
  await box.close()
})

/** Somebody signed in with one factor. */
async function holder(key: string, planId = 'plan-01', method: 'password' | 'demo' = 'password') {
  const account = await accounts.byEmail(t.app.db.sql, `${key}@${planId}.example`)
  const { name, value } = await t.app.sessions.start(account!.id, 'low', { method })
  const cookie = `${name}=${value}`
  return { cookie, ...(await t.app.holderOf(cookie))! }
}
/** A goal of a few words, laid before Ria, Marjan and who presents it. */
async function presented(carer: Account): Promise<{ goalId: string; hash: string }> {
  const goal = await createGoal(t.app.acts, carer, {
    planId: 'plan-01',
    area: 'living',
    wishes: [],
  })
  if (isRefusal(goal)) throw new Error(goal)
  const ria = await t.person('ria')
  const pen = await ria.open(goal.documentId!).synced()
  ;(pen.doc.getMap('goal').get('plainText') as Y.Text).insert(0, 'Ria zit op het balkon.')
  await pen.stored()
  pen.close()
  const marjan = await t.person('marjan')
  const asked = { goalId: goal.id, parties: [marjan.id], trial: false }
  const shown = await presentGoal(t.app.acts, carer, asked)
  if (isRefusal(shown)) throw new Error(shown)
  return { goalId: goal.id, hash: shown.hash! }
}
async function mailed(): Promise<string> {
  await until(async () => {
    await t.app.post.look()
    return box.letters.length > 0
  })
  return /\b\d{6}\b/.exec(box.letters.pop()!.text ?? '')![0]
}

describe('a mailed code', () => {
  test('raises the session it was asked in, once', async () => {
    const marjan = await holder('marjan')
    const other = await holder('marjan')
    expect(await sendCode(t.app, marjan)).toBeNull()
    const code = await mailed()
    expect(await prove(t.app, other, code)).toBe('wrong-code')
    expect(await prove(t.app, marjan, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('middle')
    expect(await prove(t.app, marjan, code)).toBe('wrong-code')
    expect(await t.app.sessions.raise(marjan, 'middle')).toBeNull() // her sockets stay open
    expect(await t.app.accountOf(marjan.cookie)).toMatchObject({ assurance: 'middle' })
    expect(await t.app.accountOf(other.cookie)).toMatchObject({ assurance: 'low' })
  })

  test('may be tried five times, and lasts ten minutes', async () => {
    const ria = await holder('ria')
    await sendCode(t.app, ria)
    const code = await mailed()
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n++) expect(await prove(t.app, ria, wrong)).toBe('wrong-code')
    expect(await prove(t.app, ria, code)).toBe('wrong-code')
    await sendCode(t.app, ria)
    const next = await mailed()
    await t.app.db.sql`update mailed_code set expires_at = now()`
    expect(await prove(t.app, ria, next)).toBe('wrong-code')
  })

  test('many guesses at once count each', async () => {
    const joost = await holder('joost')
    await sendCode(t.app, joost)
    await mailed()
    const guesses = Array.from({ length: 30 }, (_, n) => prove(t.app, joost, `00000${n % 10}`))
    const answers = await Promise.all(guesses)
    expect(answers.filter((one) => one === 'too-many-tries').length).toBeGreaterThanOrEqual(20)
  })

  test('is asked for a few times only', async () => {
    const bakker = await holder('bakker')
    for (let n = 0; n < 3; n++) expect(await sendCode(t.app, bakker)).toBeNull()
    expect(await sendCode(t.app, bakker)).toBe('too-many-tries')
  })
})

describe('where a second factor is required', () => {
  test('who works in care reaches no plan by page, API or socket with a password alone', async () => {
    const fatima = await holder('fatima')
    expect(fatima.step).toBe('enrol')
    expect(await t.app.accountOf(fatima.cookie)).toBeNull()
    const board = await t.board()
    const pen = new Pen(t.base, board, fatima.cookie)
    await until(() => pen.closedWith !== null)
    expect(pen.closedWith).toBe(CLOSE.notSignedIn)
    pen.close()
    const socket = io(t.base.replace('ws', 'http'), {
      transports: ['websocket'],
      extraHeaders: { cookie: fatima.cookie },
      reconnection: false,
    })
    const error = await new Promise<Error>((done) => socket.on('connect_error', done))
    expect(error.message).toBe('not-signed-in')
    socket.close()
  })

  test('who decides for another shows more before reading', async () => {
    expect((await holder('grietje', 'plan-02')).step).toBe('second-factor')
    expect((await holder('sjoerd', 'plan-02')).step).toBeNull()
  })

  test('the last step of signing in gives the session a new token', async () => {
    const grietje = await holder('grietje', 'plan-02')
    const cookie = await t.app.sessions.raise(grietje, 'middle')
    expect(await t.app.holderOf(grietje.cookie)).toBeNull()
    expect(await t.app.accountOf(`session=${cookie!.value}`)).toMatchObject({ assurance: 'middle' })
  })

  test('a relative answers after a code, in the session she has; the answer keeps how sure', async () => {
    const fatima = await holder('fatima')
    const raised = await t.app.sessions.raise(fatima, 'substantial')
    const carer = (await t.app.accountOf(`session=${raised!.value}`))!
    const marjan = await holder('marjan')
    const { goalId, hash } = await presented(carer)
    const asked = { goalId, hash, answer: 'yes', method: 'own_device', key: 'tap-1' } as const
    expect(await answerGoal(t.app.acts, marjan, asked)).toBe('second-factor')
    await t.app.sessions.raise(marjan, 'middle')
    // the same socket, the same tap: what it knew of her when it connected is not believed
    expect(await answerGoal(t.app.acts, marjan, asked)).toMatchObject({ id: goalId })
    const ria = await holder('ria')
    expect(await answerGoal(t.app.acts, ria, { ...asked, key: 'tap-2' })).toMatchObject({
      id: goalId,
    })
    const kept = await t.app.db.sql<{ assurance: string }[]>`
      select assurance from answer where goal_id = ${goalId} order by seq`
    expect(kept.map(({ assurance }) => assurance)).toEqual(['middle', 'low'])
  })

  test('who took a demo seat is asked for nothing, also to answer; the answer says how sure', async () => {
    const fatima = await holder('fatima', 'plan-01', 'demo')
    const { goalId, hash } = await presented(fatima)
    const asked = { goalId, hash, answer: 'yes', method: 'own_device', key: 'seat-1' } as const
    expect(await answerGoal(t.app.acts, fatima, asked)).toMatchObject({ id: goalId })
    const [kept] = await t.app.db.sql<{ assurance: string }[]>`
      select assurance from answer where goal_id = ${goalId}`
    expect(kept?.assurance).toBe('low')
  })
})

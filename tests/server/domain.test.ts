/**
 * What the domain asks for (domain.md, appendix D), each told on a whole table and named with its
 * number. What needs a screen stands in `tests/flows/domain.test.ts`; `tests/domain.test.ts` holds
 * that none is left out.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { WebSocket } from 'ws'
import { addMonths, dayOf } from '#plan/deadlines.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { addCard, goalOf } from '#live/documents.ts'
import * as documents from '#server/db/documents.ts'
import { recordDissent } from '#server/agreement.ts'
import { endAccess, invite } from '#server/circle.ts'
import * as access from '#server/db/access.ts'
import * as events from '#server/db/events.ts'
import { notFollow } from '#server/decided.ts'
import { judge } from '#server/deciding.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { exportPdf } from '#server/export/pdf/export.ts'
import { exportJson } from '#server/export/json.ts'
import { importPlan } from '#server/import/plan.ts'
import { markGoal } from '#server/marks.ts'
import { newFor } from '#server/notices.ts'
import { planLines } from '#server/plan-lines.ts'
import { readGoalView, readPlan, writersOf } from '#server/plans.ts'
import { propose } from '#server/proposals.ts'
import { setPlan, setPage } from '#server/setting.ts'
import type { NoticeView } from '#live/wire.ts'
import { goal, presented, say, write, written } from '../goal.ts'
import { table, until, type Guest, type Table } from '../table.ts'

let t: Table
let ria: Guest
let marjan: Guest
let fatima: Guest

/** A table where a mentor, a bewindvoerder and a first contact sit with a client. */
const henks = {
  client: { name: 'meneer Henk Smit', callMe: 'Henk' },
  participants: [
    { key: 'henk', name: 'Henk Smit', role: 'client', mayConfirm: true, authority: 'self' },
    { key: 'mia', name: 'Mia Smit', role: 'mentor', mayConfirm: true, authority: 'mentor' },
    { key: 'bo', name: 'Bo Geld', role: 'administrator', mayConfirm: false, authority: 'none' },
    { key: 'wim', name: 'Wim Smit', role: 'first_contact', mayConfirm: false, authority: 'none' },
    {
      key: 'els',
      name: 'Els Vos',
      role: 'primary_carer',
      mayConfirm: true,
      authority: 'professional',
    },
  ],
}
const PLAN = 'plan-d'
let henk: Guest
let mia: Guest
let wim: Guest
let els: Guest

beforeAll(async () => {
  t = await table()
  ;[ria, marjan, fatima] = (await Promise.all(
    ['ria', 'marjan', 'fatima'].map((key) => t.person(key)),
  )) as [Guest, Guest, Guest]
  expect(await importPlan(t.app.acts, { id: PLAN, ...henks }, false)).toEqual({ id: PLAN })
  ;[henk, mia, wim, els] = (await Promise.all(
    ['henk', 'mia', 'wim', 'els'].map((key) => t.person(key, PLAN)),
  )) as [Guest, Guest, Guest, Guest]
})
afterAll(() => t.close())

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}
const stands = async (who: Guest, id: string) => goal(await readGoalView(t.app, who.account, id))

/** Everything a plain socket is sent, and the code it ends with. */
async function listen(who: Guest, documentId: string) {
  const socket = new WebSocket(`${t.base}/sync/${documentId}`, { headers: { cookie: who.cookie } })
  let bytes = 0
  socket.on('message', (data: Buffer) => (bytes += data.length))
  const code = await new Promise<number>((done) => socket.on('close', done))
  return { bytes, code }
}

test('D1: a relative without consent receives no byte of the zone of the care', async () => {
  expect(await listen(marjan, await t.board('care'))).toEqual({ bytes: 0, code: 4403 })
  const pen = await fatima.open(await t.board('care')).synced() // it is there, for who may read it
  expect(pen.doc.share.size).toBeGreaterThan(0)
})

test('D2: after withdrawal the open socket closes by itself, and no other opens', async () => {
  const board = await t.board('shared', 'plan-10')
  const [syl, linda] = [await t.person('syl', 'plan-10'), await t.person('linda', 'plan-10')]
  const pen = await linda.open(board).synced()
  ok(await endAccess(t.app.acts, syl.account, { planId: 'plan-10', personId: linda.id }))
  await until(() => pen.closedWith === 4403)
  expect(await listen(linda, board)).toEqual({ bytes: 0, code: 4403 })
})

test('D3: client agrees, mentor does not, and she can decide: agreed, his view beside it', async () => {
  const shown = await presented(t, els, { parties: [mia.id] }, PLAN)
  await say(t, henk, shown, 'yes')
  await say(t, els, shown, 'yes')
  expect(goal(await say(t, mia, shown, 'no', { remark: 'Te druk.' })).state).toBe('presented')
  const text = 'Mia vindt het te druk. Henk wil het wel.'
  const asked = { goalId: shown.id, personId: mia.id, text }
  const after = goal(await recordDissent(t.app.acts, els.account, asked))
  expect(after.state).toBe('agreed-with-dissent')
  expect(after.agreed?.dissents).toMatchObject([
    { personId: mia.id, text, ground: 'client-persists' },
  ])
})

test('D4: unable for topic A only: his mentor’s yes counts for A, and not for B', async () => {
  const topic = 'Medicijnen tegen pijn'
  const judged = ok(
    await judge(t.app.acts, els.account, {
      planId: PLAN,
      topic,
      able: false,
      judgedBy: 'dokter M. Vos',
      reason: 'Hij kan dit niet afwegen.',
      on: '2026-06-01',
      reviewOn: null,
    }),
  )
  const a = await presented(t, els, { parties: [], topic: judged.id }, PLAN)
  const b = await presented(t, els, { parties: [], topic: 'none' }, PLAN)
  const forHim = { method: 'on_behalf', party: henk.id, reaction: 'liked' } as const
  for (const shown of [a, b]) await say(t, els, shown, 'yes')
  expect(goal(await say(t, mia, a, 'yes', forHim)).state).toBe('agreed')
  expect(await say(t, mia, b, 'yes', forHim)).toBe('not-for-her')
  expect((await stands(els, b.id)).state).toBe('presented')
})

test('D5: a relative who is asked can delay and not block; a first contact who is not asked has no vote', async () => {
  const shown = await presented(t, fatima, { parties: [], heard: [marjan.id] })
  await say(t, marjan, shown, 'no', { remark: 'Te koud.' })
  await say(t, ria, shown, 'yes')
  expect(goal(await say(t, fatima, shown, 'yes'))).toMatchObject({
    state: 'presented',
    standing: 'disputed',
  })
  const record = (text: string) =>
    recordDissent(t.app.acts, fatima.account, { goalId: shown.id, personId: marjan.id, text })
  expect(await record(' ')).toBe('reason-missing')
  expect(goal(await record('Ria wil het, ook als het koud is.')).state).toBe('agreed-with-dissent')
  const other = await presented(t, els, { parties: [] }, PLAN)
  expect(await say(t, wim, other, 'yes')).toBe('not-a-party')
  expect(await say(t, wim, other, 'no')).toBe('not-a-party')
})

test('D6: who looks after money alone has no access', async () => {
  const bo = await t.person('bo', PLAN)
  expect(await readPlan(t.app, bo.account, PLAN)).toBe('no-access')
  expect(await listen(bo, await t.board('shared', PLAN))).toEqual({ bytes: 0, code: 4403 })
})

test('D7: words that change after two of three yeses: all three are asked anew, and told', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'yes')
  await say(t, marjan, shown, 'yes')
  const writing = goal(await reviseGoal(t.app.acts, fatima.account, shown.id))
  await write(fatima, writing.documentId!, 'Ook als het regent. ')
  const asked = { goalId: shown.id, parties: [marjan.id] }
  const again = goal(await presentGoal(t.app.acts, fatima.account, asked))
  expect(again.answers.filter(({ version }) => version === again.version)).toEqual([])
  for (const who of [ria, marjan]) {
    const told = (await newFor(t.app, who.account, 'plan-01')) as NoticeView[]
    expect(told.filter(({ goalId }) => goalId === shown.id).map(({ kind }) => kind)).toContain(
      'words-changed',
    )
    expect(await say(t, who, shown, 'yes')).toBe('words-changed')
  }
  await say(t, ria, again, 'yes')
  await say(t, marjan, again, 'yes')
  expect((await stands(fatima, shown.id)).state).toBe('presented') // Fatima as well
  expect(goal(await say(t, fatima, again, 'yes')).state).toBe('agreed')
})

test('D8: words from before the lock that arrive after it become a proposal; the hash stays', async () => {
  const made = await written(t, fatima)
  const late = await marjan.open(made.documentId!).synced()
  late.provider.disconnect()
  ;(goalOf(late.doc).goal.get('plainText') as Y.Text).insert(0, 'Met de hond. ')
  const shown = goal(
    await presentGoal(t.app.acts, fatima.account, { goalId: made.id, parties: [] }),
  )
  await say(t, ria, shown, 'yes')
  expect(goal(await say(t, fatima, shown, 'yes')).state).toBe('agreed')
  late.provider.connect()
  await until(() => late.closedWith === 4409)
  const words = { ...shown.words, plainText: `Met de hond. ${shown.words.plainText}` }
  const after = goal(
    await propose(t.app.acts, marjan.account, { goalId: made.id, words, send: true }),
  )
  expect(after).toMatchObject({ state: 'agreed', agreed: { hash: shown.hash } })
  expect(after.proposals).toMatchObject([{ personId: marjan.id, words }])
})

test('D10: whose hand it was is written by the server, whatever the browser says', async () => {
  const board = await t.board()
  const pen = await fatima.open(board).synced()
  const said = { kind: 'wish', area: 'mental', order: 'zz', saidBy: ria.id } as const
  addCard(pen.doc, { ...said, id: 'typedbym', text: 'Muziek.', basis: 'own_words' })
  await pen.stored()
  const hands = await documents.hands(t.app.db.sql, board)
  expect(hands.find(({ clientId }) => clientId === pen.doc.clientID)?.personId).toBe(fatima.id)
  const writers = ok(await writersOf(t.app, ria.account, board))
  expect(writers[pen.doc.clientID]).toBe(fatima.id)
  const card = pen.doc.getMap('cards').get('typedbym') as Y.Map<unknown>
  card.set('recordedBy', ria.id) // there is no such field, and none can be brought in
  await until(() => pen.closedWith !== null || pen.refused.length > 0)
  const fresh = await ria.open(board).synced()
  expect(JSON.stringify(fresh.doc.getMap('cards').get('typedbym'))).not.toContain('recordedBy')
})

test('D11: an observed reaction never fulfils a yes that is asked', async () => {
  const shown = await presented(t, fatima)
  await say(t, fatima, shown, 'yes')
  const seen = { method: 'observed_response', party: ria.id, remark: 'Ze lacht.' } as const
  expect(goal(await say(t, fatima, shown, 'yes', seen)).state).toBe('presented')
  expect(goal(await say(t, ria, shown, 'yes')).state).toBe('agreed')
})

test('D12: resistance that was seen stops the goal, whoever says yes', async () => {
  const shown = await presented(t, els, { parties: [] }, PLAN)
  const seen = {
    method: 'observed_response',
    party: henk.id,
    remark: 'Hij duwt de hand weg.',
  } as const
  expect(goal(await say(t, els, shown, 'no', seen)).standing).toBe('resisted')
  await say(t, els, shown, 'yes')
  const forHim = { method: 'on_behalf', party: henk.id, reaction: 'not-asked' } as const
  await say(t, mia, shown, 'yes', forHim)
  expect(await stands(els, shown.id)).toMatchObject({ state: 'presented', standing: 'resisted' })
})

test('D13: a wish that is not followed is refused without its ground', async () => {
  const page = await fatima.open(await t.board()).synced()
  const [cardId] = [...page.doc.getMap('cards').keys()]
  const asked = {
    planId: 'plan-01',
    cardId: cardId!,
    followed: false,
    reason: 'Kan niet.',
  } as const
  const refused = await notFollow(t.app.acts, fatima.account, {
    ...asked,
    ground: undefined,
    consulted: '',
  })
  expect(refused).toBe('ground-missing')
})

test('D14, L1: a plan is not set without goals, who does what, a contact and a day to look back', async () => {
  const asked = { planId: PLAN, reviewOn: '2090-01-01' }
  expect(await setPlan(t.app.acts, els.account, asked)).toBe('duties-missing')
  const page = ok(await setPage(t.app, els.account, PLAN))
  expect(page.missing).toEqual(expect.arrayContaining(['period', 'who', 'living']))
  const fresh = { id: 'plan-e', ...henks }
  fresh.participants = henks.participants.filter(({ key }) => key !== 'els')
  const nurse = { key: 'ina', name: 'Ina', role: 'nurse', mayConfirm: true, authority: 'own_task' }
  fresh.participants.push(nurse)
  expect(await importPlan(t.app.acts, fresh, false)).toEqual({ id: 'plan-e' })
  const ina = await t.person('ina', 'plan-e')
  expect(ok(await setPage(t.app, ina.account, 'plan-e')).missing).toEqual(
    expect.arrayContaining(['goals', 'living']),
  )
})

test('D15, L13: on day 43 without a set plan it is late on the list of who answers for it', async () => {
  const chantal = await t.person('chantal', 'plan-09') // the care began on 15 June
  const on = async (day: string) => (await planLines(t.app, chantal.account, day))[0]!
  expect(await on('2026-07-27')).toMatchObject({ deadline: { duty: 'set', by: '2026-07-27' } })
  expect((await on('2026-07-27')).nearness).not.toBe('late')
  expect((await on('2026-07-28')).nearness).toBe('late')
})

test('D19: words of the client stand beside what is agreed, and change nothing of it', async () => {
  const shown = await presented(t, fatima)
  await say(t, ria, shown, 'yes')
  await say(t, fatima, shown, 'yes')
  const said = { goalId: shown.id, text: 'Wel met mijn jas aan.', instead: '', informed: false }
  const after = goal(await markGoal(t.app.acts, ria.account, { ...said, mark: 'statement' }))
  expect(after).toMatchObject({ state: 'agreed', agreed: { hash: shown.hash } })
  expect(after.marks.at(-1)).toMatchObject({ personId: ria.id, body: { text: said.text } })
})

test('D22: a yes by pictures needs two positive answers', async () => {
  const shown = await presented(t, fatima)
  await say(t, fatima, shown, 'yes')
  const picture = { method: 'pictogram', party: ria.id } as const
  await say(t, fatima, shown, 'yes', picture)
  expect(goal(await say(t, fatima, shown, 'no', picture)).state).toBe('presented')
  expect(goal(await say(t, fatima, shown, 'yes', picture)).state).toBe('presented') // once, after a no
  expect(goal(await say(t, fatima, shown, 'yes', picture)).state).toBe('agreed')
})

test('D24: Roy and Linda read nothing of what tante Syl told in confidence', async () => {
  const own = await t.board('client', 'plan-10')
  const roy = await t.person('roy', 'plan-10')
  expect(await listen(roy, own)).toEqual({ bytes: 0, code: 4403 })
  expect(JSON.stringify(await readPlan(t.app, roy.account, 'plan-10'))).not.toContain('Hermine')
  expect(await exportJson(t.app, roy.account, 'plan-10')).toBe('no-access')
  const shared = await roy.open(await t.board('shared', 'plan-10')).synced()
  expect(JSON.stringify(shared.doc.getMap('cards').toJSON())).not.toContain('Hermine')
  const anjali = await (await t.person('anjali', 'plan-10')).open(own).synced()
  expect(JSON.stringify(anjali.doc.getMap('cards').toJSON())).toContain('Hermine') // it is there
})

test('D16, L13, L18: a plan that is set is kept whole, and its copy is with the client at once', async () => {
  const planId = 'plan-10'
  const [esther, syl] = (await Promise.all(
    ['esther', 'syl'].map((key) => t.person(key, planId)),
  )) as [Guest, Guest]
  const reviewOn = addMonths(dayOf(new Date()), 5)
  expect(await setPlan(t.app.acts, syl.account, { planId, reviewOn })).toBe('no-access')
  const { version, hash } = ok(await setPlan(t.app.acts, esther.account, { planId, reviewOn }))
  const page = ok(await setPage(t.app, syl.account, planId))
  const [set] = page.versions
  expect(set).toMatchObject({ version, hash, holds: true })
  expect(set!.copies.map(({ personId, way }) => [personId, way])).toEqual([[syl.id, 'screen']]) // she decides herself: her niece has no say, and so no copy of her own accord
  const chained = await events.ofPlan(t.app.db.sql, planId)
  expect(chained.filter(({ kind }) => kind === 'copy-delivered')).toHaveLength(1)
  const paper = await exportPdf(t.app, syl.account, planId, { reader: 'me', locale: 'nl' })
  expect(isRefusal(paper)).toBe(false)
  // the board is worked on, what was set stays as it was
  const pen = await syl.open(await t.board('shared', planId)).synced()
  const wish = { kind: 'wish', area: 'mental', order: 'zz', saidBy: syl.id } as const
  addCard(pen.doc, { ...wish, id: 'afterset1', text: 'Een nieuwe wens.', basis: 'own_words' })
  await pen.stored()
  const after = ok(await setPage(t.app, syl.account, planId)).versions[0]
  expect(after).toEqual(set)
  expect(JSON.stringify(after)).not.toContain('Een nieuwe wens')
})

test('L8: only the client, who acts for her, or her primary carer at her request lets somebody in', async () => {
  const asked = {
    planId: 'plan-01',
    name: 'Truus Bos',
    email: 'truus@bos.example',
    role: 'relative' as const,
    consent: 'Truus mag erbij zijn.',
  }
  const joost = await t.person('joost')
  for (const who of [marjan, joost])
    expect(await invite(t.app.acts, who.account, asked)).toBe('no-access')
  const { personId } = ok(await invite(t.app.acts, fatima.account, asked))
  const kept = (await access.consents(t.app.db.sql, 'plan-01')).find(
    (one) => one.personId === personId,
  )
  expect(kept).toMatchObject({ givenBy: ria.id, recordedBy: fatima.id, text: asked.consent })
})

test('L15: a refusal of the client is recorded, and stays when she says yes to other words', async () => {
  const shown = await presented(t, fatima)
  await say(t, ria, shown, 'no')
  const ending = { goalId: shown.id, text: '', instead: '', informed: false }
  const ended = goal(await markGoal(t.app.acts, fatima.account, { ...ending, mark: 'refused' }))
  expect(ended).toMatchObject({ state: 'not-agreed', agreed: null })
  const writing = goal(await reviseGoal(t.app.acts, fatima.account, shown.id))
  await write(fatima, writing.documentId!, 'Alleen als de zon schijnt: ')
  const again = goal(
    await presentGoal(t.app.acts, fatima.account, { goalId: shown.id, parties: [] }),
  )
  await say(t, ria, again, 'yes')
  const after = goal(await say(t, fatima, again, 'yes'))
  expect(after.state).toBe('agreed')
  expect(after.answers[0]).toMatchObject({ partyId: ria.id, answer: 'no', version: 1 })
  expect(after.marks).toMatchObject([{ kind: 'refused', personId: ria.id, version: 1 }])
})

test('L17: the client takes a copy whenever she wants, without asking anybody', async () => {
  expect(isRefusal(await exportJson(t.app, ria.account, 'plan-01'))).toBe(false)
  for (const reader of ['me', 'record'] as const) {
    const paper = await exportPdf(t.app, ria.account, 'plan-01', { reader, locale: 'nl' })
    expect(isRefusal(paper)).toBe(false)
  }
  expect(await exportJson(t.app, marjan.account, 'plan-01')).toBe('no-access')
})

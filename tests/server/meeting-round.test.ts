/** The round of a meeting: a yes that is said aloud, and who reads at this moment. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { GoalView } from '#live/wire.ts'
import { goalOf } from '#live/documents.ts'
import { answerGoal, type Answering } from '#server/agreement.ts'
import * as rows from '#server/db/agreement.ts'
import { goalProof } from '#server/evidence.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { handOver } from '#server/handover.ts'
import { stepMeeting } from '#server/meetings.ts'
import { newFor } from '#server/notices.ts'
import { planMeeting } from '#server/planning.ts'
import { admitScreen, openScreen } from '#server/screens.ts'
import { ScreenSocket, SeatSocket } from '../sockets.ts'
import { table, until, type Guest, type Table } from '../table.ts'

let t: Table
let cast: Record<'ria' | 'marjan' | 'fatima' | 'joost' | 'bakker', Guest>
let meetingId: string
beforeAll(async () => {
  t = await table()
  cast = {
    ria: await t.person('ria'),
    marjan: await t.person('marjan'),
    fatima: await t.person('fatima'),
    joost: await t.person('joost'),
    bakker: await t.person('bakker'),
  }
  const { acts } = t.app
  const { account } = cast.fatima
  const when = { onAt: '2026-08-25T12:00:00.000Z', minutes: 30, place: 'Huiskamer', link: '' }
  const people = Object.values(cast).map(({ id }) => id)
  meetingId = ok(await planMeeting(acts, account, { planId: 'plan-01', ...when, people })).id
  ok(await stepMeeting(acts, account, { meetingId, step: { do: 'start' } }))
  const minutes = { do: 'minutes' as const, to: cast.bakker.id }
  ok(await stepMeeting(acts, account, { meetingId, step: minutes }))
})
afterAll(() => t.close())

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}

/** Words that lie before Ria, Fatima and whoever is named. */
async function laid(parties: readonly string[]): Promise<GoalView> {
  const { acts } = t.app
  const { account } = cast.fatima
  const made = ok(
    await createGoal(acts, account, { planId: 'plan-01', area: 'living', wishes: [] }),
  )
  const pen = await cast.fatima.open(made.documentId!).synced()
  ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, 'Ria zit op het balkon.')
  await pen.stored()
  pen.close()
  return ok(await presentGoal(acts, account, { goalId: made.id, parties: [...parties] }))
}

test('a yes said aloud is written down with who heard it, and its giver hears of that', async () => {
  const goal = await laid([cast.marjan.id])
  const { acts } = t.app
  const sentence = 'Marjan, zegt u hier ja tegen?'
  const aloud: Answering = {
    goalId: goal.id,
    hash: goal.hash!,
    answer: 'yes',
    method: 'verbal_recorded',
    party: cast.marjan.id,
    witnesses: [cast.joost.id, cast.bakker.id],
    sentence,
    key: 'aloud',
  }
  const by = (who: Guest, more: Partial<Answering> = {}) =>
    answerGoal(acts, who.account, { ...aloud, ...more })
  expect(await by(cast.bakker, { witnesses: [] })).toBe('witness-missing')
  expect(await by(cast.bakker, { witnesses: [cast.bakker.id] })).toBe('witness-missing')
  expect(await by(cast.bakker, { witnesses: [cast.bakker.id, cast.marjan.id] })).toBe(
    'witness-missing',
  )
  expect(await by(cast.marjan, { party: cast.fatima.id })).toBe('not-for-her')
  const written = ok(await by(cast.bakker))
  ok(await by(cast.bakker)) // the same tap once more
  expect(written.answers).toHaveLength(1)
  expect(written.answers[0]).toMatchObject({
    partyId: cast.marjan.id,
    actorId: cast.bakker.id,
    method: 'verbal_recorded',
    witnesses: [cast.joost.id, cast.bakker.id],
    answer: 'yes',
  })
  const [row] = await rows.answers(t.app.db.sql, 'plan-01', goal.id)
  expect(row).toMatchObject({ sentence, hash: goal.hash, assurance: cast.bakker.account.assurance })
  const proof = ok(await goalProof(t.app, cast.ria.account, goal.id))
  expect(proof.fault).toBeNull()
  const news = ok(await newFor(t.app, cast.marjan.account, 'plan-01'))
  expect(news).toContainEqual(
    expect.objectContaining({ kind: 'written-down', goalId: goal.id, about: cast.bakker.id }),
  )
  // it was not what she said: her own answer counts from here
  const own = { goalId: goal.id, hash: goal.hash!, method: 'own_device' as const }
  const changed = ok(
    await answerGoal(acts, cast.marjan.account, { ...own, answer: 'no', key: 'o' }),
  )
  expect(changed.answers.map(({ answer }) => answer)).toEqual(['yes', 'no'])
  expect(changed.standing).toBe('waiting')
})

test('who has the text open is seen to read, and nothing is said of who is not asked', async () => {
  const goal = await laid([cast.marjan.id])
  const seats = ['ria', 'marjan', 'joost', 'bakker'] as const
  const [ria, marjan, joost, bakker] = seats.map((who) => new SeatSocket(t.base, cast[who].cookie))
  const { token, row } = ok(await openScreen(t.app.db.sql))
  const screen = new ScreenSocket(t.base, token)
  const sockets = [ria!, marjan!, joost!, bakker!, screen]
  await until(() => bakker!.here.length === 4 && screen.view?.state === 'waiting')
  const { acts } = t.app
  const { account } = cast.fatima
  ok(await admitScreen(acts, account, { meetingId, code: row.code }))
  const bring = { do: 'bring' as const, goal: goal.id, title: 'Balkon' }
  ok(await stepMeeting(acts, account, { meetingId, step: bring }))
  const open = { goalId: goal.id, hash: goal.hash! }
  const reading = () => bakker!.reading.flatMap(({ people, hash }) => (hash ? people : []))
  const onScreen = () => {
    const content = screen.showing?.content
    if (content?.kind !== 'goal') return []
    return content.answers.flatMap(({ personId, reads }) => (reads ? personId : []))
  }
  expect(await marjan!.reads(open)).toEqual({ ok: true, value: null })
  await until(() => reading().includes(cast.marjan.id) && onScreen().length === 1)
  expect(onScreen()).toEqual([cast.marjan.id])
  // of who is not asked, and of words that are not before people, nobody hears
  expect(await joost!.reads(open)).toMatchObject({ refusal: 'not-a-party' })
  const other = { ...open, hash: 'f'.repeat(64) }
  expect(await ria!.reads(other)).toMatchObject({ refusal: 'words-changed' })
  expect(await ria!.reads({ ...open, goalId: 'nothing' })).toMatchObject({
    refusal: 'unknown-goal',
  })
  expect(reading()).toEqual([cast.marjan.id])
  expect(JSON.stringify(bakker!.reading)).not.toContain(cast.joost.id)
  ok(await ria!.reads(open))
  await until(() => reading().length === 2 && onScreen().length === 2)
  // an answer takes its place; who has answered is not shown as reading again
  const say = { ...open, method: 'own_device' as const, answer: 'no' as const, key: 'reads' }
  ok(await answerGoal(acts, cast.marjan.account, say))
  await until(() => onScreen().length === 1)
  expect(await marjan!.reads(open)).toMatchObject({ refusal: 'not-a-party' })
  await until(() => reading().length === 1)
  // put away, or the screen gone: nobody reads
  ria!.close()
  await until(() => reading().length === 0 && onScreen().length === 0)
  for (const one of sockets) one.close()
})

test("on a tablet that was handed over it is the client who reads, and the chair is not 'here'", async () => {
  const goal = await laid([])
  const hers = ok(await handOver(t.app, cast.fatima.account, 'plan-01', cast.fatima.cookie))
  const tablet = new SeatSocket(t.base, `${hers.name}=${hers.value}`)
  const bakker = new SeatSocket(t.base, cast.bakker.cookie)
  await until(() => bakker.here.length === 2)
  expect(bakker.here).not.toContain(cast.fatima.id)
  ok(await tablet.reads({ goalId: goal.id, hash: goal.hash! }))
  await until(() => bakker.reading.some(({ people }) => people.includes(cast.ria.id)))
  expect(await tablet.step(meetingId, { do: 'raise' })).toMatchObject({ refusal: 'handed-over' })
  tablet.close()
  bakker.close()
})

/** The acts of agreeing on a real table: what they change, what they keep, and who hears of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstBreak } from '#server/chain.ts'
import { proofOf } from '#server/proof.ts'
import { judge, standIn, whoDecides } from '#server/deciding.ts'
import { history } from '#server/history.ts'
import { markGoal, type Marking } from '#server/marks.ts'
import { newFor, readUpTo } from '#server/notices.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { reviewGoal } from '#server/reviews.ts'
import { recordDissent } from '#server/agreement.ts'
import { isRefusal } from '#plan/refusals.ts'
import type { GoalView, NoticeView } from '#live/wire.ts'
import { goal, presented, say, write } from '../goal.ts'
import { table, type Guest, type Table } from '../table.ts'

let t: Table
let ria: Guest
let marjan: Guest
let fatima: Guest
let joost: Guest
beforeAll(async () => {
  t = await table()
  ;[ria, marjan, fatima, joost] = (await Promise.all(
    ['ria', 'marjan', 'fatima', 'joost'].map((key) => t.person(key)),
  )) as [Guest, Guest, Guest, Guest]
})
afterAll(() => t.close())

const put = (who: Guest, to: GoalView, mark: Marking['mark'], more: Partial<Marking> = {}) =>
  markGoal(t.app.acts, who.account, {
    goalId: to.id,
    mark,
    text: '',
    instead: '',
    informed: false,
    ...more,
  })
const heard = async (who: Guest, about: GoalView) =>
  ((await newFor(t.app, who.account, about.planId)) as NoticeView[])
    .filter(({ goalId }) => goalId === about.id)
    .map(({ kind }) => kind)
const agreed = async (parties = [marjan.id]) => {
  const shown = await presented(t, fatima, { parties })
  await say(t, ria, shown, 'yes')
  if (parties.includes(marjan.id)) await say(t, marjan, shown, 'yes')
  return goal(await say(t, fatima, shown, 'yes'))
}

test('a no after a yes keeps both, and who had said yes hears of it', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'yes')
  await say(t, marjan, shown, 'yes')
  const after = goal(await say(t, marjan, shown, 'no'))
  expect(after.state).toBe('presented')
  expect(after.answers.map(({ answer }) => answer)).toEqual(['yes', 'yes', 'no'])
  expect(await heard(ria, shown)).toEqual(['no-said'])
  expect(await heard(marjan, shown)).toEqual([])
})

test('a question is news until it is answered, or is no longer asked', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  expect(await heard(ria, shown)).toEqual(['asked'])
  await say(t, ria, shown, 'yes')
  expect(await heard(ria, shown)).toEqual([])
  expect(await heard(marjan, shown)).toEqual(['asked'])
  await reviseGoal(t.app.acts, fatima.account, shown.id)
  expect(await heard(marjan, shown)).not.toContain('asked')
})

test('words that change after answers: all who answered are told, their answers stay on record', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'yes')
  await say(t, marjan, shown, 'yes')
  const writing = goal(await reviseGoal(t.app.acts, fatima.account, shown.id))
  await write(fatima, writing.documentId!, 'Ook als het regent. ')
  const again = goal(
    await presentGoal(t.app.acts, fatima.account, { goalId: shown.id, parties: [] }),
  )
  expect(again.version).toBe(2)
  expect(again.answers.map(({ version }) => version)).toEqual([1, 1])
  expect(again.versions.map(({ words }) => words.plainText)).toEqual([
    'Elke dag even naar buiten.',
    'Ook als het regent. Elke dag even naar buiten.',
  ])
  expect(goal(await say(t, fatima, again, 'yes')).state).toBe('presented')
  for (const who of [ria, marjan]) expect(await heard(who, shown)).toContain('words-changed')
})

test('a party who comes during the round is asked for a yes from the next version on', async () => {
  const shown = await presented(t, fatima)
  const more = goal(await put(fatima, shown, 'party-added', { personId: joost.id }))
  expect(more.parties.at(-1)).toMatchObject({ personId: joost.id, required: false, next: true })
  expect(await heard(joost, shown)).toEqual(['asked'])
  const writing = goal(await reviseGoal(t.app.acts, fatima.account, shown.id))
  expect(writing.version).toBe(null)
  const again = goal(await presentGoal(t.app.acts, fatima.account, { goalId: shown.id }))
  expect(again.parties.find(({ personId }) => personId === joost.id)?.required).toBe(true)
})

test('taking a party off the list never locks; looking at the list does', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id] })
  await say(t, ria, shown, 'yes')
  await say(t, fatima, shown, 'yes')
  expect(await put(fatima, shown, 'party-removed', { personId: ria.id, text: 'x' })).toBe(
    'always-asked',
  )
  expect(await put(marjan, shown, 'party-removed', { personId: marjan.id, text: 'x' })).toBe(
    'no-access',
  )
  const text = 'Marjan is op reis.'
  const off = goal(await put(fatima, shown, 'party-removed', { personId: marjan.id, text }))
  expect(off).toMatchObject({ state: 'presented', standing: 'ready' })
  expect(goal(await say(t, joost, shown, 'seen')).state).toBe('presented')
  expect(goal(await put(fatima, shown, 'parties-checked')).state).toBe('agreed')
})

test('not agreed: what is done instead and why; agreed words of before stay in force', async () => {
  const first = await agreed()
  const again = goal(
    await presentGoal(t.app.acts, fatima.account, { goalId: first.id, again: true, parties: [] }),
  )
  expect(again).toMatchObject({ state: 'presented', version: 2, agreed: { version: 1 } })
  await say(t, ria, again, 'no')
  expect(await put(fatima, again, 'not-agreed', { text: 'Ria wil dit niet.' })).toBe(
    'instead-missing',
  )
  const end = { text: 'Ria wil dit niet.', instead: 'We blijven op het balkon.' }
  const ended = goal(await put(fatima, again, 'not-agreed', end))
  expect(ended).toMatchObject({ state: 'agreed', version: 1 })
  expect(ended.marks.at(-1)).toMatchObject({ kind: 'not-agreed', version: 2, body: end })
  const only = await presented(t, fatima)
  await say(t, ria, only, 'no')
  const refused = goal(await put(fatima, only, 'refused'))
  expect(refused).toMatchObject({ state: 'not-agreed', agreed: null })
  expect(refused.marks.at(-1)).toMatchObject({ kind: 'refused', personId: ria.id })
})

test('a yes taken back: in discussion again, agreed words stay in force, all are told', async () => {
  const first = await agreed()
  const open = goal(await put(marjan, first, 'yes-taken-back', { text: 'Ik twijfel.' }))
  expect(open).toMatchObject({ state: 'revising', agreed: { version: 1 } })
  expect(open.documentId).not.toBe(null)
  expect(open.answers.filter(({ answer }) => answer === 'yes')).toHaveLength(3)
  for (const who of [ria, fatima]) expect(await heard(who, first)).toContain('yes-taken-back')
})

test('a statement stands beside agreed words and changes nothing of them (domain D19)', async () => {
  const first = await agreed()
  const after = goal(await put(ria, first, 'statement', { text: 'Wel met mijn jas aan.' }))
  expect(after.agreed?.hash).toBe(first.hash)
  expect(after.marks.at(-1)).toMatchObject({ kind: 'statement', personId: ria.id, byId: ria.id })
  const hers = { personId: ria.id, text: 'En mijn hoed.' }
  expect(goal(await put(fatima, first, 'statement', hers)).marks.at(-1)).toMatchObject({
    personId: ria.id,
    byId: fatima.id,
  })
})

test('looking back is recorded with the client’s own words; the words stay as they are', async () => {
  const first = await agreed()
  const asked = { goalId: first.id, outcome: 'almost', text: 'Meestal.', said: 'Fijn!' } as const
  const after = goal(await reviewGoal(t.app.acts, fatima.account, asked))
  expect(after.reviews.at(-1)).toMatchObject({ outcome: 'almost', said: 'Fijn!', version: 1 })
  expect(after.state).toBe('agreed')
})

test('dissent stands beside the words, each with its ground; a silent party is not passed over', async () => {
  const shown = await presented(t, fatima, { parties: [marjan.id, joost.id] })
  await say(t, ria, shown, 'yes')
  await say(t, fatima, shown, 'yes')
  await say(t, marjan, shown, 'no', { remark: 'Te koud.' })
  const record = (personId: string) =>
    recordDissent(t.app.acts, fatima.account, { goalId: shown.id, personId, text: 'Ria wil het.' })
  expect(await record(joost.id)).toBe('nothing-to-decide')
  expect(goal(await record(marjan.id))).toMatchObject({
    state: 'presented',
    dissents: [{ personId: marjan.id, ground: 'client-persists' }],
  })
  expect(await record(marjan.id)).toBe('nothing-to-decide')
  const last = goal(await say(t, joost, shown, 'yes'))
  expect(last).toMatchObject({
    state: 'agreed-with-dissent',
    agreed: { dissent: { by: fatima.id } },
  })
})

test('a yes by pictures counts when it was asked twice, in two ways (domain D22)', async () => {
  const shown = await presented(t, fatima)
  await say(t, fatima, shown, 'yes')
  const picture = { method: 'pictogram', party: ria.id } as const
  expect(goal(await say(t, fatima, shown, 'yes', picture)).state).toBe('presented')
  const ways = ['duim omhoog of omlaag', 'ja en nee op kaartjes']
  expect(goal(await say(t, fatima, shown, 'yes', { ...picture, ways })).state).toBe('agreed')
  const twice = await presented(t, fatima)
  await say(t, fatima, twice, 'yes')
  await say(t, fatima, twice, 'yes', picture)
  expect(goal(await say(t, fatima, twice, 'yes', picture)).state).toBe('agreed')
})

test('a paper signed for other words is refused by its code', async () => {
  const shown = await presented(t, fatima)
  const paper = { method: 'paper', party: ria.id } as const
  expect(await say(t, fatima, shown, 'yes', { ...paper, code: '00000000' })).toBe('words-changed')
  const code = shown.hash!.slice(0, 8)
  expect(isRefusal(await say(t, fatima, shown, 'yes', { ...paper, code }))).toBe(false)
})

test('judging a topic lets who stands in answer for her on that topic, and relatives do not see it', async () => {
  const [rob, ank, toos] = await Promise.all(
    ['rob', 'ank', 'toos'].map((key) => t.person(key, 'plan-03')),
  )
  const behalf = { method: 'on_behalf', party: toos!.id, reaction: 'liked' } as const
  const own = await presented(t, ank!, { parties: [] }, 'plan-03')
  expect(await say(t, rob!, own, 'yes', behalf)).toBe('not-for-her')
  const asked = {
    planId: 'plan-03',
    topic: 'Geld voor de kapper',
    on: '2026-06-01',
    reviewOn: null,
  }
  const by = { judgedBy: 'dokter M. Vos', able: false, reason: '' }
  expect(await judge(t.app.acts, rob!.account, { ...asked, ...by })).toBe('no-access')
  expect(await judge(t.app.acts, ank!.account, { ...asked, ...by })).toBe('reason-missing')
  expect(isRefusal(await whoDecides(t.app, rob!.account, 'plan-03'))).toBe(true)
  const made = await judge(t.app.acts, ank!.account, { ...asked, ...by, reason: 'Vergeet het.' })
  if (isRefusal(made)) throw new Error(made)
  const topicA = await presented(t, ank!, { parties: [], topic: made.id }, 'plan-03')
  const topicB = await presented(t, ank!, { parties: [], topic: 'none' }, 'plan-03')
  expect(await say(t, rob!, topicB, 'yes', behalf)).toBe('not-for-her')
  expect(goal(await say(t, rob!, topicA, 'yes', behalf)).answers).toHaveLength(1)
  expect(goal(await say(t, ank!, topicA, 'yes')).state).toBe('agreed')
  expect(isRefusal(await whoDecides(t.app, rob!.account, 'plan-03'))).toBe(false) // he stands in now
  const declines = { planId: 'plan-03', personId: rob!.id, stance: 'declines', text: '' } as const
  expect(isRefusal(await standIn(t.app.acts, rob!.account, declines))).toBe(false)
  const lines = await history(t.app, rob!.account, 'plan-03')
  if (isRefusal(lines)) throw new Error(lines)
  expect(lines.filter(({ kind }) => kind === 'hidden').length).toBeGreaterThan(0)
  expect(JSON.stringify(lines)).not.toContain('kapper')
})

test('what somebody read is put away, for that goal alone', async () => {
  const one = await presented(t, fatima)
  const two = await presented(t, fatima)
  const all = (await newFor(t.app, ria.account, 'plan-01')) as NoticeView[]
  const asked = { planId: 'plan-01', upTo: all[0]!.seq, goalId: one.id }
  expect(await readUpTo(t.app, ria.account, asked)).toEqual({ read: 1 })
  expect(await heard(ria, one)).toEqual([])
  expect(await heard(ria, two)).toEqual(['asked'])
})

test('after all of this every chain holds, and each row is told by its event', async () => {
  for (const planId of ['plan-01', 'plan-02', 'plan-03', 'plan-07'])
    expect(firstBreak(await proofOf(t.app.db.sql, planId))).toBe(null)
})

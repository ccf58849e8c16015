import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import { judge } from '#server/deciding.ts'
import { askForHer, type AskingForHer } from '#server/for-her.ts'
import { newFor } from '#server/notices.ts'
import { goalPage } from '#server/plans.ts'
import { recordRepresentation } from '#server/representation.ts'
import { table, type Guest, type Table } from '../table.ts'
import { presentedGoal } from '../presented.ts'

let place: Table
let fatima: Guest
let marjan: Guest
let joost: Guest
let judgementId: string
beforeAll(async () => {
  place = await table()
  fatima = await place.person('fatima')
  marjan = await place.person('marjan')
  joost = await place.person('joost')
  const made = await judge(place.app.acts, fatima.account, {
    planId: 'plan-01',
    topic: 'Naar buiten gaan',
    able: false,
    judgedBy: 'dokter Bakker, arts',
    reason: 'Ria begrijpt de vraag nu niet.',
    on: '2026-06-01',
    reviewOn: null,
  })
  if (isRefusal(made)) throw new Error(made)
  judgementId = made.id
})
afterAll(() => place.close())

type Shown = Awaited<ReturnType<typeof presentedGoal>>
const ask = (who: Guest, goal: Shown, more: Partial<AskingForHer> = {}) =>
  askForHer(place.app.acts, who.account, {
    goalId: goal.id,
    hash: goal.hash,
    judgementId,
    reaction: 'liked',
    saw: 'Ria lachte erbij.',
    personId: marjan.id,
    key: `ask-${Math.random()}`,
    ...more,
  })

test('only who comes first in the legal order can be asked, on a judgement that holds', async () => {
  const goal = await presentedGoal(place, 'Ria gaat elke dag naar buiten.')
  expect(await ask(fatima, goal)).toBe('not-for-her') // a first contact stands in for nobody
  const because = 'Beschikking van de rechter.'
  const asked = { planId: 'plan-01', personId: marjan.id, role: 'mentor', because } as const
  expect(isRefusal(await recordRepresentation(place.app.acts, fatima.account, asked))).toBe(false)
  expect(await ask(marjan, goal)).toBe('no-access') // the care asks, not who answers
  expect(await ask(fatima, goal, { personId: joost.id })).toBe('not-for-her')
  expect(await ask(fatima, goal, { judgementId: 'nothing' })).toBe('unknown-topic')
  expect(await ask(fatima, goal, { hash: '0'.repeat(64) })).toBe('words-changed')
  expect(await ask(fatima, goal, { saw: '  ' })).toBe('remark-missing')
})

test('who was asked hears of it, sees on what it rests, and the answer names that judgement', async () => {
  const goal = await presentedGoal(place, 'Ria eet buiten als de zon schijnt.')
  const key = 'once'
  const first = await ask(fatima, goal, { key })
  const again = await ask(fatima, goal, { key })
  if (isRefusal(first) || isRefusal(again)) throw new Error('refused')
  expect(again.answers).toHaveLength(1) // what she showed is kept once, however often it is sent
  expect(again.answers[0]).toMatchObject({ method: 'observed_response', answer: 'yes' })
  expect(await ask(fatima, goal, { key, personId: joost.id })).toBe('key-used')
  const heard = await newFor(place.app, marjan.account, 'plan-01')
  if (isRefusal(heard)) throw new Error(heard)
  expect(heard.filter(({ goalId }) => goalId === goal.id).map(({ kind }) => kind)).toEqual([
    'asked',
  ])
  const page = await goalPage(place.app, marjan.account, 'plan-01', goal.id)
  if (isRefusal(page)) throw new Error(page)
  expect(page.deciding?.asked).toMatchObject({
    judgementId,
    topic: 'Naar buiten gaan',
    reaction: 'liked',
    saw: 'Ria lachte erbij.',
    personId: marjan.id,
    askedBy: fatima.id,
  })
  const ria = goal.parties[0]!.personId
  const said = await answerGoal(place.app.acts, marjan.account, {
    goalId: goal.id,
    hash: goal.hash,
    answer: 'yes',
    method: 'on_behalf',
    party: ria,
    reaction: 'liked',
    key: 'for-her',
  })
  expect(isRefusal(said)).toBe(false)
  const [row] = await place.app.db.sql<{ judgement: string }[]>`
    select judgement from answer where goal_id = ${goal.id} and method = 'on_behalf'`
  expect(row?.judgement).toBe(judgementId)
})

test('what was judged about one goal alone lets nobody answer for her at another', async () => {
  const goal = await presentedGoal(place, 'Ria gaat op zondag naar de kerk.')
  const other = await presentedGoal(place, 'Ria gaat op dinsdag zwemmen.')
  const judged = {
    planId: 'plan-01',
    topic: 'Dit doel: Ria gaat op zondag naar de kerk.',
    able: false,
    judgedBy: 'dokter Bakker, arts',
    reason: 'Ria begrijpt deze vraag nu niet.',
    on: '2026-06-01',
    reviewOn: null,
  }
  const { acts } = place.app
  const elsewhere = { ...judged, goalId: 'nothing' }
  expect(await judge(acts, fatima.account, elsewhere)).toBe('unknown-goal')
  const only = await judge(acts, fatima.account, { ...judged, goalId: goal.id })
  if (isRefusal(only)) throw new Error(only)
  expect(await ask(fatima, other, { judgementId: only.id })).toBe('unknown-topic')
  expect(isRefusal(await ask(fatima, goal, { judgementId: only.id }))).toBe(false)
  const page = await goalPage(place.app, fatima.account, 'plan-01', other.id)
  if (isRefusal(page)) throw new Error(page)
  expect(page.deciding?.topics.map(({ id }) => id)).not.toContain(only.id)
})

test('where she resists nobody is asked, and it is not agreed', async () => {
  const goal = await presentedGoal(place, 'Ria gaat elke dag onder de douche.')
  const view = await ask(fatima, goal, { reaction: 'disliked', saw: '', personId: undefined })
  if (isRefusal(view)) throw new Error(view)
  expect(view.standing).toBe('resisted')
  const rows = await place.app.db.sql`select id from asked_for_her where goal_id = ${goal.id}`
  expect(rows).toHaveLength(0)
  const page = await goalPage(place.app, fatima.account, 'plan-01', goal.id)
  if (isRefusal(page)) throw new Error(page)
  // on what it rests stays to be read
  expect(page.deciding?.asked).toMatchObject({
    topic: 'Naar buiten gaan',
    judgedBy: 'dokter Bakker, arts',
    reaction: 'disliked',
    personId: null,
    askedBy: fatima.id,
  })
})

test('what was asked is only added to', async () => {
  const { sql } = place.app.db
  for (const change of [
    () => sql`update asked_for_her set saw = ''`,
    () => sql`delete from asked_for_her`,
    () => sql`truncate asked_for_her`,
  ])
    await expect(change()).rejects.toThrow('only added to')
})

/** A persoonlijk plan: what is handed in is kept, and of every item what became of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { addCard } from '#live/documents.ts'
import { firstBreak, type Proof } from '#server/chain.ts'
import * as events from '#server/db/events.ts'
import { eraseCard } from '#server/erasing.ts'
import { exportJson } from '#server/export/json.ts'
import { onRecord } from '#server/export/on-record.ts'
import { planRecord } from '#server/export/record.ts'
import { history } from '#server/history.ts'
import { stepMeeting } from '#server/meetings.ts'
import { cancelMeeting, planMeeting } from '#server/planning.ts'
import { ownPlanPage } from '#server/own-plan-page.ts'
import { decideItem } from '#server/own-plan.ts'
import { planDuties } from '#server/plans.ts'
import { prepare } from '#server/preparation.ts'
import { proofOf } from '#server/proof.ts'
import { setPage, setPlan } from '#server/setting.ts'
import { table, type Guest, type Table } from '../table.ts'
import { whereIs } from '../whereabouts.ts'

const planId = 'plan-01'
let t: Table
let cast: Record<'ria' | 'marjan' | 'fatima' | 'joost', Guest>
let meetingId: string
beforeAll(async () => {
  t = await table()
  const [ria, marjan] = [await t.person('ria'), await t.person('marjan')]
  cast = { ria, marjan, fatima: await t.person('fatima'), joost: await t.person('joost') }
  const onAt = new Date(Date.now() + 14 * 86_400_000).toISOString()
  const people = Object.values(cast).map(({ id }) => id)
  const planned = { planId, onAt, minutes: 30, place: 'Huiskamer', link: '', people }
  const before = await t.app.db.sql<{ id: string }[]>`
    select id from meeting where plan_id = ${planId} and state = 'planned'`
  for (const { id } of before) ok(await cancelMeeting(t.app.acts, cast.fatima.account, id))
  meetingId = ok(await planMeeting(t.app.acts, cast.fatima.account, planned)).id
})
afterAll(() => t.close())

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}
const page = async (who: Guest) => ok(await ownPlanPage(t.app, who.account, planId))
const texts = async (who: Guest) => (await page(who)).items.map(({ text }) => text)
const itemOf = async (text: string) =>
  (await page(cast.fatima)).items.find((one) => one.text === text)!
/** Hands in, with a card on the board where one is named, as the screen does it. */
async function handIn(who: Guest, answers: Record<string, string>, card?: string) {
  if (card !== undefined) {
    const pen = await who.open(await t.board('shared')).synced()
    const voice = { saidBy: who.id, basis: 'own_words' as const }
    addCard(pen.doc, {
      id: card,
      kind: 'wish',
      area: null,
      text: answers.now!,
      order: 'zz',
      ...voice,
    })
    await pen.stored()
  }
  const cards: Record<string, string> = card === undefined ? {} : { now: card }
  ok(await prepare(t.app.acts, who.account, { meetingId, answers, cards, handIn: true }))
}
const decided = (who: Guest, itemId: string, more: object) =>
  decideItem(t.app.acts, who.account, { planId, itemId, outcome: 'card', reason: '', ...more })

test('L4: each item of a persoonlijk plan is kept, and who handed it in reads what became of it', async () => {
  const { ria, marjan, fatima, joost } = cast
  await handIn(ria, { now: 'Vaker naar de markt.', good: 'De koffie.', feeling: 'goed' }, 'markt')
  await handIn(marjan, { 'she-says': 'Zij wil haar hond zien.', alone: 'Ik slaap slecht.' })
  await handIn(fatima, { first: 'De pillen.' }) // a professional prepares, and hands in no plan
  await handIn(ria, { now: 'Vaker naar de markt.', good: 'De koffie.', feeling: 'goed' }, undefined)
  expect(await texts(fatima)).toEqual([
    'Vaker naar de markt.',
    'De koffie.',
    'Zij wil haar hond zien.',
  ])
  expect(await texts(ria)).toEqual(await texts(fatima))
  expect(await texts(marjan)).toEqual(['Zij wil haar hond zien.'])
  expect(await texts(joost)).toEqual(await texts(fatima)) // a therapist is of the care team

  const market = await itemOf('Vaker naar de markt.')
  const coffee = await itemOf('De koffie.')
  const dog = await itemOf('Zij wil haar hond zien.')
  expect(market.suggestion).toMatchObject({ outcome: 'card', cardId: 'markt' })
  expect(dog.suggestion).toBe(null)
  expect((await page(ria)).items[0]!.suggestion).toBe(null)

  expect(await decided(ria, market.id, { cardId: 'markt' })).toBe('no-access')
  expect(await decided(marjan, dog.id, { cardId: 'markt' })).toBe('no-access')
  expect(await decided(fatima, 'gone', { cardId: 'markt' })).toBe('unknown-item')
  expect(await decided(fatima, market.id, {})).toBe('link-missing')
  expect(await decided(fatima, market.id, { cardId: 'gone' })).toBe('unknown-card')
  expect(await decided(fatima, market.id, { goalId: 'gone' })).toBe('unknown-goal')
  expect(await decided(fatima, dog.id, { outcome: 'not-followed' })).toBe('reason-missing')

  const goal = (await page(fatima)).goals[0]!
  ok(await decided(fatima, market.id, { cardId: 'markt' }))
  ok(await decided(fatima, coffee.id, { outcome: 'already', goalId: goal.id }))
  const why = 'De hond woont nu bij een ander gezin.'
  ok(await decided(fatima, dog.id, { outcome: 'not-followed', reason: why }))
  const became = async (who: Guest) =>
    (await page(who)).items.map(({ outcomes }) => outcomes.map(({ outcome }) => outcome))
  expect(await became(ria)).toEqual([['card'], ['already'], ['not-followed']])
  expect((await page(marjan)).items[0]!.outcomes).toMatchObject([
    { outcome: 'not-followed', reason: why, decidedBy: fatima.id, cardId: null },
  ])
  expect((await page(ria)).items[1]!.outcomes[0]).toMatchObject({ where: goal.text })
  // somebody thinks better of it: what was said before stays beside it
  ok(await decided(fatima, dog.id, { outcome: 'already', goalId: goal.id }))
  expect((await became(marjan))[0]).toEqual(['not-followed', 'already'])
  const heard = await t.app.db.sql<{ personId: string }[]>`
    select person_id as "personId" from notice where kind = 'own-plan' order by seq`
  expect(heard.map(({ personId }) => personId)).toEqual([ria.id, ria.id, marjan.id, marjan.id])
})

test('L4: an item waits for its meeting; after it the plan is not set before somebody said what became of it', async () => {
  const { marjan, fatima } = cast
  await handIn(marjan, { 'she-says': 'Zij wil haar poes zien.' })
  const { usual } = ok(await setPage(t.app, fatima.account, planId))
  const missing = async () => ok(await setPage(t.app, fatima.account, planId)).missing
  const duties = async () => (await planDuties(t.app, fatima.account, planId))?.ownPlan
  expect(await itemOf('Zij wil haar poes zien.')).toMatchObject({ open: false, outcomes: [] })
  expect(await missing()).not.toContain('own-plan') // it is talked about first
  expect(await duties()).toEqual({ all: 3, open: 0 })
  const step = { meetingId, step: { do: 'start' } } as const
  ok(await stepMeeting(t.app.acts, fatima.account, step))
  const cat = await itemOf('Zij wil haar poes zien.')
  expect(cat.open).toBe(true)
  expect(await missing()).toContain('own-plan')
  expect(await duties()).toEqual({ all: 3, open: 1 })
  const asked = { planId, reviewOn: usual }
  expect(await setPlan(t.app.acts, fatima.account, asked)).toBe('duties-missing')
  ok(await decided(fatima, cat.id, { outcome: 'not-followed', reason: 'Er mag geen poes wonen.' }))
  expect(await missing()).not.toContain('own-plan')
})

test('L4: items and what became of them are in the file, in the proof, and only for who may read them', async () => {
  const { ria, marjan, fatima } = cast
  const file = JSON.stringify(await exportJson(t.app, ria.account, planId))
  expect(file.includes('Zij wil haar poes zien.')).toBe(true)
  expect(file.includes('Er mag geen poes wonen.')).toBe(true)
  const paper = onRecord(ok(await planRecord(t.app, fatima.account, planId)), 'nl')
  const cat = paper.ownPlan.find(({ text }) => text === 'Zij wil haar poes zien.')!
  expect(cat.why.join(' ')).toContain('Het wordt niet gevolgd. Er mag geen poes wonen. Fatima')
  const proof: Proof = await proofOf(t.app.db.sql, planId)
  expect(firstBreak(proof)).toBe(null)
  expect(JSON.stringify(proof).includes('poes')).toBe(false)
  const changed = proof.ownPlan!.map((one, at) => (at === 0 ? { ...one, hash: 'x' } : one))
  expect(firstBreak({ ...proof, ownPlan: changed })).toContain('persoonlijk plan was changed')
  const outcomes = proof.ownPlanOutcomes!.map((one) => ({ ...one, outcome: 'card' }))
  expect(firstBreak({ ...proof, ownPlanOutcomes: outcomes })).toContain('what became of item')
  const chain = await events.ofPlan(t.app.db.sql, planId)
  expect(chain.filter(({ kind }) => kind === 'own-plan-item')).toHaveLength(5)
  const seen = ok(await history(t.app, marjan.account, planId))
  expect(seen.some(({ kind }) => kind === 'own-plan-item')).toBe(false)
})

test('L4: words that are erased for good are in no item either; the chain still holds', async () => {
  const { ria, fatima } = cast
  const { sql } = t.app.db
  expect((await whereIs(t.app, 'Vaker naar de markt')).join(' ')).toContain('own_plan_item.text')
  await expect(sql`delete from own_plan_item where card_id = 'markt'`).rejects.toThrow(
    'only added to',
  )
  const documentId = await t.board('shared')
  ok(await eraseCard(t.app.acts, fatima.account, { documentId, cardId: 'markt', askedBy: ria.id }))
  expect(await whereIs(t.app, 'Vaker naar de markt')).toEqual([])
  expect(await texts(ria)).not.toContain('Vaker naar de markt.')
  expect(firstBreak(await proofOf(sql, planId))).toBe(null)
})

/** A therapist's own part of the care: a colleague is let in, by name, and put out again at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCard, readCards } from '#live/documents.ts'
import { isRefusal } from '#plan/refusals.ts'
import { endAccess, invite } from '#server/circle.ts'
import { judge, whoDecides } from '#server/deciding.ts'
import * as documents from '#server/db/documents.ts'
import * as events from '#server/db/events.ts'
import * as plans from '#server/db/plans.ts'
import { history } from '#server/history.ts'
import { endLettingIn, letColleagueIn } from '#server/let-in.ts'
import { planPage } from '#server/plans.ts'
import { recordRefusal } from '#server/earlier-refusals.ts'
import { moveCard } from '#server/zones.ts'
import { table, until, type Guest, type Table } from '../table.ts'

const PLAN = 'plan-08' // Hanna is the speech therapist, Koen the physiotherapist, Mieke the nurse
let here: Table
let lies: Guest
let dirk: Guest
let hanna: Guest
let koen: Guest
let mieke: Guest
beforeAll(async () => {
  here = await table()
  ;[lies, dirk, hanna, koen, mieke] = (await Promise.all(
    ['lies', 'dirk', 'hanna', 'koen', 'mieke'].map((key) => here.person(key, PLAN)),
  )) as [Guest, Guest, Guest, Guest, Guest]
})
afterAll(() => here.close())

const acts = () => here.app.acts
const partOf = async (who: Guest) =>
  (await documents.ofPlan(here.app.db.sql, PLAN)).find(
    ({ kind, zone, ownerId }) => kind === 'board' && zone === 'care' && ownerId === who.id,
  )!.id
const open = (by: Guest, documentId: string, to: Guest) =>
  letColleagueIn(acts(), by.account, { documentId, personId: to.id })
const close = (by: Guest, documentId: string, to: Guest) =>
  endLettingIn(acts(), by.account, { documentId, personId: to.id })
const boardOf = async (who: Guest, documentId: string) => {
  const page = await planPage(here.app, who.account, PLAN)
  if (isRefusal(page)) throw new Error(page)
  return page.boards.find((one) => one.documentId === documentId)
}

test('what the record says a colleague may read, they read; and nothing else of the care', async () => {
  const part = await partOf(hanna)
  const seen = (await boardOf(koen, part))!
  expect(seen.cards.map(({ text }) => text)).toEqual([expect.stringContaining('9 van de 10 keer')])
  expect([...seen.readers].sort()).toEqual([lies, hanna, koen, mieke].map(({ id }) => id).sort())
  expect(seen.part).toEqual({ name: 'Hanna Visser', letIn: true, mayLetIn: [], mayEnd: [] })
  // what is hers goes no further by him
  const move = { from: part, to: await here.board('shared', PLAN), cardId: seen.cards[0]!.id }
  expect(await moveCard(acts(), koen.account, move)).toBe('no-access')
  const care = await here.board('care', PLAN)
  expect(await boardOf(koen, care)).toBeUndefined()
  const refused = koen.open(care)
  await until(() => refused.closedWith === 4403)
})

test('who it belongs to opens it and closes it, the client closes it; sockets follow at once', async () => {
  const part = await partOf(koen)
  expect((await boardOf(koen, part))!.part!.mayLetIn).toEqual([hanna.id])
  const shut = hanna.open(part)
  await until(() => shut.closedWith === 4403)
  for (const other of [lies, dirk, hanna, mieke])
    expect(await open(other, part, hanna), other.key).toBe('no-access')
  for (const no of [dirk, lies, mieke, koen])
    expect(await open(koen, part, no), no.key).toBe('unknown-person')
  expect(await open(koen, await here.board('care', PLAN), hanna)).toBe('no-access')
  expect(await open(koen, await here.board('shared', PLAN), hanna)).toBe('no-access')

  expect(await open(koen, part, hanna)).toEqual({ documentId: part, personId: hanna.id })
  expect(await open(koen, part, hanna)).toBe('nothing-to-decide')
  const [h, k] = [await hanna.open(part).synced(), await koen.open(part).synced()]
  addCard(h.doc, {
    id: 'together',
    kind: 'observation',
    area: null,
    text: 'Lies slikt beter als zij rechtop zit.',
    saidBy: hanna.id,
    basis: 'observed',
    order: 'zz',
  })
  await h.stored()
  await until(() => readCards(k.doc).some(({ id }) => id === 'together'))
  expect((await boardOf(koen, part))!.readers).toContain(hanna.id)

  expect(await close(mieke, part, hanna)).toBe('no-access')
  expect(await close(lies, part, hanna)).toMatchObject({ personId: hanna.id })
  await until(() => h.closedWith === 4403)
  expect(k.closedWith).toBe(null)
  expect(await boardOf(hanna, part)).toBeUndefined()
  expect(await close(lies, part, hanna)).toBe('nothing-to-decide')

  const told = (await events.ofPlan(here.app.db.sql, PLAN)).filter(({ kind }) =>
    ['colleague-let-in', 'letting-in-ended'].includes(kind),
  )
  const body = { documentId: part, ownerId: koen.id, personId: hanna.id }
  expect(told.map(({ kind, actorId, body }) => [kind, actorId, body])).toEqual([
    ['colleague-let-in', koen.id, body],
    ['letting-in-ended', lies.id, body],
  ])
  const line = await history(here.app, dirk.account, PLAN)
  if (isRefusal(line)) throw new Error(line)
  expect(JSON.stringify(line)).not.toContain('colleague-let-in') // for the care and the client
})

test('of a therapist who left, who answers for the plan opens it to a successor, who begins anew if they leave', async () => {
  const part = await partOf(koen)
  expect(await endAccess(acts(), lies.account, { planId: PLAN, personId: koen.id })).toMatchObject(
    {},
  )
  expect((await boardOf(mieke, part))!.part).toMatchObject({
    name: koen.account.name,
    mayLetIn: [hanna.id],
  })
  expect(await open(hanna, part, hanna)).toBe('no-access')
  expect(await open(mieke, part, hanna)).toMatchObject({})
  expect((await boardOf(hanna, part))!.mayWrite).toBe(true)

  const left = { planId: PLAN, personId: hanna.id }
  expect(await endAccess(acts(), lies.account, left)).toMatchObject({})
  const { email } = hanna.account
  const again = { planId: PLAN, name: 'Hanna', email, role: 'speech_therapist' as const }
  expect(await invite(acts(), mieke.account, { ...again, consent: 'Lies wil dat.' })).toEqual({
    personId: hanna.id,
  })
  const back = (await plans.people(here.app.db.sql, PLAN)).find(({ id }) => id === hanna.id)!
  expect([back.access, back.letIn]).toEqual(['active', []])
})

test('a psychologist records what they judged themselves, and reads no judgement of another', async () => {
  const petra = await here.person('petra', 'plan-02')
  const tom = await here.person('tom', 'plan-02')
  const naima = await here.person('naima', 'plan-02')
  const said = {
    planId: 'plan-02',
    topic: 'Kiezen wie hem helpt',
    able: true,
    judgedBy: 'dokter De Wit', // who judged is who records it
    reason: '',
    on: '2026-07-01',
    reviewOn: null,
  }
  const made = await judge(acts(), petra.account, { ...said, judgeId: naima.id })
  if (isRefusal(made)) throw new Error(made)
  expect(await judge(acts(), tom.account, said)).toBe('no-access')
  expect(await whoDecides(here.app, tom.account, 'plan-02')).toBe('no-access')
  const refused = { planId: 'plan-02', text: 'Geen spuiten.', area: null, on: '2026-01-01' }
  expect(await recordRefusal(acts(), petra.account, refused)).toBe('no-access')

  const own = await whoDecides(here.app, petra.account, 'plan-02')
  if (isRefusal(own)) throw new Error(own)
  const by = own.judgements.map(({ id, judgeId, judgedBy }) => [id, judgeId, judgedBy])
  expect(by).toEqual([[made.id, petra.id, petra.account.name]])
  expect(own).toMatchObject({ refusals: null, stances: [], mayJudge: true, mayRecord: false })
  const whole = await whoDecides(here.app, naima.account, 'plan-02')
  if (isRefusal(whole)) throw new Error(whole)
  expect(whole.judgements.map(({ topic }) => topic)).toContain(said.topic)
  expect(whole.judgements.length).toBeGreaterThan(2)
  expect(whole).toMatchObject({ mayJudge: true, mayRecord: true })
})

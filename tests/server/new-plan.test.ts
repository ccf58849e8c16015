import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCards } from '#live/documents.ts'
import * as days from '#server/db/days.ts'
import * as documents from '#server/db/documents.ts'
import * as events from '#server/db/events.ts'
import * as plans from '#server/db/plans.ts'
import { makePlan } from '#server/new-plan.ts'
import { planLines } from '#server/plan-lines.ts'
import { readDocument } from '#server/rounds.ts'
import { NewPlan } from '#server/doors-plans.ts'
import { read } from '#server/doors.ts'
import { table, until, type Table } from '../table.ts'

let t: Table
beforeAll(async () => (t = await table()))
afterAll(() => t.close())

const asked = (more: Partial<NewPlan> = {}): NewPlan => ({
  client: {
    name: 'mevrouw An de Wit',
    callMe: 'An',
    setting: 'thuis',
    law: 'Wlz',
    decides: 'self',
  },
  startedOn: '2026-11-02',
  myRole: 'primary_carer',
  people: [{ name: 'Bo de Wit', email: 'Bo@voorbeeld.nl', role: 'relative', relation: 'zoon' }],
  consent: 'An zei: Bo mag alles lezen.',
  template: 'welcome',
  ...more,
})
const questions = [
  { text: 'Wie bent u?', area: null },
  { text: 'Wat moet blijven?', area: 'living' as const },
]

test('a carer makes a plan: people, first day, consent, boards and one event, in one go', async () => {
  const { sql } = t.app.db
  const fatima = await t.person('fatima')
  const made = await makePlan(t.app.acts, fatima.account, asked(), questions)
  if (typeof made === 'string' || 'faults' in made) throw new Error('it was not made')
  const people = await plans.people(sql, made.id)
  expect(
    people.map(({ name, role, authority, number }) => [name, role, authority, number]),
  ).toEqual([
    ['mevrouw An de Wit', 'client', 'self', 1],
    ['Fatima el Idrissi', 'primary_carer', 'professional', 2],
    ['Bo de Wit', 'relative', 'own_task', 3],
  ])
  expect((await plans.find(sql, made.id))?.title).toBe('Het plan van An de Wit')
  expect(await days.ofPlan(sql, made.id)).toMatchObject({ law: 'Wlz', startedOn: '2026-11-02' })
  const consents = await sql`select * from consent where plan_id = ${made.id}`
  expect(consents).toMatchObject([
    { person_id: people[2]!.id, given_by: people[0]!.id, recorded_by: people[1]!.id, gives: true },
  ])
  const chain = await events.ofPlan(sql, made.id)
  expect(chain.map(({ kind, actorId }) => [kind, actorId])).toEqual([['plan-made', people[1]!.id]])
  await until(async () => {
    await t.app.accessLog.flush()
    const log = await sql`select act from access_log where plan_id = ${made.id}`
    return log.some(({ act }) => act === 'make-plan')
  })
})

test('the questions of a form are in nobody’s hand, on no ground, and said by no one', async () => {
  const { sql } = t.app.db
  const fatima = await t.person('fatima')
  const made = await makePlan(t.app.acts, fatima.account, asked({ people: [] }), questions)
  if (typeof made === 'string' || 'faults' in made) throw new Error('it was not made')
  const rows = await documents.ofPlan(sql, made.id)
  expect(rows.map(({ zone }) => zone).sort()).toEqual(['care', 'client', 'shared'])
  const shared = rows.find(({ zone }) => zone === 'shared')!
  const doc = await readDocument(sql, shared.id)
  expect(readCards(doc)).toMatchObject([
    { kind: 'point', text: 'Wie bent u?', area: null, saidBy: null, basis: null },
    { kind: 'point', text: 'Wat moet blijven?', area: 'living', saidBy: null, basis: null },
  ])
  expect((await documents.hands(sql, shared.id)).map(({ personId }) => personId)).toEqual([null])
})

test('only who cares for somebody already may make a plan', async () => {
  const marjan = await t.person('marjan')
  const ria = await t.person('ria')
  expect(await makePlan(t.app.acts, marjan.account, asked(), [])).toBe('no-access')
  expect(await makePlan(t.app.acts, ria.account, asked(), [])).toBe('no-access')
})

test('WGBO 7:457: nobody but carers gets a seat without what the client said about it', async () => {
  const fatima = await t.person('fatima')
  const before = await plans.all(t.app.db.sql)
  const made = await makePlan(t.app.acts, fatima.account, asked({ consent: ' ' }), [])
  expect(made).toEqual({ faults: [{ path: 'consent', fault: 'missing' }] })
  const nurse = { name: 'Kim', email: 'kim@voorbeeld.nl', role: 'nurse' as const }
  const alone = await makePlan(
    t.app.acts,
    fatima.account,
    asked({ consent: '', people: [nurse] }),
    [],
  )
  expect(alone).toHaveProperty('id')
  expect(await plans.all(t.app.db.sql)).toHaveLength(before.length + 1)
})

test('one mail address is one person: a double one is named at its field', async () => {
  const fatima = await t.person('fatima')
  const people = [
    { name: 'Bo', email: 'bo@voorbeeld.nl', role: 'relative' as const },
    { name: 'Cas', email: ' BO@voorbeeld.nl', role: 'relative' as const },
    { name: 'Ik', email: fatima.account.email, role: 'nurse' as const },
  ]
  expect(await makePlan(t.app.acts, fatima.account, asked({ people }), [])).toEqual({
    faults: [
      { path: 'people.1.email', fault: 'twice' },
      { path: 'people.2.email', fault: 'yours' },
    ],
  })
})

test('plans that are equally urgent stand by name', async () => {
  const { account } = await t.person('lotte', 'plan-05')
  const names = ['mevrouw Cee', 'mevrouw Aa', 'mevrouw Dee', 'mevrouw Bee']
  for (const name of names) {
    const client = { ...asked().client, name }
    const made = await makePlan(t.app.acts, account, asked({ client, people: [] }), questions)
    expect(made).toHaveProperty('id')
  }
  const lines = await planLines(t.app, account, '2026-11-03')
  const found = lines.map(({ client }) => client.name).filter((name) => names.includes(name))
  expect(found).toEqual(names.toSorted())
})

test('an age below nothing is named for what it is', () => {
  const found = read(NewPlan, { ...asked(), client: { ...asked().client, age: -1 } })
  expect(found).toEqual({ faults: [{ path: 'client.age', fault: 'not-age' }] })
})

test('every fault is named at its field', () => {
  const found = read(NewPlan, {
    client: { name: ' ', callMe: '', age: 131, law: 'none', email: 'nobody' },
    startedOn: '2026-02-31x',
    myRole: 'relative',
    people: [{ name: '', email: 'x', role: 'administrator' }],
    template: 'nice',
  })
  expect('faults' in found && found.faults.map(({ path, fault }) => `${path} ${fault}`)).toEqual([
    'client.name missing',
    'client.callMe missing',
    'client.email not-mail',
    'client.age not-age',
    'client.law choose',
    'startedOn not-a-day',
    'myRole choose',
    'people.0.name missing',
    'people.0.email not-mail',
    'people.0.role choose',
    'template choose',
  ])
})

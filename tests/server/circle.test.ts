/** Who sits at the table, until when, and what a change of it does to sockets that are open. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '#plan/deadlines.ts'
import { changeSeat, endAccess, endOnAgreedDay, invite } from '#server/circle.ts'
import type { Assurance } from '#server/auth/sessions.ts'
import * as accounts from '#server/db/accounts.ts'
import { judge } from '#server/deciding.ts'
import * as access from '#server/db/access.ts'
import * as events from '#server/db/events.ts'
import * as plans from '#server/db/plans.ts'
import { recordRepresentation } from '#server/representation.ts'
import {
  actingRepresentative,
  CARE_ROLES,
  responsibleProfessional,
  type Role,
} from '#plan/people.ts'
import { isRefusal } from '#plan/refusals.ts'
import { table, until, type Guest, type Table } from '../table.ts'

let here: Table
let ria: Guest
let fatima: Guest
let marjan: Guest
beforeAll(async () => {
  here = await table()
  ;[ria, fatima, marjan] = (await Promise.all(
    ['ria', 'fatima', 'marjan'].map((key) => here.person(key)),
  )) as [Guest, Guest, Guest]
})
afterAll(() => here.close())

const asked = {
  planId: 'plan-01',
  name: 'Piet Hofland',
  email: 'Piet@elders.example',
  role: 'relative' as const,
  relation: 'zoon',
  consent: 'Piet mag meekijken.',
}
const acts = () => here.app.acts
const personOf = async (id: string) =>
  (await plans.people(here.app.db.sql, 'plan-01')).find((person) => person.id === id)!

test('access that was agreed until a day ends by itself after it, once, with every socket', async () => {
  const made = await invite(acts(), ria.account, { ...asked, until: '2027-03-01' })
  if (isRefusal(made)) throw new Error(made)
  const seat = await personOf(made.personId)
  expect(seat).toMatchObject({ access: 'active', until: '2027-03-01', authority: 'own_task' })
  const cookie = await here.app.sessions.start(seat.accountId, 'low')
  const piet = here.pen(await here.board(), `${cookie.name}=${cookie.value}`)
  await piet.synced()

  expect(await endOnAgreedDay(acts(), dayOf(new Date('2027-03-01T22:30:00Z')))).toBe(0)
  expect(piet.closedWith).toBe(null)
  const after = dayOf(new Date('2027-03-01T23:30:00Z')) // in the Netherlands the next day has begun
  const both = await Promise.all([endOnAgreedDay(acts(), after), endOnAgreedDay(acts(), after)])
  expect(both.sort()).toEqual([0, 1])
  await until(() => piet.closedWith === 4403)
  expect((await personOf(made.personId)).access).toBe('ended')
  const ended = (await events.ofPlan(here.app.db.sql, 'plan-01')).filter(
    ({ kind }) => kind === 'access-ended',
  )
  expect(ended).toHaveLength(1)
  expect(ended[0]).toMatchObject({ actorId: null, body: { agreedDay: true } })

  const again = await invite(acts(), fatima.account, {
    ...asked,
    consent: 'Ria wil hem er weer bij.',
  })
  expect(again).toEqual({ personId: made.personId })
  expect(await personOf(made.personId)).toMatchObject({ access: 'active', until: null })
  expect(await endAccess(acts(), ria.account, { planId: 'plan-01', ...made })).toEqual(made)
  const said = (await access.consents(here.app.db.sql, 'plan-01')).filter(
    ({ personId }) => personId === made.personId,
  )
  expect(said.map(({ gives, recordedBy }) => [gives, recordedBy])).toEqual([
    [true, ria.id],
    [true, fatima.id],
    [false, ria.id],
  ])
})

test('nobody but the client picks who reads her own zone; unpicked, they are out of it at once', async () => {
  const own = await here.board('client')
  const of = { planId: 'plan-01', personId: marjan.id }
  const closed = marjan.open(own)
  await until(() => closed.closedWith === 4403)
  expect(await changeSeat(acts(), fatima.account, { ...of, confidant: true })).toBe('no-access')
  expect(await changeSeat(acts(), marjan.account, { ...of, confidant: true })).toBe('no-access')
  expect(await changeSeat(acts(), ria.account, { ...of, confidant: true })).toMatchObject({})
  const open = await marjan.open(own).synced()
  expect(await changeSeat(acts(), ria.account, { ...of, confidant: true })).toBe(
    'nothing-to-decide',
  )
  await changeSeat(acts(), ria.account, { ...of, confidant: false })
  await until(() => open.closedWith === 4403)
})

test('who acts for the client reads the care zone from that moment, and no longer than that', async () => {
  const care = await here.board('care')
  const daughter = { planId: 'plan-01', personId: marjan.id }
  const because = 'De rechter heeft dit besloten.'
  const record = (by: Guest, role: 'mentor' | 'nurse', personId = marjan.id, why = because) =>
    recordRepresentation(acts(), by.account, { ...daughter, personId, role, because: why })
  const judged = (able: boolean) =>
    judge(acts(), fatima.account, {
      planId: 'plan-01',
      topic: 'Geld',
      able,
      judgedBy: 'dokter A. Bakker',
      reason: 'Ria overziet dit niet.',
      on: '2026-06-01',
      reviewOn: null,
    })

  expect(await record(marjan, 'mentor')).toBe('no-access')
  expect(await record(ria, 'mentor')).toBe('no-access')
  expect(await record(fatima, 'mentor', marjan.id, ' ')).toBe('reason-missing')
  expect(await record(fatima, 'mentor', ria.id)).toBe('no-access')
  expect(await record(fatima, 'nurse')).toBe('no-access')

  expect(await record(fatima, 'mentor')).toEqual({ personId: marjan.id })
  const refused = marjan.open(care)
  await until(() => refused.closedWith === 4403)
  expect(isRefusal(await judged(false))).toBe(false) // one place says what she can decide
  const pen = await marjan.open(care).synced()
  expect(isRefusal(await judged(true))).toBe(false)
  await until(() => pen.closedWith === 4403)
  const told = (await events.ofPlan(here.app.db.sql, 'plan-01')).filter(
    ({ kind }) => kind === 'representation-recorded',
  )
  expect(JSON.stringify(told)).not.toContain('De rechter')
})

test('the house is kept: what is over ends without anybody asking', async () => {
  const made = await invite(acts(), ria.account, {
    ...asked,
    email: 'b@elders.example',
    until: '2020-01-01',
  })
  if (isRefusal(made)) throw new Error(made)
  await here.app.house.run()
  expect((await personOf(made.personId)).access).toBe('ended')
})

test('a role that asks more of who one is closes the sockets of a session that showed less', async () => {
  const strict = await table({ SECOND_FACTOR: 'required' })
  try {
    const sure = async (key: string, level: Assurance) => {
      const { app } = strict
      const account = (await accounts.byEmail(app.db.sql, `${key}@plan-01.example`))!
      const { name, value } = await app.sessions.start(account.id, level)
      return { id: account.id, cookie: `${name}=${value}` }
    }
    const marjan = await sure('marjan', 'low')
    const fatima = await sure('fatima', 'substantial')
    const board = await strict.board()
    const pen = await strict.pen(board, marjan.cookie).synced()
    const nurse = await strict.pen(board, fatima.cookie).synced()
    const circle = await strict.app.seats.circle('plan-01')
    const personId = circle.people.find(({ key }) => key === 'marjan')!.id
    const of = { planId: 'plan-01', personId, role: 'mentor', because: 'Beschikking.' } as const
    const who = (await strict.app.accountOf(fatima.cookie))!
    expect(await recordRepresentation(strict.app.acts, who, of)).toEqual({ personId })
    await until(() => pen.closedWith === 4401)
    expect(nurse.closes).toEqual([])
    expect(await strict.app.accountOf(marjan.cookie)).toBe(null) // a code first
  } finally {
    await strict.close()
  }
})

test('nobody lets in somebody as more than is theirs to give', async () => {
  const plan = 'plan-02' // Grietje decides for Henk where he cannot; Naima answers for the plan
  const at = async (key: string) => (await here.person(key, plan)).account
  const as = async (key: string, role: Role, name = role) =>
    invite(acts(), await at(key), {
      planId: plan,
      name,
      email: `${name}@elders.example`,
      role,
      consent: 'Dat mag.',
    })
  const above: Role[] = [...CARE_ROLES, 'curator', 'mentor']
  for (const role of [...above, 'authorised_rep', 'partner_rep'] as Role[])
    expect(await as('grietje', role), role).toBe('no-access')
  for (const role of above) expect(await as('henk', role), role).toBe('no-access')
  for (const role of ['client', 'administrator', 'care_manager'] as Role[])
    for (const key of ['henk', 'grietje', 'naima'])
      expect(await as(key, role), `${key}: ${role}`).toBe('no-access')
  const circle = await here.app.seats.circle(plan)
  expect(circle.people).toHaveLength(6)
  expect(actingRepresentative(circle.people)?.key).toBe('grietje')
  expect(responsibleProfessional(circle.people)?.key).toBe('naima')

  expect(await as('grietje', 'relative')).toMatchObject({})
  expect(isRefusal(await as('henk', 'authorised_rep'))).toBe(false)
  expect(isRefusal(await as('naima', 'mentor'))).toBe(false)
  expect(isRefusal(await as('naima', 'physiotherapist'))).toBe(false)
})

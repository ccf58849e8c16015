/** Choosing a seat without a password: on the demo database only. */
import { isClient, isFamily, type Role } from '#plan/people.ts'
import type { App } from './app.ts'
import type { Cookie } from './auth/sessions.ts'
import * as accounts from './db/accounts.ts'
import * as organisations from './db/organisations.ts'
import * as plans from './db/plans.ts'

export type DemoSeat = {
  email: string
  name: string
  role: Role
  relation: string | null
  age: number | null
  number: number
  kind: 'client' | 'family' | 'pro'
  remote: boolean
}
/** Somebody who looks after the terms of an organisation's plans. */
export type DemoManager = { email: string; name: string; organisation: string }
export type DemoPlan = { id: string; title: string; callMe: string; people: DemoSeat[] }

/** Every plan of the demo with the seats at it. */
export async function demoSeats(app: App): Promise<DemoPlan[]> {
  const { sql } = app.db
  const all: DemoPlan[] = []
  for (const { id, title, callMe, age } of await plans.all(sql)) {
    const emails = new Map((await accounts.emailsOf(sql, id)).map((a) => [a.personId, a.email]))
    const people = await plans.people(sql, id)
    const seats = people.map((person): DemoSeat => ({
      email: emails.get(person.id) ?? '',
      name: person.name,
      role: person.role,
      relation: person.relation,
      age: isClient(person) ? age : null,
      number: person.number,
      kind: isClient(person) ? 'client' : isFamily(person) ? 'family' : 'pro',
      remote: person.attends === 'remote',
    }))
    all.push({ id, title, callMe, people: seats })
  }
  return all
}

/** The managers of the demo. */
export async function demoManagers(app: App): Promise<DemoManager[]> {
  const found: DemoManager[] = []
  for (const { id, name: organisation } of await organisations.all(app.db.sql))
    for (const { name, email } of await organisations.managers(app.db.sql, id))
      found.push({ email, name, organisation })
  return found
}

/** Signs in as a demo person; null when this is no demo, or there is no such seat. */
export async function takeSeat(
  app: App,
  email: unknown,
  device = '',
): Promise<{ cookie: Cookie; planId: string | null } | null> {
  if (!app.config.demo || typeof email !== 'string' || !email.endsWith('.example')) return null
  const account = await accounts.byEmail(app.db.sql, email)
  if (!account) return null
  const [plan] = await plans.ofAccount(app.db.sql, account.id)
  return {
    cookie: await app.sessions.start(account.id, 'low', { method: 'demo', device }),
    planId: plan?.id ?? null,
  }
}

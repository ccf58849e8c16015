/**
 * Puts the demo plans and as many people and boards as the load needs on a database, with the
 * server's own modules, before the server starts.
 */
import { pino } from 'pino'
import { ownBasis } from '#plan/voice.ts'
import type { Person } from '#plan/people.ts'
import type { App } from '#server/app.ts'
import { createApp } from '#server/table.ts'
import { readConfig } from '#server/config.ts'
import * as accounts from '#server/db/accounts.ts'
import * as documents from '#server/db/documents.ts'
import type { Tx } from '#server/db/open.ts'
import * as plans from '#server/db/plans.ts'
import demoPlans from '#server/demo-plans.nl.json' with { type: 'json' }
import { importDemo } from '#server/import/plan.ts'
import { newId } from '#server/ids.ts'
import type { Seat } from './load/connection.ts'

/** Everyone who can sit down, by board. */
export type Seated = { boards: Seat[][] }

/** One board for each number, with so many people at it. */
export async function seed(env: Record<string, string>, sizes: readonly number[]): Promise<Seated> {
  const app = await createApp(readConfig({ DEMO: 'off', ...env }), pino({ level: 'error' }))
  try {
    await importDemo(app.acts, app.db.sql, demoPlans)
    const boards: Seat[][] = []
    for (const [at, size] of sizes.entries()) boards.push(await board(app, at, size))
    return { boards }
  } finally {
    await app.close()
  }
}

async function board(app: App, at: number, size: number): Promise<Seat[]> {
  const planId = `load-${at}`
  const documentId = newId()
  const people: (Person & { accountId: string })[] = []
  await app.db.sql.begin(async (tx) => {
    await plans.add(tx, {
      ...{ id: planId, title: `Het plan van ${at}`, clientName: `Cliënt ${at}`, callMe: '' },
      ...{ age: null, setting: '', law: '', about: '' },
    })
    for (let number = 1; number <= size; number++) people.push(await person(tx, planId, number))
    await documents.add(tx, {
      ...{ planId, id: documentId, kind: 'board', zone: 'shared' },
      ...{ goalId: null, round: null, ownerId: null },
    })
  })
  const seats: Seat[] = []
  for (const one of people) {
    const { name, value } = await app.sessions.start(one.accountId, 'low')
    const cookie = `${name}=${value}`
    seats.push({ documentId, personId: one.id, basis: ownBasis(one), cookie })
  }
  return seats
}

async function person(tx: Tx, planId: string, number: number) {
  const [id, accountId, key] = [newId(), newId(), `p${number}`]
  const name = `Mens ${number}`
  await accounts.add(tx, {
    id: accountId,
    email: `${key}@${planId}.example`,
    name,
    passwordHash: null,
  })
  const who = {
    ...{ id, key, name, number, relation: null, mayConfirm: true, confidantOfClient: false },
    ...(number === 1
      ? { role: 'client' as const, authority: 'self' as const }
      : { role: 'nurse' as const, authority: 'professional' as const }),
  }
  await plans.addPerson(tx, { ...who, planId, accountId, authorityNote: '', attends: '' })
  return { ...who, accountId, access: 'active' as const }
}

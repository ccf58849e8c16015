/** From the participants of an imported plan to people with a seat. */
import type { Authority, Person, Role } from '#plan/people.ts'
import { REPRESENTATION_ORDER } from '#plan/people.ts'
import * as accounts from '../db/accounts.ts'
import type { Tx } from '../db/open.ts'
import * as plans from '../db/plans.ts'
import { newId } from '../ids.ts'
import type { ImportedPlan } from './schema.ts'

type Participant = ImportedPlan['participants'][number]

/** The footing on which someone sits at the table, from the free words of the record. */
export function authorityOf({
  authority,
  role,
}: Pick<Participant, 'authority' | 'role'>): Authority {
  const word = authority.toLowerCase()
  if (role === 'client') return word === 'self_where_possible' ? 'self_where_possible' : 'self'
  if (word === 'none') return 'none'
  if ((REPRESENTATION_ORDER as readonly Role[]).includes(role)) return 'representative'
  if (word === 'professional_with_consent') return 'professional_with_consent'
  if (word === 'supports_client') return 'supports_client'
  return word === 'own_task' ? 'own_task' : 'professional'
}

/** Gives everyone a seat, the client the first; by key. */
export async function addPeople(
  tx: Tx,
  planId: string,
  plan: ImportedPlan,
  passwordHash: string | null,
): Promise<Map<string, Person>> {
  const picked = new Set(
    plan.restricted.filter((r) => r.zone === 'client_private').flatMap((r) => r.audience),
  )
  const clientFirst = [...plan.participants].sort(
    (a, b) => Number(b.role === 'client') - Number(a.role === 'client'),
  )
  const people = new Map<string, Person>()
  for (const [at, participant] of clientFirst.entries()) {
    const { key, name, role, mayConfirm } = participant
    const email = `${key}@${planId.toLowerCase()}.example`
    const account = (await accounts.byEmail(tx, email)) ?? {
      id: newId(),
      email,
      name,
      passwordHash,
    }
    if (!(await accounts.byEmail(tx, email))) await accounts.add(tx, account)
    const person: Person = {
      id: newId(),
      key,
      name,
      role,
      relation: participant.relation ?? null,
      authority: authorityOf(participant),
      mayConfirm,
      number: at + 1,
      confidantOfClient: role !== 'client' && picked.has(key),
      access: 'active',
    }
    await plans.addPerson(tx, {
      ...person,
      planId,
      accountId: account.id,
      authorityNote: participant.authority,
      attends: participant.attends,
    })
    people.set(key, person)
  }
  return people
}

/** Organisations with their manager and plans: of the demo, and from the command line. */
import { CARE_ROLES, type Role } from '#plan/people.ts'
import demo from '../demo-organisations.nl.json' with { type: 'json' }
import { hashPassword } from '../auth/passwords.ts'
import * as accounts from '../db/accounts.ts'
import * as organisations from '../db/organisations.ts'
import type { Db, Sql } from '../db/open.ts'
import { newId } from '../ids.ts'

type Manager = { name: string; email: string }

/**
 * Makes an organisation, or finds the one of this name, with a manager and the plans that belong
 * nowhere yet: those named, or all of them.
 */
export async function addOrganisation(
  db: Db,
  {
    id = newId(),
    name,
    manager,
    plans,
  }: {
    id?: string
    name: string
    manager: Manager
    plans: readonly string[] | null
  },
  passwordHash: string | null,
): Promise<{ id: string; accountId: string; plans: number }> {
  await organisations.add(db, { id, name })
  const { id: organisationId } = (await organisations.byName(db, name))!
  const email = manager.email.trim().toLowerCase()
  const known = await accounts.byEmail(db, email)
  const accountId = known?.id ?? newId()
  if (!known) await accounts.add(db, { id: accountId, email, name: manager.name, passwordHash })
  await organisations.addMember(db, accountId, { organisationId, role: 'manager' })
  const taken = await organisations.takePlans(db, organisationId, plans)
  for (const worker of await workersAt(db, organisationId))
    await organisations.addMember(db, worker, { organisationId, role: 'professional' })
  return { id: organisationId, accountId, plans: taken }
}

/** A general practitioner sits at many tables and works for none of them. */
const STAFF: readonly Role[] = CARE_ROLES.filter((role) => role !== 'gp')

async function workersAt(db: Db, organisationId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct s.account_id as id from person s join plan p on p.id = s.plan_id
    where p.organisation_id = ${organisationId} and s.access = 'active'
      and s.role = any(${[...STAFF]}::text[])
      and not exists (select 1 from member m where m.account_id = s.account_id)`
  return rows.map(({ id }) => id)
}

/** The organisations of the demo, unless there are some. */
export async function addDemoOrganisations(sql: Sql, password: string): Promise<void> {
  if ((await organisations.all(sql)).length > 0) return
  const passwordHash = await hashPassword(password)
  await sql.begin(async (tx) => {
    for (const one of demo.organisations) await addOrganisation(tx, one, passwordHash)
  })
}

/** Rows of plans and of the people around them. */
import type { Person, PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type PlanRow = {
  id: string
  title: string
  clientName: string
  callMe: string
  age: number | null
  setting: string
  law: string
  about: string
}

const columns = (db: Db) => db`
  id, title, client_name as "clientName", call_me as "callMe", age, setting, law, about`

export async function find(db: Db, id: string): Promise<PlanRow | undefined> {
  const [row] = await db<PlanRow[]>`select ${columns(db)} from plan where id = ${id}`
  return row
}

/**
 * Whether an id is a plan's, in whatever capitals, or was one's that is erased. Addresses of people
 * are made of it, and who looked at an erased plan stays on record under it.
 */
export async function isTaken(db: Db, id: string): Promise<boolean> {
  const rows = await db`
    select 1 from plan where lower(id) = lower(${id})
    union all select 1 from plan_erasure where lower(plan_id) = lower(${id}) limit 1`
  return rows.length > 0
}

/** The plans an account has a seat at that has not ended. */
export const ofAccount = (db: Db, accountId: string): Promise<PlanRow[]> =>
  db<PlanRow[]>`
    select ${columns(db)} from plan
    where id in (select plan_id from person where account_id = ${accountId} and access = 'active')
    order by id`

export const all = (db: Db): Promise<PlanRow[]> =>
  db<PlanRow[]>`select ${columns(db)} from plan order by id`

export async function add(db: Db, row: PlanRow): Promise<void> {
  await db`insert into plan ${db({
    id: row.id,
    title: row.title,
    client_name: row.clientName,
    call_me: row.callMe,
    age: row.age,
    setting: row.setting,
    law: row.law,
    about: row.about,
  })}`
}

export type PersonRow = Person & {
  accountId: string
  attends: string
  authorityNote: string
  /** The last day of access, as agreed; null: until it is ended. */
  until: string | null
}

/**
 * Everyone who has or had a seat at a plan, in order of joining. An interpreter is part of the talk
 * that goes on when asked to come, or put down as there; not when put down as absent.
 */
export async function people(db: Db, planId: string): Promise<PersonRow[]> {
  const [found] = await peopleOfMany(db, [planId])
  return found?.people ?? []
}

/** The same of many plans at once, under the id of each that has people. */
export async function peopleOfMany(
  db: Db,
  planIds: readonly string[],
): Promise<{ id: string; people: PersonRow[] }[]> {
  const rows = await db<(PersonRow & { at: string })[]>`
    select plan_id as at, ${seatColumns(db)} from person
    where plan_id = any(${[...planIds]}::text[]) order by number`
  return Array.from(byPlace(rows), ([id, people]) => ({ id, people }))
}

/** The same of the plans that these documents belong to, under the id of each document. */
export async function peopleAt(
  db: Db,
  documentIds: readonly string[],
): Promise<{ id: string; planId: string; people: PersonRow[] }[]> {
  const rows = await db<(PersonRow & { at: string })[]>`
    select d.id || ' ' || d.plan_id as at, ${seatColumns(db)}
    from document d join person on person.plan_id = d.plan_id
    where d.id = any(${[...documentIds]}::text[]) order by number`
  return Array.from(byPlace(rows), ([at, people]) => {
    const [id = '', planId = ''] = at.split(' ')
    return { id, planId, people }
  })
}

const seatColumns = (db: Db) => db`
  person.id, account_id as "accountId", key, name, role, relation, authority,
  case when role = 'client' then (select p.call_me from plan p where p.id = person.plan_id)
  end as "callMe", authority_note as "authorityNote", may_confirm as "mayConfirm", attends, number,
  confidant as "confidantOfClient", access, access_until as until, declines,
  pointed_out as "pointedOut", goals,
  array(select l.owner_id from let_in l
    where l.plan_id = person.plan_id and l.person_id = person.id) as "letIn",
  role = 'interpreter' and exists (
    select from meeting m where m.plan_id = person.plan_id and m.state = 'under-way'
      and coalesce(m.body->'presence'->person.id->>'how',
        case when jsonb_exists(m.people, person.id) then 'here' end, 'absent') <> 'absent'
  ) as "inTalk"`

/** People by where they were found. */
function byPlace(rows: readonly (PersonRow & { at: string })[]): Map<string, PersonRow[]> {
  const found = new Map<string, PersonRow[]>()
  for (const { at, ...person } of rows) {
    const there = found.get(at)
    if (there) there.push(person)
    else found.set(at, [person])
  }
  return found
}

/** Who comes to sit at a plan: what is known of them at once. The rest begins empty. */
export type NewPerson = { planId: string } & Pick<
  PersonRow,
  | 'id'
  | 'accountId'
  | 'key'
  | 'name'
  | 'role'
  | 'relation'
  | 'authority'
  | 'authorityNote'
  | 'mayConfirm'
  | 'attends'
  | 'number'
  | 'confidantOfClient'
> &
  Partial<Pick<PersonRow, 'until' | 'goals'>>

export async function addPerson(db: Db, person: NewPerson): Promise<void> {
  await db`insert into person ${db({
    plan_id: person.planId,
    id: person.id,
    account_id: person.accountId,
    key: person.key,
    name: person.name,
    role: person.role,
    relation: person.relation,
    authority: person.authority,
    authority_note: person.authorityNote,
    may_confirm: person.mayConfirm,
    attends: person.attends,
    number: person.number,
    confidant: person.confidantOfClient,
    access_until: person.until ?? null,
    goals: person.goals ? db.json([...person.goals]) : null,
  })}`
}

/** What may change of a seat. Who somebody is and what they said stays. */
export type SeatChange = Pick<
  PersonRow,
  | 'role'
  | 'relation'
  | 'authority'
  | 'authorityNote'
  | 'confidantOfClient'
  | 'access'
  | 'until'
  | 'goals'
>

export async function changePerson(
  db: Db,
  planId: string,
  id: PersonId,
  to: SeatChange,
): Promise<void> {
  await db`
    update person set role = ${to.role}, relation = ${to.relation}, authority = ${to.authority},
      authority_note = ${to.authorityNote}, confidant = ${to.confidantOfClient},
      access = ${to.access}, access_until = ${to.until},
      goals = ${to.goals ? db.json([...to.goals]) : null}
    where plan_id = ${planId} and id = ${id}`
}

/** Everyone, at whatever plan, whose agreed last day lies before this one. */
export const overdue = (db: Db, today: string): Promise<{ planId: string; id: PersonId }[]> =>
  db<{ planId: string; id: PersonId }[]>`
    select plan_id as "planId", id from person
    where access = 'active' and access_until < ${today} order by plan_id, number`

export async function endAccess(db: Db, planId: string, personId: PersonId): Promise<boolean> {
  const rows = await db`
    update person set access = 'ended'
    where plan_id = ${planId} and id = ${personId} and access = 'active' returning id`
  return rows.length > 0
}

export type StandingAction = {
  id: string
  what: string
  who: PersonId | null
  when: string
  accepted: boolean | null
}

export const standingActions = (db: Db, planId: string): Promise<StandingAction[]> =>
  db<StandingAction[]>`
    select id, what, who, when_text as "when", accepted
    from standing_action where plan_id = ${planId} order by place`

export async function addStandingAction(
  db: Db,
  planId: string,
  place: number,
  action: StandingAction,
): Promise<void> {
  await db`insert into standing_action ${db({
    plan_id: planId,
    id: action.id,
    place,
    what: action.what,
    who: action.who,
    when_text: action.when,
    accepted: action.accepted,
  })}`
}

/** Rows that go for good, and the few that say so. */
import type { PersonId } from '#plan/people.ts'
import type { Db, Tx } from './open.ts'

export type Erasure = {
  planId: string
  organisationId: string | null
  ground: 'request' | 'retention-over'
  askedBy: string | null
  doneBy: string
}
export type ErasedLink = { seq: number; at: Date; kind: string; previous: string; hash: string }

/** Puts on record that a plan is erased, with the chain of its events as hashes. From here it may go. */
export async function begin(tx: Tx, row: Erasure): Promise<void> {
  await tx`
    insert into plan_erasure (plan_id, organisation_id, ground, asked_by, done_by, links)
    select ${row.planId}, ${row.organisationId}, ${row.ground}, ${row.askedBy}, ${row.doneBy},
      count(*) from event where plan_id = ${row.planId}`
  await tx`
    insert into erased_link (plan_id, seq, at, kind, previous, hash)
    select plan_id, seq, at, kind, previous, hash from event where plan_id = ${row.planId}`
}

/** What says who looked is kept by its own law; what says what was erased, always. */
const KEPT = ['access_log', 'plan_erasure', 'erased_link', 'erased_card']

/**
 * Takes away every row of a plan from every table there is: a table that is added tomorrow as well.
 *
 * Which goes before which follows from their references: what still is referred to waits its turn.
 */
export async function removePlan(tx: Tx, planId: string): Promise<void> {
  const tables = await tx<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t
      on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'plan_id'
      and c.table_name <> all(${KEPT})
    order by c.table_name`
  let waiting = tables.map(({ name }) => name)
  while (waiting.length > 0) {
    const left: string[] = []
    for (const name of waiting) {
      const gone = await tx
        .savepoint((sp) => sp`delete from ${sp(name)} where plan_id = ${planId}`)
        .then(() => true)
        .catch((error: unknown) => {
          if (isReferred(error)) return false
          throw error
        })
      if (!gone) left.push(name)
    }
    if (left.length === waiting.length) throw new Error(`still referred to: ${left.join(', ')}`)
    waiting = left
  }
  await tx`delete from plan where id = ${planId}`
}

const isReferred = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503'

/** The sessions of these accounts. */
export async function sessionsOf(db: Db, accountIds: readonly string[]): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from session where account_id = any(${[...accountIds]}::text[])`
  return rows.map(({ id }) => id)
}

/** Of these accounts the ones that sit nowhere and work for nobody. */
export async function lonely(db: Db, accountIds: readonly string[]): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select a.id from account a where a.id = any(${[...accountIds]}::text[])
      and not exists (select 1 from person p where p.account_id = a.id)
      and not exists (select 1 from member m where m.account_id = a.id)`
  return rows.map(({ id }) => id)
}

export async function removeAccounts(db: Db, ids: readonly string[]): Promise<void> {
  await db`delete from account where id = any(${[...ids]}::text[])`
}

export async function erasure(db: Db, planId: string): Promise<Erasure | undefined> {
  const [row] = await db<Erasure[]>`
    select plan_id as "planId", organisation_id as "organisationId", ground, asked_by as "askedBy",
      done_by as "doneBy" from plan_erasure where plan_id = ${planId}`
  return row
}

/** Every erased plan with what is left of its chain. */
export async function erased(
  db: Db,
): Promise<{ planId: string; count: number; links: ErasedLink[] }[]> {
  const plans = await db<{ planId: string; count: number }[]>`
    select plan_id as "planId", links as count from plan_erasure order by at`
  return Promise.all(
    plans.map(async (plan) => ({
      ...plan,
      links: await db<ErasedLink[]>`
        select seq, at, kind, previous, hash from erased_link
        where plan_id = ${plan.planId} order by seq`,
    })),
  )
}

/** Takes away what was said beside erased cards, and what was prepared that became them. */
export async function forgetCards(tx: Tx, planId: string, cards: readonly string[]): Promise<void> {
  const ids = [...cards]
  await tx`
    insert into erased_card (plan_id, card_id) select ${planId}::text, * from unnest(${ids}::text[])
    on conflict do nothing`
  await tx`
    delete from remark_resolved where remark_id in (
      select id from remark where plan_id = ${planId} and card_id = any(${ids}::text[]))`
  await tx`delete from remark where plan_id = ${planId} and card_id = any(${ids}::text[])`
  await tx`
    update preparation p set answers = p.answers - gone.keys, handed_in = p.handed_in - gone.keys
    from (
      select meeting_id, person_id, array_agg(key) as keys
      from preparation, jsonb_each_text(cards)
      where plan_id = ${planId} and value = any(${ids}::text[])
      group by meeting_id, person_id) gone
    where p.meeting_id = gone.meeting_id and p.person_id = gone.person_id`
}

/** Documents in which a card lay before it was moved. */
export async function movedFrom(
  db: Db,
  planId: string,
  cards: readonly string[],
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct body->>'from' as id from event
    where plan_id = ${planId} and kind = 'card-moved' and body->>'card' = any(${[...cards]}::text[])`
  return rows.map(({ id }) => id)
}

/** The moment of the last thing that was decided at a plan. */
export async function lastDecided(db: Db, planId: string): Promise<Date | null> {
  const [row] = await db<{ at: Date | null }[]>`
    select max(at) as at from event where plan_id = ${planId}`
  return row?.at ?? null
}

/** Whether somebody answered for another, or was witness to it: the record needs their name. */
export async function isNeeded(db: Db, planId: string, personId: PersonId): Promise<boolean> {
  const rows = await db`
    select 1 from answer where plan_id = ${planId}
      and ((actor_id = ${personId} and party_id <> ${personId}) or witnesses ? ${personId}) limit 1`
  return rows.length > 0
}

/** Takes somebody's name out of their seat; what they did stays under its number and role. */
export async function anonymise(
  tx: Tx,
  planId: string,
  personId: PersonId,
  name: string,
): Promise<void> {
  await tx`
    update person set name = ${name}, key = id, relation = null, authority_note = '',
      anonymised_at = now()
    where plan_id = ${planId} and id = ${personId}`
  await tx`
    delete from personal_link where plan_id = ${planId} and person_id = ${personId}`
}

/** Empties an account that nobody uses any more. Its row stays, because seats and lines name it. */
export async function emptyAccount(tx: Tx, id: string, name: string): Promise<void> {
  await tx`delete from session where account_id = ${id}`
  await tx`delete from passkey where account_id = ${id}`
  await tx`delete from totp where account_id = ${id}`
  await tx`delete from recovery_code where account_id = ${id}`
  await tx`delete from identity where account_id = ${id}`
  await tx`delete from letter where account_id = ${id}`
  await tx`
    update account set name = ${name}, email = id || '@weg.invalid', password_hash = null
    where id = ${id}`
}

/** Whether an account still has a seat with a name somewhere, or works for an organisation. */
export async function isUsed(db: Db, id: string): Promise<boolean> {
  const rows = await db`
    select 1 from person where account_id = ${id} and anonymised_at is null
    union select 1 from member where account_id = ${id} limit 1`
  return rows.length > 0
}

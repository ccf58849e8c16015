/** Rows of the letters that wait to be sent. */
import type { Db, Sql } from './open.ts'
import type { Json } from '#plan/canonical.ts'

export type LetterRow = {
  id: string
  accountId: string
  planId: string | null
  kind: string
  facts: Record<string, Json>
  state: 'waiting' | 'sent' | 'given-up'
  tries: number
  at: Date
  sentAt: Date | null
  /** Read from the account when the letter is sent. */
  address: string
}

export type NewLetter = Pick<LetterRow, 'id' | 'accountId' | 'planId' | 'kind' | 'facts'> & {
  once: string | null
  /** Seconds after which it makes no sense to send it any more. */
  usefulFor: number
}

const columns = (db: Db) => db`
  letter.id, account_id as "accountId", plan_id as "planId", kind, facts, state, tries, at,
  sent_at as "sentAt"`

/** Keeps a letter; false when the same one was written before. */
export async function add(db: Db, letter: NewLetter): Promise<boolean> {
  const rows = await db`
    insert into letter (id, account_id, plan_id, kind, facts, once, useless_at)
    values (${letter.id}, ${letter.accountId}, ${letter.planId}, ${letter.kind},
      ${db.json(letter.facts)}, ${letter.once}, now() + make_interval(secs => ${letter.usefulFor}))
    on conflict do nothing returning id`
  return rows.length > 0
}

/**
 * Takes letters that are due, for as long as sending may take: no other process takes them
 * meanwhile, and when this one dies they are due again.
 */
export const take = (sql: Sql, most: number, leaseSeconds: number): Promise<LetterRow[]> =>
  sql<LetterRow[]>`
    with due as materialized (
      select id from letter where state = 'waiting' and due_at <= now() and useless_at > now()
      order by due_at limit ${most} for update skip locked)
    update letter set tries = tries + 1, due_at = now() + make_interval(secs => ${leaseSeconds})
    from account, due where account.id = account_id and letter.id = due.id
    returning ${columns(sql)}, account.email as address`

/** It is gone: what it said is not kept. */
export async function sent(db: Db, id: string): Promise<void> {
  await db`update letter set state = 'sent', sent_at = now(), facts = '{}' where id = ${id}`
}

/** It did not go: again after a while, or never. */
export async function failed(db: Db, id: string, againAfter: number | null): Promise<void> {
  if (againAfter === null) {
    await db`update letter set state = 'given-up', facts = '{}' where id = ${id}`
  } else {
    await db`
      update letter set due_at = now() + make_interval(secs => ${againAfter}) where id = ${id}`
  }
}

/** Gives up what makes no sense any more, and forgets letters of more than thirty days ago. */
export async function tidy(db: Db): Promise<void> {
  await db`
    update letter set state = 'given-up', facts = '{}'
    where state = 'waiting' and useless_at <= now()`
  await db`delete from letter where at < now() - interval '30 days'`
}

/** The newest letters, for the demo's own post. */
export const newest = (db: Db, limit = 100): Promise<LetterRow[]> =>
  db<LetterRow[]>`
    select ${columns(db)}, account.email as address
    from letter join account on account.id = account_id
    order by at desc, letter.id limit ${limit}`

/** Names a letter may need; `own`: it is the reader's own plan. */
export type Names = { reader: string; client: string | null; callMe: string | null; own: boolean }

/** How the reader and the client of a plan are called, and whether they are one person. */
export async function namesFor(
  db: Db,
  accountId: string,
  planId: string | null,
): Promise<Names | undefined> {
  const [row] = await db<Names[]>`
    select account.name as reader, plan.client_name as client, plan.call_me as "callMe",
      exists (select from person where plan_id = plan.id and account_id = account.id
        and role = 'client') as own
    from account left join plan on plan.id = ${planId} where account.id = ${accountId}`
  return row
}

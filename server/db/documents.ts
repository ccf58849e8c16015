/** Rows of the live documents: the log of updates, its snapshots, and whose hand a client id is. */
import type { Zone } from '#plan/access.ts'
import type { PersonId } from '#plan/people.ts'
import type { DocumentKind } from '#live/documents.ts'
import type { Db } from './open.ts'

export type DocumentRow = {
  planId: string
  id: string
  kind: DocumentKind
  zone: Zone
  goalId: string | null
  round: number | null
  ownerId: PersonId | null
  open: boolean
  seq: number
}

const columns = (db: Db) => db`
  plan_id as "planId", id, kind, zone, goal_id as "goalId", round, owner_id as "ownerId", open, seq`

export async function find(db: Db, id: string): Promise<DocumentRow | undefined> {
  const [row] = await db<DocumentRow[]>`select ${columns(db)} from document where id = ${id}`
  return row
}

export const ofPlan = (db: Db, planId: string): Promise<DocumentRow[]> =>
  db<DocumentRow[]>`
    select ${columns(db)} from document where plan_id = ${planId}
    order by created_at, owner_id is not null, id`

/** Where the logs of these documents stand, and whether they are open. */
export const places = (db: Db, ids: readonly string[]) =>
  db<{ id: string; seq: number; open: boolean }[]>`
    select id, seq, open from document where id = any(${[...ids]}::text[])`

export async function add(db: Db, row: Omit<DocumentRow, 'open' | 'seq'>): Promise<void> {
  await db`insert into document ${db({
    plan_id: row.planId,
    id: row.id,
    kind: row.kind,
    zone: row.zone,
    goal_id: row.goalId,
    round: row.round,
    owner_id: row.ownerId,
  })}`
}

/** What somebody has one of at most: a draft, or (a therapist) a part of the care zone. */
export type Own = 'draft' | 'care-part'

/** Adds it, unless they have it. */
export async function addOwn(
  db: Db,
  planId: string,
  id: string,
  ownerId: PersonId,
  own: Own,
): Promise<void> {
  const [kind, zone] =
    own === 'draft' ? (['draft', 'draft'] as const) : (['board', 'care'] as const)
  await db`
    insert into document (plan_id, id, kind, zone, owner_id)
    values (${planId}, ${id}, ${kind}, ${zone}, ${ownerId})
    on conflict do nothing`
}

/** The id of somebody's own draft, once it is there. */
export async function ownDraft(db: Db, planId: string, ownerId: PersonId): Promise<string> {
  const [row] = await db<{ id: string }[]>`
    select id from document
    where plan_id = ${planId} and owner_id = ${ownerId} and kind = 'draft' and goal_id is null`
  return row!.id
}

/** Closes a document to writing, for ever. From here no update of it can be added by anyone. */
export async function close(db: Db, id: string): Promise<boolean> {
  const rows = await db`
    update document set open = false, closed_at = now() where id = ${id} and open returning id`
  return rows.length > 0
}

export type Hand = { clientId: number; personId: PersonId | null; imported: boolean }

export const hands = (db: Db, id: string): Promise<Hand[]> =>
  db<Hand[]>`
    select client_id as "clientId", person_id as "personId", imported
    from document_client where document_id = ${id}`

/** The client ids whose words were taken over from an earlier plan. */
export async function imported(db: Db, id: string): Promise<number[]> {
  const rows = await db<{ clientId: number }[]>`
    select client_id as "clientId" from document_client where document_id = ${id} and imported`
  return rows.map(({ clientId }) => clientId)
}

/** A snapshot and the updates after it, in order; `tail` is how many these are. */
export type Stored = { seq: number; updates: Uint8Array[]; tail: number }

/** A document with all that is stored of it, as of one moment. */
export type Loaded = { id: string; row: DocumentRow; stored: Stored; hands: Hand[] }

type LoadedRow = DocumentRow & {
  snapshot: Buffer | null
  snapshotSeq: number | null
  /** The updates after the snapshot, one behind the other, and how long each is. */
  tail: Buffer | null
  lengths: number[] | null
  made: [clientId: number, personId: PersonId | null, imported: boolean][] | null
}

/** Documents with their snapshot, the updates after it and their hands, in one statement. */
export async function load(db: Db, ids: readonly string[]): Promise<Loaded[]> {
  const rows = await db<LoadedRow[]>`
    select d.plan_id as "planId", d.id, d.kind, d.zone, d.goal_id as "goalId", d.round,
      d.owner_id as "ownerId", d.open, d.seq, s.data as snapshot, s.seq as "snapshotSeq", u.*, c.*
    from document d left join document_snapshot s on s.document_id = d.id
    cross join lateral (
      select string_agg(data, ''::bytea order by seq) as tail,
        json_agg(length(data) order by seq) as lengths
      from document_update where document_id = d.id and seq > coalesce(s.seq, 0)
    ) u cross join lateral (
      select json_agg(json_build_array(client_id, person_id, imported)) as made
      from document_client where document_id = d.id
    ) c where d.id = any(${[...ids]}::text[])`
  return rows.map(({ snapshot, snapshotSeq, tail, lengths, made, ...row }) => {
    let at = 0
    const after = (lengths ?? []).map((length) => tail!.subarray(at, (at += length)))
    const stored = {
      seq: (snapshotSeq ?? 0) + after.length,
      updates: snapshot ? [snapshot, ...after] : after,
      tail: after.length,
    }
    const hands = (made ?? []).map(([clientId, personId, imported]) => ({
      clientId,
      personId,
      imported,
    }))
    return { id: row.id, row, stored, hands }
  })
}

/** What is stored of one document; nothing of one that is not there. */
export const content = async (db: Db, id: string): Promise<Stored> =>
  (await load(db, [id]))[0]?.stored ?? { seq: 0, updates: [], tail: 0 }

/** The updates after a place in the log, in order. */
export const since = (db: Db, id: string, seq: number): Promise<{ seq: number; data: Buffer }[]> =>
  db<{ seq: number; data: Buffer }[]>`
    select seq, data from document_update where document_id = ${id} and seq > ${seq} order by seq`

/** The log of a document with whose each update was and when it was stored: for looking back. */
export const log = (
  db: Db,
  id: string,
): Promise<{ personId: PersonId | null; at: Date; data: Buffer }[]> =>
  db<{ personId: PersonId | null; at: Date; data: Buffer }[]>`
    select person_id as "personId", at, data from document_update
    where document_id = ${id} order by seq`

/** Adds updates made by the server itself (import, a new round), before anyone can open the document. */
export async function start(
  db: Db,
  row: Pick<DocumentRow, 'planId' | 'id'>,
  update: Uint8Array,
  made: readonly Hand[],
  personId: PersonId | null,
): Promise<void> {
  await db`update document set seq = 1 where id = ${row.id}`
  await db`insert into document_update ${db({
    plan_id: row.planId,
    document_id: row.id,
    seq: 1,
    batch: `start-${row.id}`,
    person_id: personId,
    data: Buffer.from(update),
  })}`
  for (const hand of made) await addHand(db, row, hand)
}

/** The document, held until the transaction ends: no commit of the log goes in between. */
export async function hold(db: Db, id: string): Promise<DocumentRow | undefined> {
  const [row] = await db<DocumentRow[]>`
    select ${columns(db)} from document where id = ${id} for update`
  return row
}

/** Adds one update made by the server to a document that is held, with the hands it was written in. */
export async function append(
  db: Db,
  row: DocumentRow,
  update: Uint8Array,
  made: readonly Hand[],
  personId: PersonId | null,
): Promise<void> {
  const seq = row.seq + 1
  await db`update document set seq = ${seq} where id = ${row.id}`
  await db`insert into document_update ${db({
    plan_id: row.planId,
    document_id: row.id,
    seq,
    batch: `act-${row.id}-${seq}`,
    person_id: personId,
    data: Buffer.from(update),
  })}`
  for (const hand of made) await addHand(db, row, hand)
}

async function addHand(db: Db, row: Pick<DocumentRow, 'planId' | 'id'>, hand: Hand): Promise<void> {
  await db`insert into document_client ${db({
    plan_id: row.planId,
    document_id: row.id,
    client_id: hand.clientId,
    person_id: hand.personId,
    imported: hand.imported,
  })}`
}

/** Keeps a snapshot, unless a newer one is there. */
export async function snapshot(
  db: Db,
  row: Pick<DocumentRow, 'planId' | 'id'>,
  seq: number,
  data: Uint8Array,
): Promise<void> {
  await db`
    insert into document_snapshot (plan_id, document_id, seq, data)
    values (${row.planId}, ${row.id}, ${seq}, ${Buffer.from(data)})
    on conflict (document_id) do update set seq = excluded.seq, data = excluded.data, at = now()
    where document_snapshot.seq < excluded.seq`
}

/**
 * Puts one snapshot in the place of everything that was stored of a document that is held. The
 * place in the log goes on, so that who missed it sees that it did.
 */
export async function rewrite(db: Db, row: DocumentRow, whole: Uint8Array): Promise<void> {
  const seq = row.seq + 1
  await db`update document set seq = ${seq} where id = ${row.id}`
  await db`delete from document_snapshot where document_id = ${row.id}`
  await db`delete from document_update where document_id = ${row.id}`
  await snapshot(db, row, seq, whole)
}

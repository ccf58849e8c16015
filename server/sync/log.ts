/**
 * The log: what was accepted becomes durable, before anybody else sees it.
 *
 * Group commit: while statements are under way, what comes in waits together and goes in the next,
 * whatever document it belongs to. Two may be under way, never with the same document: nobody waits
 * for a commit that began just before theirs. The statement adds the updates of a document only if
 * that document is still open and still where the room thinks it is, so that a lock taken or an
 * update added by another process wins, and a commit that is repeated after a broken connection is
 * recognised instead of doubled.
 */
import { randomUUID } from 'node:crypto'
import type { PersonId } from '#plan/people.ts'
import type { Sql } from '../db/open.ts'
import { within } from '../within.ts'

/** What one room has waiting: updates in order, and client ids used for the first time. */
export type Batch = {
  planId: string
  documentId: string
  /** How many updates of the document the room knows to be stored. */
  base: number
  updates: readonly { personId: PersonId; data: Uint8Array }[]
  hands: readonly { clientId: number; personId: PersonId }[]
}

/** What became of a batch. Only `stored` may be shown to anyone. */
export type Outcome =
  | { kind: 'stored' }
  | { kind: 'closed' } // the document is closed to writing
  | { kind: 'behind' } // another process stored something first: read that, judge again
  | { kind: 'failed' } // the database could not store it

export type LogRoom = {
  /** Hands over what waits; null when nothing does. */
  take(): Batch | null
  /** Told once for each batch taken. */
  settled(batch: Batch, outcome: Outcome): void
}

type Options = {
  queryMs: number
  tries?: number
  pauseMs?: number
  onFailure?: (error: unknown) => void
}

/** So many commits may be under way: one fewer than the log has connections, lest one hangs. */
const AT_ONCE = 2

export class Log {
  readonly #sql: Sql
  readonly #options: Required<Options>
  readonly #waiting = new Set<LogRoom>()
  #running = 0
  /** One was just begun, and takes along what comes in the same breath. */
  #soon = false
  readonly #runs = new Set<Promise<void>>()
  /** Names every commit, here and after a restart. */
  readonly #self = randomUUID()
  #named = 0
  /** How often, how many, and how long: for `/metrics`. */
  readonly counts = { commits: 0, updates: 0, failures: 0, seconds: 0 }

  constructor(sql: Sql, options: Options) {
    this.#sql = sql
    this.#options = { tries: 4, pauseMs: 120, onFailure: () => {}, ...options }
  }

  /** A room has something waiting. */
  want(room: LogRoom): void {
    this.#waiting.add(room)
    if (this.#soon || this.#running >= AT_ONCE) return
    this.#soon = true
    this.#running++
    const run = this.#run().finally(() => this.#runs.delete(run))
    this.#runs.add(run)
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running > 0) await Promise.all(this.#runs)
  }

  async #run(): Promise<void> {
    await Promise.resolve() // let everything that arrived together come along
    this.#soon = false
    try {
      while (this.#waiting.size > 0) await this.#commit()
    } finally {
      this.#running-- // in the same breath as the last look at who waits: nobody is overlooked
    }
  }

  async #commit(): Promise<void> {
    const rooms = [...this.#waiting]
    this.#waiting.clear()
    const taken = rooms.flatMap((room) => {
      const batch = room.take()
      return batch ? [{ room, batch }] : []
    })
    if (taken.length === 0) return
    const started = performance.now()
    const outcomes = await this.#store(taken.map(({ batch }) => batch))
    this.counts.seconds += (performance.now() - started) / 1000
    for (const [at, { room, batch }] of taken.entries()) {
      room.settled(batch, outcomes[at] ?? { kind: 'failed' })
    }
  }

  /** Stores every batch that can be; repeated after a failure under the same name, so never doubled. */
  async #store(batches: readonly Batch[]): Promise<Outcome[]> {
    const name = `${this.#self}-${this.#named++}`
    for (let attempt = 1; ; attempt++) {
      try {
        const stored = await within(this.#insert(name, batches), this.#options.queryMs)
        this.counts.commits++
        const rest = batches.filter((batch) => !stored.has(batch.documentId))
        const why =
          rest.length > 0
            ? await within(this.#why(name, rest), this.#options.queryMs)
            : new Map<string, Outcome>()
        for (const batch of batches) this.counts.updates += batch.updates.length
        return batches.map((batch) => why.get(batch.documentId) ?? { kind: 'stored' })
      } catch (error) {
        this.counts.failures++
        this.#options.onFailure(error)
        if (attempt >= this.#options.tries) return batches.map(() => ({ kind: 'failed' }))
        await new Promise((resolve) => setTimeout(resolve, this.#options.pauseMs * attempt))
      }
    }
  }

  /** One statement for all documents; answers with those whose updates went in. */
  async #insert(name: string, batches: readonly Batch[]): Promise<Set<string>> {
    const [first] = batches
    if (first && batches.length === 1 && first.updates.length === 1 && first.hands.length === 0)
      return this.#insertOne(name, first)
    const updates = batches.flatMap((batch) =>
      batch.updates.map((update, at) => ({ ...update, documentId: batch.documentId, at: at + 1 })),
    )
    const blob = Buffer.concat(updates.map((update) => update.data))
    let start = 1 // SQL counts from one
    const starts = updates.map((update) => (start += update.data.length) - update.data.length)
    const hands = batches.flatMap((batch) =>
      batch.hands.map((hand) => ({ ...hand, documentId: batch.documentId })),
    )
    const rows = await this.#sql<{ id: string }[]>`
      with wanted as (
        select * from unnest(
          ${batches.map((b) => b.planId)}::text[], ${batches.map((b) => b.documentId)}::text[],
          ${batches.map((b) => b.base)}::bigint[], ${batches.map((b) => b.updates.length)}::int[]
        ) as w (plan_id, id, base, n)
      ), moved as (
        update document d set seq = d.seq + w.n from wanted w
        where d.id = w.id and d.open and d.seq = w.base ${this.#noForeignHand(hands)}
        returning d.id, d.plan_id, w.base
      ), added as (
        insert into document_update (plan_id, document_id, seq, batch, person_id, data)
        select m.plan_id, m.id, m.base + u.at, ${name}, u.person_id,
          substring(${blob}::bytea from u.start for u.len)
        from unnest(
          ${updates.map((u) => u.documentId)}::text[], ${updates.map((u) => u.at)}::int[],
          ${updates.map((u) => u.personId)}::text[], ${starts}::int[],
          ${updates.map((u) => u.data.length)}::int[]
        ) as u (document_id, at, person_id, start, len)
        join moved m on m.id = u.document_id
      ) ${this.#addHands(hands)}
      select id from moved`
    return new Set(rows.map((row) => row.id))
  }

  /** The same for one person who types alone, as most do: the database is quicker with it. */
  async #insertOne(name: string, { documentId, base, updates }: Batch): Promise<Set<string>> {
    const { personId, data } = updates[0]!
    const rows = await this.#sql<{ id: string }[]>`
      with moved as (
        update document set seq = seq + 1 where id = ${documentId} and open and seq = ${base}
        returning plan_id, id, seq
      )
      insert into document_update (plan_id, document_id, seq, batch, person_id, data)
      select plan_id, id, seq, ${name}, ${personId}, ${bytes(data)}::bytea from moved
      returning document_id as id`
    return new Set(rows.map((row) => row.id))
  }

  /** A client id that another person used first, in another process, is not this person's. */
  #noForeignHand(hands: readonly Hand[]) {
    if (hands.length === 0) return this.#sql``
    return this.#sql`and not exists (
      select 1 from ${this.#unnest(hands)} join document_client c
        on c.document_id = h.document_id and c.client_id = h.client_id
      where h.document_id = d.id and c.person_id is distinct from h.person_id)`
  }

  #addHands(hands: readonly Hand[]) {
    if (hands.length === 0) return this.#sql``
    return this.#sql`, bound as (
      insert into document_client (plan_id, document_id, client_id, person_id)
      select m.plan_id, m.id, h.client_id, h.person_id
      from ${this.#unnest(hands)} join moved m on m.id = h.document_id
      on conflict do nothing)`
  }

  #unnest(hands: readonly Hand[]) {
    return this.#sql`unnest(
      ${hands.map((h) => h.documentId)}::text[], ${hands.map((h) => h.clientId)}::bigint[],
      ${hands.map((h) => h.personId)}::text[]) as h (document_id, client_id, person_id)`
  }

  /** Why a document's updates did not go in; a batch of this name that is there did, after all. */
  async #why(name: string, batches: readonly Batch[]): Promise<Map<string, Outcome>> {
    const rows = await this.#sql<{ id: string; open: boolean; ours: boolean }[]>`
      select d.id, d.open, exists (
        select 1 from document_update u
        where u.document_id = d.id and u.batch = ${name} and u.seq > w.base) as ours
      from unnest(${batches.map((b) => b.documentId)}::text[], ${batches.map((b) => b.base)}::bigint[])
        as w (id, base) join document d on d.id = w.id`
    const known = new Map(rows.map((row) => [row.id, row]))
    return new Map(
      batches.map((batch): [string, Outcome] => {
        const row = known.get(batch.documentId)
        if (row?.ours) return [batch.documentId, { kind: 'stored' }]
        return [batch.documentId, { kind: !row || !row.open ? 'closed' : 'behind' }]
      }),
    )
  }
}

const bytes = (data: Uint8Array): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength)

type Hand = { documentId: string; clientId: number; personId: PersonId }

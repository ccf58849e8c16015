/** People who type while things break, and what must be true of their words afterwards. */
import postgres from 'postgres'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { addCard, cardText } from '#live/documents.ts'
import { pino } from 'pino'
import { createApp } from '#server/table.ts'
import { readConfig } from '#server/config.ts'
import demoPlans from '#server/demo-plans.nl.json' with { type: 'json' }
import { hashOf } from '#server/ids.ts'
import { importDemo } from '#server/import/plan.ts'
import { caller, type Caller } from '../process.ts'
import { Pen, until } from '../table.ts'

/** Everyone of plan-01 who writes on the shared board. */
export const WRITERS = ['ria', 'marjan', 'fatima', 'joost'] as const

/** Puts the demo plans on a server database, where everybody then has the demo password. */
export async function seed(url: string): Promise<void> {
  const app = await createApp(
    readConfig({ DATABASE_URL: url, QUERY_SECONDS: '60' }),
    pino({ level: 'silent' }),
  )
  await importDemo(app.acts, app.db.sql, demoPlans)
  await app.close()
}

/** The id of the shared board of plan-01. */
export async function boardId(person: Caller): Promise<string> {
  const { body } = await person.call('GET', '/api/plans/plan-01')
  const { documents } = body as { documents: { id: string; kind: string; zone: string }[] }
  return documents.find((row) => row.kind === 'board' && row.zone === 'shared')!.id
}

/** Sign-ins that last over restarts. */
export const signIn = (base: string): Promise<Caller[]> =>
  Promise.all(WRITERS.map((key) => caller(base, `${key}@plan-01.example`)))

type Known = { saved: Map<number, number>; seen: Map<number, number> }

/** Some people typing on one board, each in a card of their own and in one they share. */
export class Crowd {
  readonly pens: Pen[]
  readonly documentId: string
  /** Somebody who comes later, with nothing. */
  readonly newcomer: () => Pen
  readonly #timers: NodeJS.Timeout[] = []
  #count = 0

  constructor(base: string, cookies: readonly string[], documentId: string) {
    const address = base.replace('http', 'ws')
    this.pens = cookies.map((cookie) => new Pen(address, documentId, cookie))
    this.documentId = documentId
    this.newcomer = () => new Pen(address, documentId, cookies[0]!)
  }

  async synced(): Promise<this> {
    await Promise.all(this.pens.map((pen) => pen.synced()))
    return this
  }

  /** Everyone types a word about every `ms`. */
  type(mark: string, ms = 15): void {
    for (const [at, pen] of this.pens.entries()) {
      const id = `${mark}-${at}`
      const about = { kind: 'point', area: null, saidBy: null, basis: 'own_words' } as const
      addCard(pen.doc, { ...about, id, text: '', order: 'z' } as never)
      const timer = setInterval(() => {
        cardText(pen.doc, id)?.insert(0, `${mark}w${this.#count++} `)
        const shared = cardText(pen.doc, `${mark}-0`)
        if (at > 0 && shared && Math.random() < 0.3) shared.insert(shared.length, 'x')
      }, ms)
      this.#timers.push(timer)
    }
  }

  get types(): boolean {
    return this.#timers.length > 0
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) clearInterval(timer)
  }

  /** What was acknowledged to a writer, and what anybody was shown of somebody else's. */
  known(): Known {
    const saved = new Map<number, number>()
    const seen = new Map<number, number>()
    const own = new Set(this.pens.map((pen) => pen.doc.clientID))
    for (const pen of this.pens) {
      const clock = pen.saved.get(pen.doc.clientID)
      if (clock !== undefined) saved.set(pen.doc.clientID, clock)
      for (const [client, at] of Y.decodeStateVector(Y.encodeStateVector(pen.doc))) {
        if (client !== pen.doc.clientID && own.has(client))
          seen.set(client, Math.max(seen.get(client) ?? 0, at))
      }
    }
    return { saved, seen }
  }

  /** Leaves for good: nothing is sent again afterwards. */
  leave(): void {
    this.stop()
    for (const pen of this.pens) pen.close()
  }
}

/** What a document lacks of what was promised; empty when nothing is lost. */
export function lost(promised: ReadonlyMap<number, number>, stored: Y.Doc): string[] {
  return [...promised].flatMap(([client, clock]) => {
    const has = Y.getState(stored.store, client)
    return has < clock ? [`client ${client}: ${has} of ${clock}`] : []
  })
}

const vector = (doc: Y.Doc) =>
  JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort())

const content = (doc: Y.Doc): string => hashOf(doc.getMap('cards').toJSON())

/** After healing: everybody, a newcomer and the log hold the same, and nothing is there twice. */
export async function whole(crowd: Crowd, url: string): Promise<void> {
  const newcomer = crowd.newcomer()
  await until(() => newcomer.provider.synced)
  const sql = postgres(url, { max: 1 })
  try {
    let log = await read(sql, crowd.documentId)
    while (crowd.types && log.places.length <= 50) log = await read(sql, crowd.documentId)
    crowd.stop()
    const same = async () => {
      log = await read(sql, crowd.documentId)
      return [newcomer, ...crowd.pens].every((pen) => vector(pen.doc) === vector(log.doc))
    }
    await until(same)
    expect(log.doc.store.pendingStructs).toBe(null)
    expect(log.doubled).toBe(0)
    expect(log.places).toEqual(log.places.map((_, at) => at + 1)) // no holes
    expect(log.places.length).toBeGreaterThan(50)
    for (const pen of [newcomer, ...crowd.pens]) expect(content(pen.doc)).toBe(content(log.doc))
    const { saved, seen } = crowd.known()
    expect(lost(saved, log.doc)).toEqual([])
    expect(lost(seen, log.doc)).toEqual([])
  } finally {
    await sql.end()
  }
  newcomer.close()
  crowd.leave()
}

/** The document as its log alone tells it. */
async function read(sql: postgres.Sql, documentId: string) {
  const rows = await sql<{ seq: string; data: Buffer }[]>`
    select seq, data from document_update where document_id = ${documentId} order by seq`
  const doc = new Y.Doc()
  let doubled = 0
  for (const { data } of rows) {
    const before = vector(doc)
    Y.applyUpdate(doc, data)
    if (vector(doc) === before && Y.decodeUpdate(data).structs.length > 0) doubled++
  }
  return { doc, doubled, places: rows.map((row) => Number(row.seq)) }
}

/**
 * From the log of a document to contributions: what one person did in one field, in one go.
 *
 * A contribution ends after half a minute of silence. Hands that write in one field at the same
 * time each have their own: what somebody added and what somebody took away follows from the
 * operations themselves, so nobody gets the words, or the deletions, of another.
 */
import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import { readVoiceMark } from '#plan/voice.ts'
import { VOICE } from './documents.ts'

/** One update as it was stored: whose it was, by the server's clock. */
export type Logged = { personId: PersonId | null; at: Date; data: Uint8Array }

export type Contribution = {
  /** Null: the system, or the record a plan came in with. */
  personId: PersonId | null
  /** The path of the field: `goal/plainText`, `actions/{id}/what`, `cards/{id}/text`. */
  field: string
  from: Date
  to: Date
  before: string
  after: string
  /** The words this person added and that stood there at the end of it. */
  added: string
  /** Who said those words, where that is one other person. */
  saidBy: PersonId | null
  /** The words this person took away, and whose they were. */
  deleted: { text: string; writer: PersonId | null }[]
  /** The place in the log of its last update. */
  last: number
}

const SILENCE_MS = 30_000

type Piece = { text: string; client: number; clock: number; saidBy: PersonId | null }
type Value = { text: string; pieces: Piece[] }

/** The stretches of a text with the operation each came from. */
function piecesOf(text: Y.Text): Piece[] {
  const pieces: Piece[] = []
  let saidBy: PersonId | null = null
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content, id } = item
    if (content instanceof Y.ContentFormat && content.key === VOICE) {
      saidBy = readVoiceMark(content.value)?.saidBy ?? null
    } else if (content instanceof Y.ContentString) {
      pieces.push({ text: content.str, client: id.client, clock: id.clock, saidBy })
    }
  }
  return pieces
}

/** Every field of a document as it stands. The order of things is not content. */
function fieldsOf(doc: Y.Doc, roots: readonly string[]): Map<string, Value> {
  const fields = new Map<string, Value>()
  const look = (value: unknown, path: string) => {
    if (value instanceof Y.Text) {
      const pieces = piecesOf(value)
      fields.set(path, { text: pieces.map(({ text }) => text).join(''), pieces })
    } else if (value instanceof Y.Map) {
      for (const [key, one] of value.entries()) look(one, `${path}/${key}`)
    } else if (typeof value === 'string') fields.set(path, { text: value, pieces: [] })
  }
  for (const root of roots) {
    if (root === 'order') continue
    for (const [key, one] of doc.getMap<unknown>(root).entries()) look(one, `${root}/${key}`)
  }
  return fields
}

type Open = Omit<Contribution, 'deleted' | 'added' | 'saidBy'> & {
  /** What the document knew before it: later operations are new. */
  known: Map<number, number>
  gone: Piece[]
  pieces: Piece[]
}

/** The contributions in a document's log, in the order in which they began. */
export function contributions(
  log: readonly Logged[],
  roots: readonly string[],
  writerOf: (clientId: number) => PersonId | null,
): Contribution[] {
  const doc = new Y.Doc()
  const open = new Map<string, Open>()
  const found: Open[] = []
  let before = new Map<string, Value>()
  for (const [last, { personId, at, data }] of log.entries()) {
    const known = Y.decodeStateVector(Y.encodeStateVector(doc))
    Y.applyUpdate(doc, data)
    const now = fieldsOf(doc, roots)
    for (const field of new Set([...before.keys(), ...now.keys()])) {
      const [was, is] = [before.get(field), now.get(field)]
      const gone = missing(was?.pieces ?? [], is?.pieces ?? [])
      if (was?.text === is?.text && gone.length === 0) continue
      const key = `${personId} ${field}`
      let one = open.get(key)
      if (!one || at.getTime() - one.to.getTime() > SILENCE_MS) {
        const start = { personId, field, from: at, before: was?.text ?? '' }
        one = { ...start, to: at, after: '', last, known, gone: [], pieces: [] }
        open.set(key, one)
        found.push(one)
      }
      one.gone.push(...gone)
      Object.assign(one, { to: at, last, after: is?.text ?? '', pieces: is?.pieces ?? [] })
    }
    before = now
  }
  doc.destroy()
  return found.flatMap((one) => close(one, writerOf))
}

/** The parts of a text that are there no more. */
function missing(was: readonly Piece[], is: readonly Piece[]): Piece[] {
  const there = new Map<number, [from: number, to: number][]>()
  for (const { client, clock, text } of is) {
    const spans = there.get(client) ?? []
    spans.push([clock, clock + text.length])
    there.set(client, spans)
  }
  return was.flatMap((piece) => {
    const spans = there.get(piece.client) ?? []
    const parts: Piece[] = []
    for (let at = 0; at < piece.text.length; at++) {
      const clock = piece.clock + at
      if (spans.some(([from, to]) => clock >= from && clock < to)) continue
      const last = parts.at(-1)
      if (last && last.clock + last.text.length === clock) last.text += piece.text[at]
      else parts.push({ ...piece, clock, text: piece.text[at]! })
    }
    return parts
  })
}

/** A stretch in two: what was there when a contribution began, and what is new since. */
function halves(piece: Piece, known: ReadonlyMap<number, number>): { old: Piece; fresh: Piece } {
  const from = known.get(piece.client) ?? 0
  const at = Math.min(Math.max(from - piece.clock, 0), piece.text.length)
  return {
    old: { ...piece, text: piece.text.slice(0, at) },
    fresh: { ...piece, clock: piece.clock + at, text: piece.text.slice(at) },
  }
}

/** What remains of it: not the letters somebody typed and took back in one go. */
function close(one: Open, writerOf: (clientId: number) => PersonId | null): Contribution[] {
  const { known, gone, pieces, ...kept } = one
  const isMine = ({ client }: Piece) => writerOf(client) === one.personId
  const mine = pieces
    .filter(isMine)
    .map((piece) => halves(piece, known).fresh)
    .filter(({ text }) => text !== '')
  const plain = pieces.length === 0 && gone.length === 0 // a day or a name, not a text
  const added = plain ? kept.after : mine.map(({ text }) => text).join('')
  const speakers = new Set(mine.map(({ saidBy }) => saidBy))
  const [speaker = null] = speakers
  const deleted: Contribution['deleted'] = []
  for (const piece of gone) {
    const text = isMine(piece) ? halves(piece, known).old.text : piece.text
    const writer = writerOf(piece.client)
    const last = deleted.at(-1)
    if (text === '') continue
    if (last?.writer === writer) last.text += text
    else deleted.push({ text, writer })
  }
  if (kept.before === kept.after && deleted.length === 0 && added === '') return []
  const saidBy = speakers.size === 1 && speaker !== one.personId ? speaker : null
  return [{ ...kept, added, saidBy, deleted }]
}

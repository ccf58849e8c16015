/**
 * Who is in a document and where their caret is.
 *
 * A client says only where its caret is; whose it is the server adds, so that nobody can appear as
 * somebody else. A state for a client id that is not the connection's own is dropped in silence:
 * honest clients echo what they hear of others.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { PersonId } from '#plan/people.ts'

const MAX_BYTES = 4096
const MAX_ENTRIES = 64
const MAX_CLOCK = 2 ** 31
/** Screens behind one connection: one, and a few it had before a reconnect. */
const MAX_IDS = 8

type Entry = { clock: number; state: string | null; peer: object }
type Said = { clientId: number; clock: number; state: string }

/** Reads an awareness update; null when it is not one. */
export function read(bytes: Uint8Array): Said[] | null {
  if (bytes.length > MAX_BYTES * 4) return null
  try {
    const decoder = decoding.createDecoder(bytes)
    const count = decoding.readVarUint(decoder)
    if (count > MAX_ENTRIES * 16) return null
    const said: Said[] = []
    for (let n = 0; n < count; n++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      said.push({ clientId, clock, state: decoding.readVarString(decoder) })
    }
    return decoding.hasContent(decoder) ? null : said
  } catch {
    return null
  }
}

/** What a client may say of itself: where its caret and selection are, in the words of its editor. */
const SAYS = ['caret', 'cursor', 'selection'] as const
const MAX_DEPTH = 4

function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || ['boolean', 'number'].includes(typeof value)) return true
  if (typeof value === 'string') return value.length <= 512 && value.isWellFormed()
  if (typeof value !== 'object' || depth > MAX_DEPTH) return false
  return Object.entries(value).every(
    ([key, inner]) => key !== '__proto__' && isPlain(inner, depth + 1),
  )
}

/** What of a client's own state others may see; undefined when it is no state at all. */
function readState(text: string): Record<string, unknown> | null | undefined {
  if (text.length > MAX_BYTES) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) return undefined
  const state: Record<string, unknown> = {}
  for (const key of SAYS) {
    const said: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
    if (said !== undefined && said !== null && isPlain(said)) state[key] = said
  }
  return state
}

export class Presence {
  readonly #entries = new Map<number, Entry>()

  /** Takes what one connection says of its own screens; answers with the client ids that changed. */
  take(
    said: readonly Said[],
    peer: object,
    person: PersonId,
    owns: (id: number) => boolean,
  ): number[] {
    const changed: number[] = []
    let ids = 0
    for (const entry of this.#entries.values()) if (entry.peer === peer) ids++
    for (const { clientId, clock, state: text } of said) {
      const known = this.#entries.get(clientId)
      if (clientId < 1 || clientId > 0xffffffff || clock > MAX_CLOCK || !owns(clientId)) continue
      const state = readState(text)
      if (state === undefined) continue
      const fresh = !known || clock > known.clock || (clock === known.clock && state === null)
      if (!fresh || (!known && (state === null || ++ids > MAX_IDS))) continue
      const shown = state && { ...state, person }
      this.#entries.set(clientId, { clock, state: shown && JSON.stringify(shown), peer })
      changed.push(clientId)
    }
    return changed
  }

  /** A connection is gone: its screens with it. Answers with the farewell to send, if any. */
  leave(peer: object): Uint8Array | null {
    const gone: number[] = []
    for (const [clientId, entry] of this.#entries) {
      if (entry.peer !== peer) continue
      if (entry.state !== null) gone.push(clientId)
      entry.state = null
    }
    const farewell = gone.length > 0 ? this.encode(gone) : null
    for (const [clientId, entry] of this.#entries) {
      if (entry.peer === peer) this.#entries.delete(clientId)
    }
    return farewell
  }

  /** Everyone now, for somebody who comes in; null when nobody is. */
  everyone(): Uint8Array | null {
    const here = [...this.#entries].filter(([, e]) => e.state !== null).map(([id]) => id)
    return here.length > 0 ? this.encode(here) : null
  }

  encode(ids: readonly number[]): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, ids.length)
    for (const id of ids) {
      const entry = this.#entries.get(id)
      encoding.writeVarUint(encoder, id)
      encoding.writeVarUint(encoder, entry?.clock ?? 0)
      encoding.writeVarString(encoder, entry?.state ?? 'null')
    }
    return encoding.toUint8Array(encoder)
  }
}

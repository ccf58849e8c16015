/**
 * A strict reading of a Yjs v1 update, without applying anything.
 *
 * Bounds everywhere, an allow-list of contents, no trailing bytes, and nothing is allocated from a
 * count: eight bytes can make a document unloadable for ever, eleven can ask for 256 MB.
 */
import * as decoding from 'lib0/decoding'
import type { Reason } from './contract.ts'

export type Id = { client: number; clock: number }

/** Content kinds of Yjs v1 that may appear here; the numbers are its wire format's. */
export const DELETED = 1
export const STRING = 4
export const FORMAT = 6
export const TYPE = 7
export const ANY = 8
/** Types behind `TYPE`. */
export const MAP = 1
export const TEXT = 2

export type Struct = Id & {
  len: number
  gc: boolean
  ref: number
  typeRef: number
  origin: Id | null
  right: Id | null
  root: string | null
  parent: Id | null
  sub: string | null
  values: unknown[]
  format: { key: string; value: unknown } | null
  start: number
  end: number
  where?: Where | null
  busy?: boolean
}
/** What holds a struct: a type of the document, or the struct of this update that makes one. */
export type Holder = import('yjs').AbstractType<unknown> | Struct
export type Where = { type: Holder; sub: string | null }
export type Section = Id & { structs: Struct[] }
export type Deletes = [client: number, ranges: [clock: number, len: number][]][]
export type Scan = { sections: Section[]; deletesAt: number; deletes: Deletes }

/** Stops judging here; nothing of the update enters. `gap`: honest, ask for what is missing. */
export class Refuse extends Error {
  readonly reason: Reason | 'gap'
  constructor(reason: Reason | 'gap') {
    super(reason)
    this.reason = reason
  }
}
export const no = (reason: Reason | 'gap'): never => {
  throw new Refuse(reason)
}

const MAX_SECTIONS = 64
const MAX_STRUCTS = 50_000
const MAX_RANGES = 50_000
const MAX_CLOCK = 2 ** 31 - 1
const MAX_ADVANCE = 1_000_000
const MAX_STRING = 200_000
const MAX_SCALAR = 512
const MAX_LIST = 50
const MAX_CLIENT = 0xffffffff
const KEY = /^[A-Za-z0-9_-]{1,64}$/
const BANNED = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether this can be a key of a map: an id, and nothing the language gives a meaning to. */
export const isKey = (key: string): boolean => KEY.test(key) && !BANNED.has(key)

type Decoder = decoding.Decoder

function uint(decoder: Decoder, max: number): number {
  const value = decoding.readVarUint(decoder)
  return value <= max ? value : no('malformed')
}
const id = (decoder: Decoder): Id => ({
  client: uint(decoder, MAX_CLIENT),
  clock: uint(decoder, MAX_CLOCK),
})
function text(decoder: Decoder, max: number): string {
  const value = decoding.readVarString(decoder)
  // PostgreSQL has no place for U+0000, and half a character is none
  return value.length > max || value.includes('\0') || !value.isWellFormed()
    ? no('malformed')
    : value
}
function key(decoder: Decoder): string {
  const value = text(decoder, 64)
  return isKey(value) ? value : no('shape')
}
const finite = (value: number): number => (Number.isFinite(value) ? value : no('shape'))

function scalar(decoder: Decoder, list: boolean): unknown {
  switch (decoding.readUint8(decoder)) {
    case 126:
      return null
    case 125:
      return decoding.readVarInt(decoder)
    case 124:
      return finite(decoding.readFloat32(decoder))
    case 123:
      return finite(decoding.readFloat64(decoder))
    case 121:
      return false
    case 120:
      return true
    case 119:
      return text(decoder, MAX_SCALAR)
    case 117: {
      if (!list) return no('shape')
      const values: unknown[] = []
      for (let n = uint(decoder, MAX_LIST); n > 0; n--) values.push(scalar(decoder, false))
      return values
    }
    default:
      return no('shape')
  }
}

/** Reads an update. Refuses by throwing `Refuse`. */
export function scan(update: Uint8Array, roots: readonly string[]): Scan {
  try {
    return read(decoding.createDecoder(update), roots)
  } catch (error) {
    throw error instanceof Refuse ? error : new Refuse('malformed')
  }
}

function read(decoder: Decoder, roots: readonly string[]): Scan {
  const sections: Section[] = []
  const seen = new Set<number>()
  let total = 0
  for (let n = uint(decoder, MAX_SECTIONS); n > 0; n--) {
    const count = uint(decoder, MAX_STRUCTS)
    total += count
    if (total > MAX_STRUCTS || count === 0) no('malformed')
    const section = readSection(decoder, count, roots)
    if (seen.has(section.client)) no('malformed') // decodeUpdate shows both, applyUpdate keeps the last
    seen.add(section.client)
    sections.push(section)
  }
  const deletesAt = decoder.pos
  const deletes = readDeletes(decoder)
  if (decoding.hasContent(decoder)) no('malformed') // also catches v2 updates on a v1 channel
  return { sections, deletesAt, deletes }
}

function readSection(decoder: Decoder, count: number, roots: readonly string[]): Section {
  const client = uint(decoder, MAX_CLIENT)
  if (client === 0) no('not-your-hand')
  let clock = uint(decoder, MAX_CLOCK)
  const section: Section = { client, clock, structs: [] }
  for (let n = 0; n < count; n++) {
    const struct = readStruct(decoder, client, clock, roots)
    clock += struct.len
    if (clock > MAX_CLOCK || clock - section.clock > MAX_ADVANCE) no('malformed')
    section.structs.push(struct)
  }
  return section
}

function readStruct(
  decoder: Decoder,
  client: number,
  clock: number,
  roots: readonly string[],
): Struct {
  const start = decoder.pos
  const info = decoding.readUint8(decoder)
  const ref = info & 31
  const struct: Struct = {
    client,
    clock,
    len: 0,
    gc: ref === 0,
    ref,
    typeRef: -1,
    origin: null,
    right: null,
    root: null,
    parent: null,
    sub: null,
    values: [],
    format: null,
    start,
    end: 0,
  }
  if (struct.gc) {
    if (info !== 0) no('malformed')
    struct.len = uint(decoder, MAX_ADVANCE)
  } else {
    readPlace(decoder, info, struct, roots)
    readContent(decoder, struct)
  }
  if (struct.len < 1) no('malformed') // eight bytes of this make a document unloadable
  struct.end = decoder.pos
  return struct
}

function readPlace(decoder: Decoder, info: number, struct: Struct, roots: readonly string[]): void {
  if (info & 128) struct.origin = id(decoder)
  if (info & 64) struct.right = id(decoder)
  if (info & 192) return
  const named = decoding.readVarUint(decoder)
  if (named > 1) no('malformed')
  if (named === 1) {
    struct.root = text(decoder, 64)
    if (!roots.includes(struct.root)) no('shape')
  } else struct.parent = id(decoder)
  if (info & 32) struct.sub = key(decoder)
}

function readContent(decoder: Decoder, struct: Struct): void {
  switch (struct.ref) {
    case DELETED:
      struct.len = uint(decoder, MAX_ADVANCE)
      return
    case STRING:
      struct.len = text(decoder, MAX_STRING).length
      return
    case FORMAT: {
      struct.len = 1
      const name = text(decoder, 64)
      const value = text(decoder, MAX_SCALAR)
      try {
        struct.format = { key: name, value: JSON.parse(value) as unknown }
      } catch {
        no('malformed')
      }
      return
    }
    case TYPE:
      struct.len = 1
      struct.typeRef = decoding.readVarUint(decoder)
      if (struct.typeRef !== MAP && struct.typeRef !== TEXT) no('shape')
      return
    case ANY:
      struct.len = uint(decoder, 1000)
      for (let n = 0; n < struct.len; n++) struct.values.push(scalar(decoder, true))
      return
    default:
      no('shape') // JSON, binary, embed, document, skip, unknown
  }
}

function readDeletes(decoder: Decoder): Deletes {
  const deletes: Deletes = []
  const seen = new Set<number>()
  let total = 0
  for (let n = uint(decoder, MAX_RANGES); n > 0; n--) {
    const client = uint(decoder, MAX_CLIENT)
    if (seen.has(client)) no('malformed')
    seen.add(client)
    const ranges: [number, number][] = []
    for (let m = uint(decoder, MAX_RANGES); m > 0; m--) {
      if (++total > MAX_RANGES) no('malformed')
      const clock = uint(decoder, MAX_CLOCK)
      const len = uint(decoder, MAX_CLOCK - clock)
      if (len < 1) no('malformed')
      ranges.push([clock, len])
    }
    deletes.push([client, ranges])
  }
  return deletes
}

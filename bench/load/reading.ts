/** Reading what a server sends: which operations of whom a message holds. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

const SYNC = 0
const STEP_2 = 1
const UPDATE = 2
const STRING = 4
/** Hocuspocus' sync reply: as sync. */
const SYNC_REPLY = 4
const SAVED = 10

/** Told of operations `from` up to but not including `to` of one client id. */
export type Told = (client: number, from: number, to: number) => void

/** What a message is; the update where it holds one. */
export function read(
  message: Uint8Array,
): { kind: 'update' | 'step2'; update: Uint8Array } | { kind: 'other' } {
  if (message[0] !== SYNC && message[0] !== SYNC_REPLY) return { kind: 'other' }
  if (message[1] !== STEP_2 && message[1] !== UPDATE) return { kind: 'other' }
  const decoder = decoding.createDecoder(message)
  decoder.pos = 2
  const update = decoding.readVarUint8Array(decoder)
  return { kind: message[1] === STEP_2 ? 'step2' : 'update', update }
}

/** What `saved` of our own server says is durable. */
export function readSaved(message: Uint8Array, told: (client: number, clock: number) => void) {
  if (message[0] !== SAVED) return
  const decoder = decoding.createDecoder(message)
  decoder.pos = 1
  for (let n = decoding.readVarUint(decoder); n > 0; n--) {
    told(decoding.readVarUint(decoder), decoding.readVarUint(decoder))
  }
}

/** Which operations an update holds. Typed text is read by hand, everything else by Yjs. */
export function operations(update: Uint8Array, told: Told): void {
  if (!typedOnly(update, () => {})) {
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      told(id.client, id.clock, id.clock + length)
    }
  } else typedOnly(update, told)
}

/** False when it holds anything but ASCII text put after other text. */
function typedOnly(update: Uint8Array, told: Told): boolean {
  const decoder = decoding.createDecoder(update)
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    const from = decoding.readVarUint(decoder)
    let to = from
    for (; structs > 0; structs--) {
      const info = decoding.readUint8(decoder)
      if ((info & 0x1f) !== STRING || (info & 0xc0) === 0) return false
      for (let ids = (info & 0x80 ? 2 : 0) + (info & 0x40 ? 2 : 0); ids > 0; ids--) {
        decoding.readVarUint(decoder)
      }
      const length = decoding.readVarUint(decoder)
      decoder.pos += length
      to += length
    }
    told(client, from, to)
  }
  return true
}

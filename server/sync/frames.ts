/** The frames of `/sync`: written here, read here, so that no other file knows their bytes. */
import * as decoding from 'lib0/decoding'
import { AWARENESS, QUERY_AWARENESS, REFUSED, SAVED, SYNC } from '#live/wire.ts'

const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

/** What a client can say. `step2`: the update answers a step 1 of ours. */
export type Message =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'update'; update: Uint8Array; step2: boolean }
  | { kind: 'awareness'; states: Uint8Array }
  | { kind: 'query-awareness' }

/** Reads one frame; null when it is not exactly one message of ours. */
export function read(frame: Uint8Array): Message | null {
  try {
    const decoder = decoding.createDecoder(frame)
    const message = readMessage(decoder)
    return decoding.hasContent(decoder) ? null : message
  } catch {
    return null
  }
}

function readMessage(decoder: decoding.Decoder): Message | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC: {
      const step = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (step === STEP_1) return { kind: 'step1', vector: body }
      if (step === STEP_2 || step === UPDATE) {
        return { kind: 'update', update: body, step2: step === STEP_2 }
      }
      return null
    }
    case AWARENESS:
      return { kind: 'awareness', states: decoding.readVarUint8Array(decoder) }
    case QUERY_AWARENESS:
      return { kind: 'query-awareness' }
    default:
      return null
  }
}

/** Bytes of a message: numbers as lib0 writes them, then, with how long it is, a body. */
function message(numbers: readonly number[], body?: Uint8Array): Uint8Array {
  const head: number[] = []
  for (const number of numbers) varUint(head, number)
  if (body) varUint(head, body.length)
  const bytes = Buffer.allocUnsafe(head.length + (body?.length ?? 0))
  bytes.set(head)
  if (body) bytes.set(body, head.length)
  return bytes
}

/** Seven bits a byte, the lowest first; also above 2^32, where clocks and client ids may be. */
function varUint(out: number[], number: number): void {
  for (; number > 127; number = Math.floor(number / 128)) out.push(128 | (number % 128))
  out.push(number)
}

export const step1 = (vector: Uint8Array): Uint8Array => message([SYNC, STEP_1], vector)
export const step2 = (update: Uint8Array): Uint8Array => message([SYNC, STEP_2], update)
export const update = (bytes: Uint8Array): Uint8Array => message([SYNC, UPDATE], bytes)
export const awareness = (states: Uint8Array): Uint8Array => message([AWARENESS], states)

/** These operations are durable: pairs of client id and clock. */
export const saved = (pairs: readonly (readonly [clientId: number, clock: number])[]): Uint8Array =>
  message([SAVED, pairs.length, ...pairs.flat()])

export const refused = (reason: string): Uint8Array => message([REFUSED], Buffer.from(reason))

/** A frame as it goes over the wire: one whole binary WebSocket message, unmasked (RFC 6455 §5.2). */
export function packed(frame: Uint8Array): Buffer {
  const { length } = frame
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const packet = Buffer.allocUnsafe(head + length)
  packet[0] = 0x82 // the last part of a binary message, and its first
  if (head === 2) packet[1] = length
  else if (head === 4) {
    packet[1] = 126
    packet.writeUInt16BE(length, 2)
  } else {
    packet[1] = 127
    packet.writeBigUInt64BE(BigInt(length), 2)
  }
  packet.set(frame, head)
  return packet
}

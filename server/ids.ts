import { createHash, randomBytes } from 'node:crypto'
import { canonical, type Json } from '#plan/canonical.ts'

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789' // none that read alike

/** A new id: 20 letters, 100 bits, nobody can guess it. */
export const newId = (): string =>
  Array.from(randomBytes(20), (byte) => LETTERS[byte & 31]).join('')

const SHAPE = new RegExp(`^[${LETTERS}]{20}$`)

/** Whether this could be an id of ours at all. */
export const isId = (text: string): boolean => SHAPE.test(text)

/** A Yjs client id made by the server: for words it writes in a person's name. */
export const newClientId = (): number => randomBytes(4).readUInt32BE() || 1

/** SHA-256 in hex of the canonical JSON (RFC 8785) of a value. */
export const hashOf = (value: Json): string =>
  createHash('sha256').update(canonical(value)).digest('hex')

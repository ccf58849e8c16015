/** Secrets that only need to be recognised: long and random, kept as their SHA-256. */
import { createHash, randomBytes, randomInt } from 'node:crypto'

/** For a link or a cookie: 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Six figures, none likelier than another. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** A token as it came in: undefined when it cannot be one. */
export const tokenOf = (raw: unknown): string | undefined =>
  typeof raw === 'string' && /^[\w-]{20,100}$/.test(raw) ? raw : undefined

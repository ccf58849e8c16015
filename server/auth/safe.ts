/** Secrets that must be read again, such as that of a code app: sealed, so that a copy of the database is not enough. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Sql } from '../db/open.ts'

const MARK = 'v1.'

/** Seals with AES-256-GCM, under a key that is not in the database; each value is bound to its owner. */
export class Safe {
  readonly #key: Buffer | null

  /** Without a key nothing is sealed: values stay as they are. */
  constructor(secret: string | null) {
    this.#key = secret === null ? null : Buffer.from(hkdfSync('sha256', secret, '', 'totp', 32))
  }

  seal(owner: string, plain: string): string {
    if (!this.#key) return plain
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(owner))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return MARK + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** What was sealed; a value of before there was a key as it is. Null when this key does not open it. */
  open(owner: string, kept: string): string | null {
    if (!kept.startsWith(MARK)) return kept
    if (!this.#key) return null
    const bytes = Buffer.from(kept.slice(MARK.length), 'base64url')
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12))
      cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8')
    } catch {
      return null
    }
  }

  /** Seals what was kept readable before there was a key. How many rows that were. */
  async sealOld(sql: Sql): Promise<number> {
    if (!this.#key) return 0
    const rows = await sql<{ id: string; secret: string }[]>`
      select account_id as id, secret from totp where secret not like ${`${MARK}%`}`
    for (const { id, secret } of rows)
      await sql`
        update totp set secret = ${this.seal(id, secret)}
        where account_id = ${id} and secret = ${secret}`
    return rows.length
  }
}

/**
 * The key: as set; for the embedded database one of its own beside it, made at the first start; on a
 * server database without a setting none.
 */
export function secretOf(
  config: Pick<Config, 'secretKey' | 'databaseUrl' | 'dataDir'>,
): string | null {
  if (config.secretKey !== null) return config.secretKey
  if (config.databaseUrl !== null) return null
  const fresh = randomBytes(32).toString('base64url')
  if (config.dataDir === 'memory:') return fresh
  const file = join(resolve(config.dataDir), 'secret.key')
  if (!existsSync(file)) writeFileSync(file, fresh, { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8').trim()
}

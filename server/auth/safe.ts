/** Secrets that must be read again, such as that of a code app: sealed, so that a copy of the database is not enough. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Sql } from '../db/open.ts'

const MARK = 'v1.'

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'totp', 32))

/** Seals with AES-256-GCM, under a key that is not in the database; each value is bound to its owner. */
export class Safe {
  readonly #key: Buffer | null
  readonly #others: readonly Buffer[]

  /**
   * Without a key nothing is sealed: values stay as they are. With `others` opens as well, and is
   * sealed anew under the first: a key can be changed.
   */
  constructor(secret: string | null, others: readonly string[] = []) {
    this.#key = secret === null ? null : keyOf(secret)
    this.#others = others.map(keyOf)
  }

  seal(owner: string, plain: string): string {
    if (!this.#key) return plain
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(owner))
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return MARK + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** What was sealed; a value of before there was a key as it is. Null when no key opens it. */
  open(owner: string, kept: string): string | null {
    if (!kept.startsWith(MARK)) return kept
    for (const key of [...(this.#key ? [this.#key] : []), ...this.#others]) {
      const plain = opened(key, owner, kept)
      if (plain !== null) return plain
    }
    return null
  }

  /** Whether a value is sealed under the key of now. */
  isNew(owner: string, kept: string): boolean {
    return this.#key !== null && kept.startsWith(MARK) && opened(this.#key, owner, kept) !== null
  }

  /**
   * Seals what was kept readable before there was a key, or under another key, anew under the key of
   * now. How many rows that were, and how many no key opens: those people set up their app again.
   */
  async sealOld(sql: Sql): Promise<{ sealed: number; lost: number }> {
    const rows = await sql<{ id: string; secret: string }[]>`
      select account_id as id, secret from totp`
    const old = this.#key ? rows.filter(({ id, secret }) => !this.isNew(id, secret)) : rows
    let [sealed, lost] = [0, 0]
    for (const { id, secret } of old) {
      const plain = this.open(id, secret)
      if (plain === null) lost++
      if (plain === null || !this.#key) continue
      sealed++
      await sql`
        update totp set secret = ${this.seal(id, plain)}
        where account_id = ${id} and secret = ${secret}`
    }
    return { sealed, lost }
  }
}

function opened(key: Buffer, owner: string, kept: string): string | null {
  const bytes = Buffer.from(kept.slice(MARK.length), 'base64url')
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8')
  } catch {
    return null
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

/** Keys that open as well: the one of before, and of the embedded database what was its own. */
export function otherSecretsOf(
  config: Pick<Config, 'secretKey' | 'secretKeyOld' | 'databaseUrl' | 'dataDir'>,
): string[] {
  const others = config.secretKeyOld === null ? [] : [config.secretKeyOld]
  if (config.secretKey === null || config.databaseUrl !== null || config.dataDir === 'memory:')
    return others
  const file = join(resolve(config.dataDir), 'secret.key')
  return existsSync(file) ? [...others, readFileSync(file, 'utf8').trim()] : others
}

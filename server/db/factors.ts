/** Rows of second factors: passkeys, the code app, recovery codes, and what a browser must sign. */
import type { Db } from './open.ts'

export type PasskeyRow = {
  id: string
  accountId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  device: string
  at: Date
  usedAt: Date | null
}

const passkey = (db: Db) => db`
  id, account_id as "accountId", public_key as "publicKey", counter, transports, device, at,
  used_at as "usedAt"`

export const passkeys = (db: Db, accountId: string): Promise<PasskeyRow[]> =>
  db<PasskeyRow[]>`
    select ${passkey(db)} from passkey where account_id = ${accountId} order by at, id`

export async function findPasskey(db: Db, id: string): Promise<PasskeyRow | undefined> {
  const [row] = await db<PasskeyRow[]>`select ${passkey(db)} from passkey where id = ${id}`
  return row
}

export async function addPasskey(db: Db, row: Omit<PasskeyRow, 'at' | 'usedAt'>): Promise<boolean> {
  const rows = await db`
    insert into passkey (id, account_id, public_key, counter, transports, device)
    values (${row.id}, ${row.accountId}, ${Buffer.from(row.publicKey)}, ${row.counter},
      ${db.json(row.transports)}, ${row.device})
    on conflict do nothing returning id`
  return rows.length > 0
}

export async function usedPasskey(db: Db, id: string, counter: number): Promise<void> {
  await db`update passkey set counter = ${counter}, used_at = now() where id = ${id}`
}

export async function removePasskey(db: Db, accountId: string, id: string): Promise<boolean> {
  const rows = await db`
    delete from passkey where account_id = ${accountId} and id = ${id} returning id`
  return rows.length > 0
}

/** Something to sign, for five minutes. */
export async function addChallenge(db: Db, hash: string, accountId: string | null): Promise<void> {
  await db`
    insert into challenge (hash, account_id, expires_at)
    values (${hash}, ${accountId}, now() + interval '5 minutes')`
}

/** Uses it up; false when it was not asked for, or not of this account, or is used already. */
export async function useChallenge(
  db: Db,
  hash: string,
  accountId: string | null,
): Promise<boolean> {
  const rows = await db`
    delete from challenge where hash = ${hash} and expires_at > now()
      and account_id is not distinct from ${accountId} returning hash`
  return rows.length > 0
}

export type TotpRow = { secret: string; confirmedAt: Date | null; lastStep: number }

export async function totp(db: Db, accountId: string): Promise<TotpRow | undefined> {
  const [row] = await db<TotpRow[]>`
    select secret, confirmed_at as "confirmedAt", last_step as "lastStep"
    from totp where account_id = ${accountId}`
  return row
}

/** A new secret, until it is confirmed; one that is confirmed stays. */
export async function putTotp(db: Db, accountId: string, secret: string): Promise<void> {
  await db`
    insert into totp (account_id, secret) values (${accountId}, ${secret})
    on conflict (account_id) do update set secret = excluded.secret
      where totp.confirmed_at is null`
}

/** A right code of this step: false when that step, or a later one, was used before. */
export async function useStep(db: Db, accountId: string, step: number): Promise<boolean> {
  const rows = await db`
    update totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, now())
    where account_id = ${accountId} and last_step < ${step} returning account_id`
  return rows.length > 0
}

export async function removeTotp(db: Db, accountId: string): Promise<boolean> {
  const rows = await db`delete from totp where account_id = ${accountId} returning account_id`
  return rows.length > 0
}

/** New recovery codes; the old ones work no more. */
export async function putRecovery(db: Db, accountId: string, hashes: string[]): Promise<void> {
  await db`delete from recovery_code where account_id = ${accountId}`
  await db`
    insert into recovery_code (account_id, hash)
    select ${accountId}::text, * from unnest(${hashes}::text[])`
}

export async function useRecovery(db: Db, accountId: string, hash: string): Promise<boolean> {
  const rows = await db`
    update recovery_code set used_at = now()
    where account_id = ${accountId} and hash = ${hash} and used_at is null returning hash`
  return rows.length > 0
}

/** How many recovery codes still work. */
export async function recoveryLeft(db: Db, accountId: string): Promise<number> {
  const [row] = await db<{ left: number }[]>`
    select count(*) as left from recovery_code
    where account_id = ${accountId} and used_at is null`
  return row?.left ?? 0
}

export async function removeRecovery(db: Db, accountId: string): Promise<void> {
  await db`delete from recovery_code where account_id = ${accountId}`
}

/** Recovery codes: for who lost their phone. Ten, each for once; shown when made and never again. */
import { randomBytes } from 'node:crypto'
import * as factors from '../db/factors.ts'
import type { Db } from '../db/open.ts'
import { hashed } from './secrets.ts'

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789' // none that read alike
const HOW_MANY = 10

/** Ten letters, 49 bits, in two halves. */
function newCode(): string {
  const letters: string[] = []
  while (letters.length < 10) {
    for (const byte of randomBytes(16)) {
      const letter = LETTERS[byte & 31] // 31 letters: the one number too many is thrown again
      if (letter && letters.length < 10) letters.push(letter)
    }
  }
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

const kept = (accountId: string, code: string) =>
  hashed(`${accountId} ${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)

/** Makes new codes; the old ones work no more. */
export async function renew(db: Db, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newCode)
  await factors.putRecovery(
    db,
    accountId,
    codes.map((code) => kept(accountId, code)),
  )
  return codes
}

/** Whether this is one of the codes; it is used up. */
export const isRecoveryCode = (db: Db, accountId: string, code: string): Promise<boolean> =>
  factors.useRecovery(db, accountId, kept(accountId, code))

/** A code by mail: six figures, once, ten minutes, five tries; a few codes an hour. */
import type { Refusal } from '#plan/refusals.ts'
import * as codes from '../db/codes.ts'
import type { Sql } from '../db/open.ts'
import * as tries from '../db/tries.ts'
import { letter, type Post } from '../mail.ts'
import { hashed, newCode } from './secrets.ts'
import type { Account } from './sessions.ts'

const LASTS_SECONDS = 600
const TRIES = 5

type Deps = { db: { sql: Sql }; post: Post }

const kept = (sessionId: string, code: string) => hashed(`${sessionId} ${code}`)

/** Mails a code for this session. Refuses with `too-many-tries`. */
export async function sendCode(deps: Deps, account: Account): Promise<Refusal | null> {
  const sent = await deps.db.sql.begin(async (tx) => {
    const may =
      (await tries.allowed(tx, `code ${account.id}`, 3, 900)) &&
      (await tries.allowed(tx, `codes ${account.id}`, 10, 86_400))
    if (!may) return false
    const code = newCode()
    await codes.put(tx, account.sessionId, kept(account.sessionId, code), LASTS_SECONDS)
    await letter(tx, { to: account.id, kind: 'sign-in-code', code })
    return true
  })
  if (!sent) return 'too-many-tries'
  void deps.post.look()
  return null
}

/** Whether this is the code that was mailed for this session; it works once. */
export async function isMailedCode(
  sql: Sql,
  { sessionId }: Pick<Account, 'sessionId'>,
  code: string,
): Promise<boolean> {
  const hash = kept(sessionId, code)
  const wanted = await codes.tried(sql, sessionId, TRIES)
  return wanted === hash && (await codes.use(sql, sessionId, hash))
}

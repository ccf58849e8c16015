/** Showing more of who one is: by a code, of whatever kind; and who may change how they do that. */
import { reaches, worksInCare, type Assurance } from '#plan/assurance.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import * as factors from '../db/factors.ts'
import type { Sql, Tx } from '../db/open.ts'
import * as log from '../db/sign-in-log.ts'
import * as tries from '../db/tries.ts'
import { letter, type Post } from '../mail.ts'
import type { Change } from '../mail/words.ts'
import { isMailedCode } from './codes.ts'
import { isRecoveryCode } from './recovery.ts'
import type { Safe } from './safe.ts'
import type { Holder } from './sessions.ts'
import { isAppCode } from './totp.ts'

type Deps = { db: { sql: Sql }; post: Post; safe: Safe }

/** The ways open to somebody. A mailed code is not enough for who works in care. */
export type Ways = { mail: boolean; app: boolean; passkey: boolean; recovery: boolean }

export async function waysOf(sql: Sql, holder: Holder): Promise<Ways> {
  const app = await factors.totp(sql, holder.id)
  return {
    mail: !holder.roles.some(worksInCare),
    app: Boolean(app?.confirmedAt),
    passkey: (await factors.passkeys(sql, holder.id)).length > 0,
    recovery: (await factors.recoveryLeft(sql, holder.id)) > 0,
  }
}

/**
 * How sure a code makes us. Refuses with `too-many-tries` after ten in a quarter of an hour, and
 * with `wrong-code`, the same for every kind.
 */
export async function prove(
  deps: Deps,
  holder: Pick<Holder, 'id' | 'sessionId'>,
  typed: string,
): Promise<Assurance | Refusal> {
  const proved = await sureness(deps, holder, typed)
  const failed = proved === 'too-many-tries' ? 'slowed' : 'wrong'
  const result = isRefusal(proved) ? failed : 'in'
  await log.add(deps.db.sql, { accountId: holder.id, way: 'code', result })
  return proved
}

async function sureness(
  deps: Deps,
  holder: Pick<Holder, 'id' | 'sessionId'>,
  typed: string,
): Promise<Assurance | Refusal> {
  const { sql } = deps.db
  if (!(await tries.allowed(sql, `factor ${holder.id}`, 10, 900))) return 'too-many-tries'
  const code = typed.trim()
  const figures = code.replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(figures)) {
    if (await isMailedCode(sql, holder, figures)) return 'middle'
    if (await isAppCode(deps, holder.id, figures)) return 'substantial'
  } else if (await isRecoveryCode(sql, holder.id, code)) {
    await tell(deps, holder.id, 'recovery')
    return 'substantial'
  }
  return 'wrong-code'
}

/** May this session change how its owner signs in? Not with less than the owner must show. */
export function mayChange(holder: Holder): boolean {
  if (holder.method === 'demo') return true
  const inCare = holder.roles.some(worksInCare)
  if (holder.enrolled) return reaches(holder.assurance, inCare ? 'substantial' : 'middle')
  return inCare || holder.method !== 'link' || reaches(holder.assurance, 'middle')
}

/** Writes to somebody that their account changed, so that a stranger's change is noticed. */
export async function tell(
  { db, post }: Pick<Deps, 'db' | 'post'>,
  accountId: string,
  what: Change,
): Promise<void> {
  await db.sql.begin((tx: Tx) => letter(tx, { to: accountId, kind: 'account-changed', what }))
  void post.look()
}

/** Sessions: Lucia's, on our own table that keeps only hashes, so that a leaked table opens nothing. */
import { createHash } from 'node:crypto'
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import type { Config } from '../config.ts'
import type { Sql } from '../db/open.ts'

/** How sure we are who this is (eIDAS words): kept on every answer. */
export type Assurance = 'low' | 'substantial'

/** Who is signed in, and by which session. */
export type Account = {
  id: string
  name: string
  email: string
  /** The hash under which the session is kept; the token itself never leaves the cookie. */
  sessionId: string
  expiresAt: Date
  assurance: Assurance
}

const hashed = (id: string) => createHash('sha256').update(id).digest('hex')

type SessionRow = {
  user_id: string
  expires_at: Date
  assurance: Assurance
  name: string
  email: string
}

class SessionTable implements Adapter {
  readonly #sql: Sql
  constructor(sql: Sql) {
    this.#sql = sql
  }

  async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const [row] = await this.#sql<SessionRow[]>`
      select s.account_id as user_id, s.expires_at, s.assurance, a.name, a.email
      from session s join account a on a.id = s.account_id where s.id = ${hashed(id)}`
    if (!row) return [null, null]
    const { user_id: userId, expires_at: expiresAt, assurance, name, email } = row
    return [
      { id, userId, expiresAt, attributes: { assurance } },
      { id: userId, attributes: { name, email } },
    ]
  }
  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await this.#sql<{ id: string; expires_at: Date; assurance: Assurance }[]>`
      select id, expires_at, assurance from session where account_id = ${userId}`
    return rows.map(({ id, expires_at: expiresAt, assurance }) => ({
      id,
      userId,
      expiresAt,
      attributes: { assurance },
    }))
  }
  async setSession(session: DatabaseSession): Promise<void> {
    await this.#sql`insert into session ${this.#sql({
      id: hashed(session.id),
      account_id: session.userId,
      expires_at: session.expiresAt,
      assurance: session.attributes.assurance,
    })}`
  }
  async updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
    await this.#sql`update session set expires_at = ${expiresAt} where id = ${hashed(id)}`
  }
  async deleteSession(id: string): Promise<void> {
    await this.#sql`delete from session where id = ${hashed(id)}`
  }
  async deleteUserSessions(userId: string): Promise<void> {
    await this.#sql`delete from session where account_id = ${userId}`
  }
  async deleteExpiredSessions(): Promise<void> {
    await this.#sql`delete from session where expires_at <= now()`
  }
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    DatabaseUserAttributes: { name: string; email: string }
    DatabaseSessionAttributes: { assurance: Assurance }
  }
}

function createLucia(sql: Sql, secure: boolean) {
  return new Lucia(new SessionTable(sql), {
    sessionExpiresIn: new TimeSpan(12, 'h'), // a working day; renewed while in use
    sessionCookie: { name: 'session', expires: false, attributes: { secure, sameSite: 'lax' } },
    getUserAttributes: ({ name, email }) => ({ name, email }),
    getSessionAttributes: ({ assurance }) => ({ assurance }),
  })
}

/** A cookie to set: its name, value and attributes. */
export type Cookie = { name: string; value: string; attributes: CookieAttributes; header: string }
type CookieAttributes = {
  path: string
  httpOnly: boolean
  secure: boolean
  sameSite: 'lax'
  maxAge?: number
}

export class Sessions {
  readonly #lucia: ReturnType<typeof createLucia>
  readonly #secure: boolean

  constructor(sql: Sql, config: Pick<Config, 'origin'>) {
    this.#secure = config.origin?.startsWith('https:') ?? false
    this.#lucia = createLucia(sql, this.#secure)
  }

  /** Who a request is: the one function for pages, the API, `/sync` and socket.io. */
  async accountOf(cookie: string): Promise<Account | null> {
    const token = this.#lucia.readSessionCookie(cookie)
    if (!token || token.length > 200) return null
    const { session, user } = await this.#lucia.validateSession(token)
    if (!session) return null
    const { id, name, email } = user
    const { expiresAt, assurance } = session
    return { id, name, email, sessionId: hashed(token), expiresAt, assurance }
  }

  /** Starts a session; the answer is the cookie that holds it. */
  async start(accountId: string, assurance: Assurance): Promise<Cookie> {
    const session = await this.#lucia.createSession(accountId, { assurance })
    return this.#cookie(session.id)
  }

  /** Ends the session of a cookie. Answers with its hash, so that its sockets can be closed. */
  async end(cookie: string): Promise<string | null> {
    const token = this.#lucia.readSessionCookie(cookie)
    if (!token) return null
    await this.#lucia.invalidateSession(token)
    return hashed(token)
  }

  /** The cookie that takes the session's away. */
  blank(): Cookie {
    return this.#cookie('', 0)
  }

  async sweep(): Promise<void> {
    await this.#lucia.deleteExpiredSessions()
  }

  #cookie(value: string, maxAge?: number): Cookie {
    const secure = this.#secure ? '; Secure' : ''
    const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
    return {
      name: 'session',
      value,
      attributes: {
        path: '/',
        httpOnly: true,
        secure: this.#secure,
        sameSite: 'lax',
        ...(maxAge !== undefined && { maxAge }),
      },
      header: `session=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`,
    }
  }
}

/** Who a request is, by its cookie header. */
export const accountOf = (app: { sessions: Sessions }, cookie: string): Promise<Account | null> =>
  app.sessions.accountOf(cookie)

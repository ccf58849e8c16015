/** Sessions: Lucia's, on our own table that keeps only hashes, so that a leaked table opens nothing. */
import { Lucia, TimeSpan, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import { reaches, stepFor, type Assurance, type Step } from '#plan/assurance.ts'
import type { Role } from '#plan/people.ts'
import type { Config } from '../config.ts'
import type { Database, Sql } from '../db/open.ts'
import { AskedTogether } from '../asked-together.ts'
import * as rows from '../db/sessions.ts'
import { hashed, newToken } from './secrets.ts'

export type { Assurance } from '#plan/assurance.ts'

/** Who is signed in, and by which session. */
export type Account = {
  id: string
  name: string
  email: string
  /** The hash under which the session is kept; the token itself never leaves the cookie. */
  sessionId: string
  expiresAt: Date
  /** How sure we are who this is: kept on every answer. */
  assurance: Assurance
  /** The plan whose client holds this tablet now: nothing but her own pages may be reached. */
  handover: string | null
}

/** Who holds a session, and what they must still do before they may see a plan. */
export type Holder = Account & {
  step: Step | null
  method: rows.Method
  roles: readonly Role[]
  enrolled: boolean
  endsAt: Date
}

/** How a session begins. */
export type Beginning = {
  method?: rows.Method
  device?: string
  /** A personal link: its device is remembered as long as the link lasts. */
  link?: { id: string; until: Date }
}

type Attributes = Omit<rows.SessionRow, 'id' | 'accountId' | 'expiresAt' | 'name' | 'email'>
type Kept = Attributes & { beginning: Beginning }
type Limits = Pick<Config, 'origin' | 'sessionIdleMs' | 'sessionMaxMs' | 'secondFactor' | 'queryMs'>
type Tables = Pick<Database, 'sql' | 'door'>

class SessionTable implements Adapter {
  readonly #sql: Sql
  readonly #kept: AskedTogether<rows.SessionRow>
  constructor({ sql, door }: Tables, queryMs: number) {
    this.#sql = sql
    this.#kept = new AskedTogether((ids) => rows.findAll(door, ids), { queryMs })
  }

  async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const row = await this.#kept.find(hashed(id))
    if (!row) return [null, null]
    const {
      accountId,
      expiresAt,
      name,
      email,
      assurance,
      method,
      roles,
      enrolled,
      endsAt,
      handover,
    } = row
    const attributes = { assurance, method, roles, enrolled, endsAt, handover, beginning: {} }
    return [
      { id, userId: accountId, expiresAt, attributes },
      { id: accountId, attributes: { name, email } },
    ]
  }
  async setSession({ id, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { assurance, endsAt, beginning } = attributes
    const { method = 'password', device = '', link } = beginning
    await rows.add(this.#sql, {
      id: hashed(id),
      accountId: userId,
      expiresAt: link?.until ?? expiresAt,
      endsAt,
      assurance,
      method,
      device,
      linkId: link?.id ?? null,
    })
  }
  updateSessionExpiration(id: string, expiresAt: Date): Promise<void> {
    return rows.renew(this.#sql, hashed(id), expiresAt)
  }
  async deleteSession(id: string): Promise<void> {
    await this.#sql`delete from session where id = ${hashed(id)}`
  }
  async deleteUserSessions(accountId: string): Promise<void> {
    await rows.end(this.#sql, { accountId })
  }
  getUserSessions(): Promise<DatabaseSession[]> {
    return Promise.resolve([]) // listed by their owner from the rows
  }
  async deleteExpiredSessions(): Promise<void> {
    await this.#sql`delete from session where expires_at <= now() or ends_at <= now()`
  }
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    DatabaseUserAttributes: { name: string; email: string }
    DatabaseSessionAttributes: Kept
  }
}

function createLucia(tables: Tables, secure: boolean, { sessionIdleMs, queryMs }: Limits) {
  return new Lucia(new SessionTable(tables, queryMs), {
    sessionExpiresIn: new TimeSpan(sessionIdleMs, 'ms'), // renewed while in use
    sessionCookie: { name: 'session', expires: false, attributes: { secure, sameSite: 'lax' } },
    getUserAttributes: ({ name, email }) => ({ name, email }),
    getSessionAttributes: (kept) => kept,
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
  readonly #required: boolean
  readonly #maxMs: number
  readonly #sql: Sql

  constructor(tables: Tables, config: Limits) {
    this.#sql = tables.sql
    this.#secure = config.origin?.startsWith('https:') ?? false
    this.#required = config.secondFactor === 'required'
    this.#maxMs = config.sessionMaxMs
    this.#lucia = createLucia(tables, this.#secure, config)
  }

  /** Who holds a session, also while a step is still to be taken. */
  async holderOf(cookie: string): Promise<Holder | null> {
    const token = this.#lucia.readSessionCookie(cookie)
    if (!token || token.length > 200) return null
    const { session, user } = await this.#lucia.validateSession(token)
    if (!session) return null
    const { id, name, email } = user
    const { assurance, method, roles, enrolled, endsAt, handover } = session
    const expiresAt = new Date(Math.min(session.expiresAt.getTime(), endsAt.getTime()))
    // choosing a demo seat asks for nothing, ever
    const required = this.#required && method !== 'demo'
    const asked = { enrolled: enrolled && method !== 'demo', required }
    const step = stepFor(assurance, roles, asked)
    const sessionId = hashed(token)
    const account = { id, name, email, sessionId, expiresAt, assurance, handover }
    return { ...account, step, method, roles, enrolled, endsAt }
  }

  /** Who a request is: the one function for pages, the API, `/sync` and socket.io. */
  async accountOf(cookie: string): Promise<Account | null> {
    const holder = await this.holderOf(cookie)
    return holder?.step === null ? holder : null
  }

  /** Of these sessions the ones that must show more before they may go on: a role changed. */
  async lacking(ids: readonly string[]): Promise<string[]> {
    const found = await rows.findAll(this.#sql, ids)
    return found
      .filter(({ assurance, roles, enrolled, method }) => {
        const demo = method === 'demo'
        const asked = { enrolled: enrolled && !demo, required: this.#required && !demo }
        return stepFor(assurance, roles, asked) !== null
      })
      .map(({ id }) => id)
  }

  /** Starts a session; the answer is the cookie that holds it. */
  async start(accountId: string, assurance: Assurance, beginning: Beginning = {}): Promise<Cookie> {
    const { link, method = 'password' } = beginning
    const endsAt = link?.until ?? new Date(Date.now() + this.#maxMs)
    const kept = {
      assurance,
      method,
      roles: [],
      enrolled: false,
      endsAt,
      handover: null,
      beginning,
    }
    const session = await this.#lucia.createSession(accountId, kept)
    const age = link && Math.floor((link.until.getTime() - Date.now()) / 1000)
    return this.cookie('session', session.id, age)
  }

  /**
   * Somebody showed more of who they are: their session counts for more. When it was the last step
   * of signing in the session gets a new token; later its sockets are open, and it keeps the old.
   */
  async raise(holder: Holder, assurance: Assurance): Promise<Cookie | null> {
    if (reaches(holder.assurance, assurance)) return null
    if (holder.step === null) {
      await rows.raise(this.#sql, holder.sessionId, assurance)
      return null
    }
    const token = newToken()
    await rows.move(this.#sql, holder.sessionId, hashed(token), assurance)
    const left = Math.floor((holder.endsAt.getTime() - Date.now()) / 1000)
    return this.cookie('session', token, holder.method === 'link' ? left : undefined)
  }

  /** Ends the session of a cookie. Answers with its hash, so that its sockets can be closed. */
  async end(cookie: string): Promise<string | null> {
    const token = this.#lucia.readSessionCookie(cookie)
    if (!token) return null
    await this.#lucia.invalidateSession(token)
    return hashed(token)
  }

  /** The hash under which a new cookie's session is kept. */
  idOf(cookie: Cookie): string {
    return hashed(cookie.value)
  }

  /** The cookie that takes the session's away. */
  blank(): Cookie {
    return this.cookie('session', '', 0)
  }

  async sweep(): Promise<void> {
    await this.#lucia.deleteExpiredSessions()
  }

  /** A cookie no script can read. */
  cookie(name: string, value: string, maxAge?: number): Cookie {
    const secure = this.#secure ? '; Secure' : ''
    const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
    return {
      name,
      value,
      attributes: {
        path: '/',
        httpOnly: true,
        secure: this.#secure,
        sameSite: 'lax',
        ...(maxAge !== undefined && { maxAge }),
      },
      header: `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`,
    }
  }
}

/** Who a request is, by its cookie header. */
export const accountOf = (app: { sessions: Sessions }, cookie: string): Promise<Account | null> =>
  app.sessions.accountOf(cookie)

/** The cast: a table in this process, with people who write over real sockets. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { REFUSED, SAVED } from '#live/wire.ts'
import type { App } from '#server/app.ts'
import { createApp } from '#server/table.ts'
import { readConfig } from '#server/config.ts'
import demoPlans from '#server/demo-plans.nl.json' with { type: 'json' }
import { importDemo } from '#server/import/plan.ts'
import * as accounts from '#server/db/accounts.ts'
import * as documents from '#server/db/documents.ts'
import * as plans from '#server/db/plans.ts'
import type { Account } from '#server/auth/sessions.ts'

export type Table = {
  app: App
  base: string
  /** A person of a plan, signed in. */
  person(key: string, planId?: string): Promise<Guest>
  /** The id of a board of a plan. */
  board(zone?: 'shared' | 'care' | 'client', planId?: string): Promise<string>
  /** Opens a document with a cookie of one's own. */
  pen(documentId: string, cookie: string): Pen
  close(): Promise<void>
}

export type Guest = {
  id: string
  key: string
  account: Account
  cookie: string
  /** Opens a document as an unmodified y-websocket client would. */
  open(documentId: string): Pen
}

/** A table on the embedded database in memory, or on the database `env` names. */
export async function table(env: Record<string, string> = {}): Promise<Table> {
  const config = readConfig({ DATA_DIR: 'memory:', QUERY_SECONDS: '60', ...env })
  const app = await createApp(config, pino({ level: 'silent' }))
  if (!config.demo) await importDemo(app.acts, app.db.sql, demoPlans) // a server database starts empty
  const http: Server = createServer()
  await app.attach(http)
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const base = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const pens = new Set<Pen>()
  const pen = (documentId: string, cookie: string) => {
    const made = new Pen(base, documentId, cookie)
    pens.add(made)
    return made
  }
  return {
    app,
    base,
    pen,
    async person(key, planId = 'plan-01') {
      const account = await accounts.byEmail(app.db.sql, `${key}@${planId}.example`)
      const person = (await plans.people(app.db.sql, planId)).find((p) => p.key === key)
      if (!account || !person) throw new Error(`nobody is called ${key} at ${planId}`)
      const made = await app.sessions.start(account.id, 'low')
      const cookie = `${made.name}=${made.value}`
      return {
        id: person.id,
        key,
        account: (await app.accountOf(cookie))!,
        cookie,
        open: (documentId) => pen(documentId, cookie),
      }
    },
    async board(zone = 'shared', planId = 'plan-01') {
      const rows = await documents.ofPlan(app.db.sql, planId)
      return rows.find((row) => row.zone === zone && row.kind === 'board')!.id
    },
    async close() {
      for (const pen of pens) pen.close()
      await app.close()
      http.closeAllConnections()
      http.close()
    },
  }
}

/** One connection of one person: a stock y-websocket provider that also hears `saved` and `refused`. */
export class Pen {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  readonly saved = new Map<number, number>()
  readonly refused: string[] = []
  /** The code it was closed with for good. */
  closedWith: number | null = null
  /** Every code a connection of it ended with. */
  readonly closes: number[] = []

  constructor(base: string, documentId: string, cookie: string) {
    class WithCookie extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie } })
      }
    }
    this.provider = new WebsocketProvider(`${base}/sync`, documentId, this.doc, {
      WebSocketPolyfill: WithCookie as never,
      disableBc: true,
    })
    this.provider.messageHandlers[SAVED] = (_encoder, decoder) => {
      for (let n = decoding.readVarUint(decoder); n > 0; n--) {
        this.saved.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder))
      }
    }
    this.provider.messageHandlers[REFUSED] = (_encoder, decoder) => {
      this.refused.push(decoding.readVarString(decoder))
    }
    this.provider.on('closed', ({ code }) => (this.closedWith = code))
    this.provider.on('connection-close', (event) => event && this.closes.push(event.code))
  }

  /** Resolves when the server's content is here. */
  async synced(): Promise<this> {
    if (this.provider.synced) return this
    await new Promise<void>((done, fail) => {
      this.provider.on('sync', (is) => is && done())
      this.provider.on('closed', ({ code, reason }) =>
        fail(new Error(`closed with ${code} ${reason}`)),
      )
    })
    return this
  }

  /** Resolves when everything written here is stored. */
  async stored(): Promise<void> {
    await until(
      () =>
        (this.saved.get(this.doc.clientID) ?? 0) >= Y.getState(this.doc.store, this.doc.clientID),
    )
  }

  close(): void {
    this.provider.destroy()
  }
}

/** Waits until something is so; fails after `ms`. */
export async function until(is: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await is())) {
    if (Date.now() > end) throw new Error('it did not become so in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

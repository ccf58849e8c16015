import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { createSubscriber } from 'svelte/reactivity'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import type { Writers } from '#live/views.ts'
import { REFUSED, SAVED, SYNC, type Caret, type Presence } from '#live/wire.ts'
import { Carets, type Placed } from './carets.ts'
import { gather } from './gather.ts'
import {
  clearDevice,
  forget,
  isOwnDevice,
  keptOf,
  remember,
  settle,
  tie,
  type Keep,
} from './own-device.ts'

/** Where a document stands, in the words of the connection line. */
export type LiveState =
  | 'connecting' // first connection not made yet
  | 'saved' // connected, and everything written here is stored
  | 'saving' // something written here is on its way
  | 'offline' // no connection; writing goes on in memory
  | 'unsaved' // the server could not store it and asks to try again
  | 'refused' // nothing of the last words entered; `reason` says why
  | 'closed' // the document is closed to writing (the words were presented)
  | 'ended' // access has ended, or nobody is signed in

type Options = {
  id: string
  /** Who was behind which client id when the page was made. */
  writers?: Writers
  /** Reads the table of client ids anew, when an unknown one appears. */
  readWriters?: () => Promise<Writers>
  /** Whose words may stay on this device, where this person said that it is their own. */
  keep?: Keep
  /** One can lose it and keep one's seat: that it closes says nothing of the rest of the plan. */
  alone?: boolean
  /** `ws(s)://…/sync`; the page's own origin by default. */
  server?: string
}

/**
 * One document this screen has open: its Y.Doc, its connection, and whether all that was written
 * here is stored.
 *
 * The server answers every update with exactly one pair of this client's id in `saved`, so
 * counting what was sent against what came back tells the truth about "everything is saved", also
 * for deletions, which move no clock.
 */
export class LiveDocument {
  readonly id: string
  readonly doc = new Y.Doc()
  readonly #provider: WebsocketProvider
  readonly #readWriters: (() => Promise<Writers>) | undefined
  #state = $state.raw<LiveState>('connecting')
  #synced = $state(false)
  #reason = $state.raw<string | null>(null)
  #writers = $state.raw<Writers>({})
  readonly #carets = new Carets()
  #here = $state.raw<PersonId[]>([])
  #followers: (() => void)[] = []
  #outstanding = 0
  #dirty = false // written while there was no connection
  #failing = false // the last connection ended because nothing could be stored
  #asking = false
  readonly #asked: number[] = []
  readonly #keep: Keep | undefined
  #tied: Awaited<ReturnType<typeof tie>> | null = null
  #unsent = false
  #gone = false
  readonly #subscribe: () => void

  constructor({ id, writers = {}, readWriters, keep, alone = false, server }: Options) {
    this.id = id
    this.#keep = keep && isOwnDevice(keep) ? keep : undefined
    this.#writers = writers
    this.#readWriters = readWriters
    this.#subscribe = createSubscriber((update) => {
      this.doc.on('update', update)
      return () => this.doc.off('update', update)
    })
    const base = server ?? `${location.origin.replace(/^http/, 'ws')}/sync`
    const provider = new WebsocketProvider(base, id, this.doc, {
      connect: false,
      disableBc: true, // another tab's edits must reach the server as that tab's
      maxBackoffTime: 2500 + Math.random() * 1500, // not everybody at once after a restart
    })
    this.#provider = provider
    const takeIn = gather(provider)
    this.#countSaves()
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || origin === this.#tied) return
      if (provider.wsconnected) this.#outstanding++
      else this.#dirty = true
      this.#settle()
    })
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.#outstanding = 0
      if (status === 'disconnected') {
        if (this.#outstanding > 0) this.#dirty = true
        this.#outstanding = 0
      }
      this.#settle()
    })
    provider.on('sync', (synced) => {
      if (synced) this.#synced = true
      this.#settle()
    })
    provider.on('connection-close', (event) => {
      takeIn()
      this.#failing = event?.code === 4503
      this.#settle()
    })
    provider.on('closed', ({ code }) => {
      this.#state = code === 4409 ? 'closed' : code === 4401 || code === 4403 ? 'ended' : 'refused'
      if (this.#state !== 'ended' || !keep) return
      if (code === 4401) return void settle() // words that never arrived wait for their writer
      void (alone ? forget(keep.planId, id) : clearDevice(keep.planId))
    })
    provider.awareness.on('change', () => this.#readPresence())
    window.addEventListener('offline', this.#apart)
    window.addEventListener('online', this.#together)
    if (this.#keep) void this.#tie(this.#keep)
    else provider.connect()
  }

  get state(): LiveState {
    return this.#state
  }
  /** Whether the server's content has arrived; before that, show what the page was given. */
  get synced(): boolean {
    return this.#synced
  }
  /** Why the last words were refused; null otherwise. */
  get reason(): string | null {
    return this.#reason
  }
  /** Others' carets in a field; one entry per screen. */
  caretsAt(field: string): readonly Placed[] {
    return this.#carets.at(field)
  }
  /** Who has this document open, each once. */
  get here(): readonly PersonId[] {
    return this.#here
  }
  /** Whether words written here are not stored yet. */
  get unsaved(): boolean {
    return this.#state !== 'saved' && (this.#dirty || this.#outstanding > 0)
  }

  /** Reads the document so that an effect or template follows every change of it. */
  read<T>(of: (doc: Y.Doc) => T): T {
    this.#subscribe()
    return of(this.doc)
  }

  /** Calls back when a hand that was not known is known; answers with how to stop. */
  followWriters(then: () => void): () => void {
    this.#followers.push(then)
    return () => void (this.#followers = this.#followers.filter((one) => one !== then))
  }

  /** The person behind a client id; null while unknown (the table is then asked anew). */
  writerOf(clientId: number): PersonId | null {
    const known = this.#writers[clientId]
    if (known !== undefined) return known
    if (!this.#asked.includes(clientId)) {
      this.#asked.push(clientId)
      this.#askWriters()
    }
    return null
  }

  setCaret(caret: Caret | null): void {
    this.#provider.awareness.setLocalState(caret === null ? {} : { caret })
  }

  destroy(): void {
    this.#gone = true
    window.removeEventListener('offline', this.#apart)
    window.removeEventListener('online', this.#together)
    this.#provider.destroy()
    this.doc.destroy()
  }

  /** The device says that there is no network: the line says so at once, not after half a minute. */
  readonly #apart = () => this.#provider.disconnect()
  readonly #together = () => {
    if (!['refused', 'closed', 'ended'].includes(this.#state)) this.#provider.connect()
  }

  /** First what this device kept, then the server: what it lacks goes with the first answer. */
  async #tie(keep: Keep) {
    const { planId, goalId = null } = keep
    try {
      this.#tied = await tie(planId, this.id, this.doc)
      this.#unsent = keptOf(planId).some((one) => one.documentId === this.id && one.unsent)
      remember(planId, { documentId: this.id, goalId, unsent: this.#unsent })
      this.#dirty = this.#unsent
      if (this.doc.store.clients.size > 0) this.#synced = true
    } catch {
      // this browser keeps nothing: everything else works as ever
    }
    if (this.#gone) this.#tied?.destroy()
    else this.#provider.connect()
  }

  /** Keeps in mind, also over a closed page, whether the server has everything. */
  #remember() {
    const unsent = this.#dirty || this.#outstanding > 0
    if (!this.#keep || !this.#tied || unsent === this.#unsent) return
    this.#unsent = unsent
    const { planId, goalId = null } = this.#keep
    remember(planId, { documentId: this.id, goalId, unsent })
  }

  #countSaves() {
    const provider = this.#provider
    const handlers = provider.messageHandlers
    const sync = handlers[SYNC]
    if (!sync) return
    handlers[SYNC] = (encoder, decoder, of, emitSynced, type) => {
      const before = encoding.length(encoder)
      sync(encoder, decoder, of, emitSynced, type)
      // an answer to the server's step 1: everything of ours it does not have, in one message
      if (encoding.length(encoder) > before + 1) {
        this.#outstanding++
        this.#dirty = false
        this.#settle()
      }
    }
    handlers[SAVED] = (_encoder, decoder) => {
      for (let n = decoding.readVarUint(decoder); n > 0; n--) {
        const client = decoding.readVarUint(decoder)
        decoding.readVarUint(decoder)
        if (client === this.doc.clientID && this.#outstanding > 0) this.#outstanding--
      }
      this.#failing = false
      this.#settle()
    }
    handlers[REFUSED] = (_encoder, decoder) => {
      this.#reason = decoding.readVarString(decoder)
      this.#state = this.#reason === 'closed' ? 'closed' : 'refused'
    }
  }

  #settle() {
    this.#remember()
    if (['refused', 'closed', 'ended'].includes(this.#state)) return
    if (this.#provider.wsconnected && this.#provider.synced) {
      this.#state = this.#outstanding > 0 || this.#dirty ? 'saving' : 'saved'
    } else if (this.#failing) this.#state = 'unsaved'
    else if (this.#synced || this.#provider.wsUnsuccessfulReconnects > 0) this.#state = 'offline'
  }

  #readPresence() {
    const others: Placed[] = []
    const here: PersonId[] = []
    const writers: Writers = {}
    for (const [clientId, state] of this.#provider.awareness.getStates()) {
      const { person, caret } = state as Partial<Presence>
      if (typeof person !== 'string') continue
      if (!here.includes(person)) here.push(person)
      writers[clientId] = person
      if (isCaret(caret) && clientId !== this.doc.clientID) others.push({ clientId, person, caret })
    }
    this.#know(writers)
    this.#carets.take(others)
    if (here.join() !== this.#here.join()) this.#here = here
  }

  /** Takes in whose hands these are; who follows the table hears of it only when it grew. */
  #know(writers: Writers) {
    if (Object.entries(writers).every(([id, person]) => this.#writers[+id] === person)) return
    this.#writers = { ...this.#writers, ...writers }
    for (const then of this.#followers) then()
  }

  /** Asks once for each unknown id, and for ids that appear together in one go. */
  #askWriters() {
    if (this.#asking || !this.#readWriters) return
    this.#asking = true
    setTimeout(() => {
      this.#asking = false
      void this.#readWriters?.().then((writers) => this.#know(writers))
    }, 50)
  }
}

/** Another client may say its caret in words of its own; ours are these three. */
function isCaret(value: unknown): value is Caret {
  if (typeof value !== 'object' || value === null) return false
  const { field, anchor, head } = value as Record<string, unknown>
  return [field, anchor, head].every((one) => typeof one === 'string')
}

import { io, type Socket } from 'socket.io-client'
import type { ScreenPerson, ScreenView } from '#live/meeting.ts'
import type { ScreenAsks, ScreenHears } from '#live/wire.ts'
import { shortName } from '#lib/look/people.ts'

export type Showing = Extract<ScreenView, { state: 'showing' }>

/** After this long without the chair's screen the room is told; a moment without it is nothing. */
const AWAY_MS = 5000
const ASKS_AGAIN_MS = 15_000

/** A big screen: what it is given to show, and nothing it could say. */
export class BigScreen {
  readonly #socket: Socket<ScreenHears, ScreenAsks>
  #view = $state.raw<ScreenView | null>(null)
  #connected = $state(true)
  #away = $state(false)
  #lockedNow = $state(false)
  #asking = false
  #again = false
  readonly #stop: () => void
  readonly #chairGone = $derived(
    this.showing?.meeting.state === 'under-way' && !this.showing.chairConnected,
  )

  constructor() {
    this.#socket = io('/screen', { path: '/socket.io', transports: ['websocket'] })
    this.#socket.on('connect', () => {
      this.#connected = true
      void this.#ask()
    })
    this.#socket.on('disconnect', () => (this.#connected = false))
    this.#socket.on('connect_error', (error) => {
      // its letters are too old: opening the address anew gives new ones
      if (error.message === 'unknown-screen') this.#view = { state: 'gone' }
      else this.#connected = false
    })
    this.#socket.on('changed', () => void this.#ask())
    const timer = setInterval(() => void this.#ask(), ASKS_AGAIN_MS)
    const effects = $effect.root(() => {
      $effect(() => {
        if (!this.#chairGone) {
          this.#away = false
          return
        }
        const away = setTimeout(() => (this.#away = true), AWAY_MS)
        return () => clearTimeout(away)
      })
    })
    this.#stop = () => {
      clearInterval(timer)
      effects()
    }
  }

  get view(): ScreenView | null {
    return this.#view
  }
  get showing(): Showing | null {
    return this.#view?.state === 'showing' ? this.#view : null
  }
  get connected(): boolean {
    return this.#connected
  }
  /** Whoever leads has been without a connection for a while. */
  get chairAway(): boolean {
    return this.#away
  }
  /** The goal was agreed while it was on this screen. */
  get lockedNow(): boolean {
    return this.#lockedNow
  }
  person(id: string | null): ScreenPerson | undefined {
    return this.showing?.people.find((one) => one.id === id)
  }
  name(id: string | null): string {
    const person = this.person(id)
    return person ? shortName(person) : ''
  }
  close(): void {
    this.#stop()
    this.#socket.disconnect()
  }

  /** One question at a time; what changed meanwhile is asked after it. */
  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return
    }
    this.#asking = true
    do {
      this.#again = false
      const view = (await this.#socket
        .timeout(8000)
        .emitWithAck('show')
        .catch(() => null)) as ScreenView | null // the connection went: asked anew when it is back
      if (view) this.#take(view)
    } while (this.#again)
    this.#asking = false
  }

  #take(view: ScreenView): void {
    const before = this.showing
    const state = (one: Showing | null) => (one?.content.kind === 'goal' ? one.content.state : null)
    const after = view.state === 'showing' ? view : null
    const same = before !== null && before.meeting.item === after?.meeting.item
    const agreed = (word: string | null) => word?.startsWith('agreed') === true
    if (!same) this.#lockedNow = false
    else if (!agreed(state(before)) && agreed(state(after))) this.#lockedNow = true
    this.#view = view
  }
}

/** Sockets as the pages open them: somebody's seat at a plan, and a big screen that is nobody. */
import { io, type Socket } from 'socket.io-client'
import type { Step } from '#plan/steps.ts'
import type { MeetingView, ScreenView } from '#live/meeting.ts'
import type {
  ClientEvents,
  ReadingView,
  Reply,
  ScreenAsks,
  ScreenHears,
  ServerEvents,
} from '#live/wire.ts'

const transports = ['websocket']

/** Somebody at the table, and how the meeting stands as far as they heard. */
export class SeatSocket {
  readonly socket: Socket<ServerEvents, ClientEvents>
  meeting: MeetingView | null = null
  here: readonly string[] = []
  reading: readonly ReadingView[] = []
  readonly heard: { revision: number; at: number }[] = []

  constructor(base: string, cookie: string, planId = 'plan-01') {
    this.socket = io(base.replace(/^ws/, 'http'), {
      transports,
      extraHeaders: { cookie },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    })
    this.socket.on('connect', () => this.socket.emit('join', planId, () => {}))
    this.socket.on('here', (_plan, people, reading) => {
      this.here = people
      this.reading = reading
    })
    this.socket.on('meeting', (meeting) => {
      this.heard.push({ revision: meeting.revision, at: performance.now() })
      if (!this.meeting || meeting.revision >= this.meeting.revision) this.meeting = meeting
    })
  }
  step(meetingId: string, step: Step): Promise<Reply<MeetingView>> {
    return this.socket.timeout(8000).emitWithAck('meeting:step', { meetingId, step }) as Promise<
      Reply<MeetingView>
    >
  }
  reads(open: { goalId: string; hash: string } | null): Promise<Reply<null>> {
    return this.socket.timeout(8000).emitWithAck('reading', open) as Promise<Reply<null>>
  }
  admit(meetingId: string, code: string): Promise<Reply<MeetingView>> {
    return this.socket.timeout(8000).emitWithAck('meeting:screen', { meetingId, code }) as Promise<
      Reply<MeetingView>
    >
  }
  close(): void {
    this.socket.disconnect()
  }
}

/** A big screen: it asks what to show whenever it hears that something changed. */
export class ScreenSocket {
  readonly socket: Socket<ScreenHears, ScreenAsks>
  view: ScreenView | null = null
  refused: string | null = null
  readonly shown: { view: ScreenView; at: number }[] = []
  #asking = false
  #again = false

  constructor(base: string, token: string) {
    this.socket = io(`${base.replace(/^ws/, 'http')}/screen`, {
      transports,
      extraHeaders: { cookie: `screen=${token}` },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    })
    this.socket.on('connect', () => void this.ask())
    this.socket.on('connect_error', (error) => (this.refused = error.message))
    this.socket.on('changed', () => void this.ask())
  }
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return
    }
    this.#asking = true
    do {
      this.#again = false
      const view = (await this.socket
        .timeout(8000)
        .emitWithAck('show')
        .catch(() => null)) as ScreenView | null // the connection went: asked anew when it is back
      if (!view) continue
      this.view = view
      this.shown.push({ view, at: performance.now() })
    } while (this.#again)
    this.#asking = false
  }
  /** What is shown of the meeting; null while nothing is. */
  get showing(): Extract<ScreenView, { state: 'showing' }> | null {
    return this.view?.state === 'showing' ? this.view : null
  }
  close(): void {
    this.socket.disconnect()
  }
}

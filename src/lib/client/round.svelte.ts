import { io, type Socket } from 'socket.io-client'
import type { AnswerWord } from '#plan/answers.ts'
import type { ClientGoal, ClientPage } from '#live/client.ts'
import type { ClientEvents, ServerEvents } from '#live/wire.ts'
import { m } from '#lib/paraglide/messages.js'
import { Calling } from './calling.svelte.ts'

/**
 * Where her answer is: nowhere yet, on its way, on record, not there, or not taken and why.
 * `unsure`: the connection went, and the record has not been read since.
 */
export type Way = 'none' | 'sending' | 'arrived' | 'unsure' | 'lost' | 'refused'

type Saying = {
  goalId: string
  hash: string
  answer: AnswerWord
  remark: string
  key: string
  /** When she last answered to these words before; null where she had not. */
  before: string | null
}

/** What the client is asked, kept true while she reads: by events where they come, else by asking. */
export class ClientRound {
  #page = $state.raw<ClientPage>() as ClientPage
  #ended = $state(false)
  #connected = $state(true)
  #way = $state<Way>('none')
  #message = $state('')
  #saying = $state.raw<Saying | null>(null)
  #socket: Socket<ServerEvents, ClientEvents> | null = null
  #open: { goalId: string; hash: string } | null = null

  readonly calling: Calling

  constructor(page: ClientPage) {
    this.#page = page
    this.calling = new Calling(page.planId)
  }

  get page(): ClientPage {
    return this.#page
  }
  get goals(): readonly ClientGoal[] {
    return this.#page.goals
  }
  /** Nothing of the plan may stay on this screen. */
  get ended(): boolean {
    return this.#ended
  }
  /** An answer can be given now; without a connection none is kept for later. */
  get connected(): boolean {
    return this.#connected
  }
  get way(): Way {
    return this.#way
  }
  /** Why it was not taken. */
  get message(): string {
    return this.#message
  }
  get said(): AnswerWord | null {
    return this.#saying?.answer ?? null
  }
  /** Whether she adds something to an answer that is on record already. */
  get adds(): boolean {
    return this.#saying !== null && this.#saying.remark !== '' && this.#saying.before !== null
  }
  goal(id: string | null): ClientGoal | undefined {
    return this.#page.goals.find((goal) => goal.id === id)
  }

  /** Follows the plan until the returned function is called. */
  open(): () => void {
    const socket: Socket<ServerEvents, ClientEvents> = io({
      path: '/socket.io',
      transports: ['websocket'],
    })
    this.#socket = socket
    const { planId } = this.#page
    const again = () => void this.refresh()
    socket.on('connect', () => {
      this.#connected = true
      socket.emit('join', planId, (reply) => {
        if (!reply.ok) return void (this.#ended = true)
        if (this.#open) socket.emit('reading', this.#open, () => {})
        again()
      })
    })
    socket.on('connect_error', () => (this.#connected = false))
    socket.on('disconnect', () => {
      this.#connected = false
      again()
    })
    socket.on('goal', (goal) => goal.planId === planId && again())
    socket.on('plan', again)
    socket.on('ended', (id) => (this.#ended ||= id === planId))
    socket.on('helped', (id, by) => {
      if (id !== planId) return
      const person = [this.#page.helper, ...this.#page.people].find((one) => one?.id === by)
      this.calling.comes(person?.name ?? null)
    })
    return () => void socket.disconnect()
  }

  /** The words she has open while her answer is asked: others see that she reads. */
  reads(open: { goalId: string; hash: string } | null): void {
    this.#open = open
    if (this.#socket?.connected) this.#socket.emit('reading', open, () => {})
  }

  /** Reads what she is asked anew; true when that could be done. */
  async refresh(): Promise<boolean> {
    try {
      const response = await fetch(`/api/plans/${this.#page.planId}/client`)
      if ([401, 403, 404, 423].includes(response.status)) this.#ended = true
      if (!response.ok) return false
      this.#page = (await response.json()) as ClientPage
      if (this.#way === 'unsure') this.#way = this.#isThere() ? 'arrived' : 'lost'
      return true
    } catch {
      return false
    }
  }

  /** Says something to exactly these words; true once it is on record. */
  say(goal: ClientGoal, answer: AnswerWord, remark = ''): Promise<boolean> {
    const key = crypto.randomUUID()
    const before = goal.given?.at ?? null
    this.#saying = { goalId: goal.id, hash: goal.hash, answer, remark, key, before }
    return this.again()
  }

  /** Sends the same tap again: however often it arrives, it counts once. */
  async again(): Promise<boolean> {
    const saying = this.#saying
    if (!saying) return false
    this.#way = 'sending'
    this.#message = ''
    try {
      const { goalId, hash, answer, key, remark } = saying
      const response = await fetch(`/api/plans/${this.#page.planId}/client`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ goalId, hash, answer, key, sentence: m.goal_question_client() },
          ...(remark !== '' && { remark }),
        }),
      })
      const body = (await response.json()) as ClientPage | { refusal: string; message: string }
      if ('goals' in body) return this.#arrive(body)
      if (body.refusal === 'try-later') return await this.#truth()
      if ([401, 423].includes(response.status)) this.#ended = true
      this.#message = body.message
      this.#way = 'refused'
      await this.refresh()
      return false
    } catch {
      return await this.#truth()
    }
  }

  /** Nothing was said here yet. */
  clear(): void {
    this.#way = 'none'
    this.#saying = null
    this.#message = ''
  }

  #arrive(page: ClientPage): boolean {
    this.#page = page
    this.#way = 'arrived'
    return true
  }

  /** Whether it arrived is read from the record, never guessed; until that can be done it is unsure. */
  async #truth(): Promise<boolean> {
    this.#way = 'unsure'
    return (await this.refresh()) && this.#isThere()
  }

  #isThere(): boolean {
    const saying = this.#saying
    const now = this.goal(saying?.goalId ?? null)
    if (!saying || now?.hash !== saying.hash || now.given === null) return false
    return now.given.answer === saying.answer && now.given.at !== saying.before
  }
}

import type { Area } from '#plan/areas.ts'
import type { Step } from '#plan/steps.ts'
import type { PersonId } from '#plan/people.ts'
import type { ReviewOutcome } from '#plan/reviews.ts'
import type { Words } from '#plan/words.ts'
import type { HelpView } from '#live/client.ts'
import type { AnswerBody, MarkBody, Presenting } from './asked.ts'
import { channel, type Channel } from './channel.ts'
import { Notices } from './notices.svelte.ts'
import { clearDevice, keepReading, settle } from './own-device.ts'
import type { MeetingView } from '#live/meeting.ts'
import type {
  PersonView,
  GoalView,
  NoticeView,
  PlanView,
  ReadingView,
  Reply,
  ClientEvents,
} from '#live/wire.ts'
import { backToLobby, followSession, isOut, taken } from './seat.svelte.ts'

type Acts = Extract<keyof ClientEvents, `goal:${string}`>
type MeetingActs = Extract<keyof ClientEvents, `meeting:${string}`>

/** A seat at a plan's table: the plan as it is now, who is here, and the acts that are decided by the server. */
export class Table {
  readonly me: PersonId
  readonly #channel: Promise<Channel>
  #left = false
  readonly #refresh: () => void
  #plan = $state.raw<PlanView>() as PlanView
  #here = $state.raw<PersonId[]>([])
  #connected = $state(false)
  #lost = $state(false)
  #ended = $state(false)
  #meeting = $state.raw<MeetingView | null>(null)
  #reading = $state.raw<ReadingView[]>([])
  #open: { goalId: string; hash: string } | null = null
  #help = $state.raw<HelpView[]>([])
  readonly #notices: Notices
  /** Something was said beside the words of the plan. */
  onremarks: () => void = () => {}
  /** Somebody writes at a goal now. */
  onwriting: (goalId: string, personId: PersonId) => void = () => {}

  /** @param refresh asks the page for the plan anew: people or documents changed */
  constructor(plan: PlanView, me: PersonId, refresh: () => void) {
    this.#plan = plan
    this.#notices = new Notices(plan.id)
    this.me = me
    this.#refresh = refresh
    this.#channel = channel().then((socket) => this.#listen(socket))
    taken.count++
  }

  #listen(socket: Channel): Channel {
    const { id } = this.#plan
    const end = (talkOver = false) => {
      this.#ended = true
      // what this device kept of it goes with the access
      void clearDevice(id).then(() => talkOver && backToLobby())
    }
    const keep = () => keepReading({ planId: id, personId: this.me })
    socket.on('connect', () => {
      socket.emit('join', id, (reply) => {
        this.#connected = reply.ok
        if (!reply.ok && reply.refusal === 'not-signed-in') this.#ended = true
        else if (!reply.ok && isOut(reply.refusal)) end()
        if (reply.ok) {
          this.#here = reply.value.people
          keep()
          if (this.#open) socket.emit('reading', this.#open, () => {})
          void this.#notices.hear()
          if ((reply.value.changedAt ?? '') > this.#newest) this.#refresh()
        }
      })
    })
    socket.io.on('reconnect', this.#refresh) // what happened meanwhile is read from the record
    socket.on('disconnect', () => {
      this.#connected = false
      this.#lost = true
    })
    socket.on('here', (planId, people, reading) => {
      if (planId !== id) return
      this.#here = people
      this.#reading = reading
    })
    socket.on('notice', (planId) => planId === id && void this.#notices.hear())
    socket.on('goal', (goal) => {
      this.take(goal)
      keep()
    })
    socket.on('meeting', (meeting) => this.takeMeeting(meeting))
    socket.on('writing', (planId, goalId, personId) => {
      if (planId === id) this.onwriting(goalId, personId)
    })
    socket.on('plan', (planId) => {
      if (planId !== id) return
      this.#refresh()
      keep()
    })
    socket.on('remarks', (planId) => planId === id && this.onremarks())
    socket.on('ended', (planId, talkOver) => planId === id && end(talkOver))
    followSession(socket, () => {
      this.#ended = true
      void settle() // nothing can be read here any more; unsent words wait on the device
    })
    socket.on('help', (planId, calls) => planId === id && (this.#help = calls))
    if (this.#left) socket.disconnect()
    return socket
  }

  get plan(): PlanView {
    return this.#plan
  }
  get here(): readonly PersonId[] {
    return this.#here
  }
  /** Who has exactly these words open, and has not answered to them yet. */
  readers(goal: Pick<GoalView, 'id' | 'hash'>): readonly PersonId[] {
    const same = ({ goalId, hash }: ReadingView) => goalId === goal.id && hash === goal.hash
    return this.#reading.find(same)?.people ?? []
  }
  /** The words one has open while one's answer is asked; others see that one reads. */
  reads(open: { goalId: string; hash: string } | null): void {
    this.#open = open
    if (this.#connected) void this.#channel.then((socket) => socket.emit('reading', open, () => {}))
  }
  get connected(): boolean {
    return this.#connected
  }
  /** How a page without words that are being written stands with the table. */
  get line(): 'saved' | 'apart' | 'connecting' {
    return this.#connected ? 'saved' : this.#lost ? 'apart' : 'connecting'
  }
  /** Access to this plan has ended while it was open. */
  get ended(): boolean {
    return this.#ended
  }
  /** The client's calls for help that nobody has heard yet; for those who care for her. */
  get help(): readonly HelpView[] {
    return this.#help
  }
  /** "Ik kom": the client is told who comes. */
  comeTo(id: string): void {
    const asked = { planId: this.#plan.id, id }
    void this.#channel.then((socket) => socket.emit('help:hear', asked, () => {}))
  }
  /** What I should hear of and have not read yet, newest first. */
  get notices(): readonly NoticeView[] {
    return this.#notices.all
  }
  goal(id: string): GoalView | undefined {
    return this.#plan.goals.find((goal) => goal.id === id)
  }
  person(id: PersonId | null): PersonView | undefined {
    return this.#plan.people.find((person) => person.id === id)
  }
  /** The plan as it was read anew; a goal that changed since it was read stays as it is here. */
  replace(plan: PlanView): void {
    const goals = plan.goals.map((goal) => {
      const known = this.goal(goal.id)
      return known && known.changedAt > goal.changedAt ? known : goal
    })
    this.#plan = { ...plan, goals }
  }
  get #newest(): string {
    return this.#plan.goals.reduce((at, { changedAt }) => (changedAt > at ? changedAt : at), '')
  }
  /** A goal's newest state, unless something newer is already here. */
  take(goal: GoalView): void {
    if (goal.planId !== this.#plan.id) return
    const known = this.goal(goal.id)
    if (known && known.changedAt > goal.changedAt) return
    const goals = known
      ? this.#plan.goals.map((g) => (g.id === goal.id ? goal : g))
      : [...this.#plan.goals, goal]
    this.#plan = { ...this.#plan, goals }
  }

  /** The meeting that is planned, going on, or was just held; null when there is none. */
  get meeting(): MeetingView | null {
    return this.#meeting
  }
  /** How a meeting stands, unless something newer is already here. */
  takeMeeting(meeting: MeetingView | null): void {
    if (!meeting || meeting.planId !== this.#plan.id) return
    const known = this.#meeting
    if (known?.id === meeting.id && known.revision > meeting.revision) return
    this.#meeting = meeting
  }
  /** Takes one step in the meeting. */
  step(step: Step): Promise<Reply<MeetingView>> {
    return this.#meet('meeting:step', { step })
  }
  /** Lets the big screen with these letters show the meeting. */
  admitScreen(code: string): Promise<Reply<MeetingView>> {
    return this.#meet('meeting:screen', { code })
  }
  removeScreen(screenId: string): Promise<Reply<MeetingView>> {
    return this.#meet('meeting:screen-away', { screenId })
  }

  createGoal(area: Area, wishes: string[] = []): Promise<Reply<GoalView>> {
    return this.#act('goal:create', { planId: this.#plan.id, area, wishes })
  }
  present(
    goalId: string,
    parties?: PersonId[],
    trial = false,
    more: Presenting = {},
  ): Promise<Reply<GoalView>> {
    return this.#act('goal:present', { goalId, trial, ...(parties && { parties }), ...more })
  }
  /** Puts something on record beside a goal. */
  mark(body: MarkBody): Promise<Reply<GoalView>> {
    return this.#act('goal:mark', body)
  }
  /** Records how it went with what was agreed. */
  review(
    goalId: string,
    outcome: ReviewOutcome,
    text: string,
    said: string,
  ): Promise<Reply<GoalView>> {
    return this.#act('goal:review', { goalId, outcome, text, said })
  }
  /** I read what there was about a goal, or about all of the plan. */
  read(goalId: string | null): Promise<void> {
    return this.#notices.read(goalId)
  }
  answer(body: AnswerBody): Promise<Reply<GoalView>> {
    return this.#act('goal:answer', body)
  }
  /** Writes on after presenting, or opens an agreed goal again: a new round from the same words. */
  revise(goalId: string, proposal?: string): Promise<Reply<GoalView>> {
    return this.#act('goal:revise', { goalId, ...(proposal && { proposal }) })
  }
  /** Sends words that came too late to the table as a proposal, or keeps them for oneself. */
  propose(goalId: string, words: Words, send: boolean): Promise<Reply<GoalView>> {
    return this.#act('goal:propose', { goalId, words, send })
  }
  /** Takes one's own proposal back. */
  withdraw(documentId: string): Promise<Reply<GoalView>> {
    return this.#act('goal:withdraw', { documentId })
  }
  /** Records that somebody sees it differently, and why the goal is agreed all the same. */
  dissent(goalId: string, personId: PersonId, text: string): Promise<Reply<GoalView>> {
    return this.#act('goal:dissent', { goalId, personId, text })
  }
  leave(): void {
    taken.count--
    this.#left = true
    void this.#channel.then((socket) => socket.disconnect())
  }

  async #act(act: Acts, body: unknown): Promise<Reply<GoalView>> {
    try {
      const reply = (await (
        await this.#channel
      )
        .timeout(8000)
        .emitWithAck(act, body)) as Reply<GoalView>
      if (reply.ok) this.take(reply.value)
      return reply
    } catch {
      this.#refresh() // whether it arrived is read from the record
      return { ok: false, refusal: 'try-later', message: '' }
    }
  }

  async #meet(act: MeetingActs, body: object): Promise<Reply<MeetingView>> {
    const meetingId = this.#meeting?.id
    try {
      const asked = { meetingId, ...body }
      const socket = (await this.#channel).timeout(8000)
      const reply = (await socket.emitWithAck(act, asked)) as Reply<MeetingView>
      if (reply.ok) this.takeMeeting(reply.value)
      return reply
    } catch {
      return { ok: false, refusal: 'try-later', message: '' }
    }
  }
}

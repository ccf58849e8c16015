import type { Area } from '#plan/areas.ts'
import type { PersonId } from '#plan/people.ts'
import type { PlanPage } from '#live/views.ts'
import type { PersonView, PlanView } from '#live/wire.ts'
import type { LiveState } from '#lib/live/document.svelte.ts'
import type { Keep } from '#lib/live/own-device.ts'
import { Table } from '#lib/live/table.svelte.ts'
import { about, findIn, lanesOf } from './lanes.ts'
import { ZoneBoard, type NewCard } from './zone.svelte.ts'

/** From the best to the worst: one line for the whole page tells the worst. */
const ORDER: readonly LiveState[] = [
  'saved',
  'closed',
  'saving',
  'connecting',
  'offline',
  'unsaved',
  'refused',
  'ended',
]

/** What somebody is about to put on the board: what is known of it already. */
export type Start = Partial<Omit<NewCard, 'voice'>> & { zone?: string; presumed?: boolean }

/** A plan's board on this screen: its zones, its goals, who is here, and what one may do. */
export class Board {
  readonly me: PersonId
  readonly may: PlanPage['may']
  readonly zones: readonly ZoneBoard[]
  readonly #given: PlanView
  readonly #here: PersonId[] = []
  #table = $state.raw<Table | null>(null)
  /** What is on record beside the wishes. */
  decided = $state.raw<PlanPage['decided']>({ notFollowed: [], topics: [] })
  /** What was said to who cannot see it change; one polite region reads it. */
  said = $state('')
  /** The one part of life that is shown; null: all. */
  area = $state<Area | null>(null)
  /** What somebody looks for on the board. */
  query = $state('')
  /** The card that is being put on the board now; null: none. */
  adding = $state.raw<Start | null>(null)

  /** The rows as they are shown: of the chosen part of life, with what was looked for. */
  readonly rows = $derived.by(() => {
    const { goals, standingActions } = this.plan
    const cards = this.zone('shared')?.own ?? []
    return findIn(about(lanesOf(cards, goals, standingActions), this.area), this.query)
  })

  constructor(page: PlanPage) {
    this.#given = page.plan
    this.me = page.me
    this.may = page.may
    this.decided = page.decided
    this.zones = page.boards.map((board) => new ZoneBoard(board, this.keep))
  }

  /** Takes a seat: opens the sockets. Answers with how to leave. */
  open(refresh: () => void): () => void {
    const table = new Table(this.#given, this.me, refresh)
    this.#table = table
    const close = this.zones.map((zone) => zone.open())
    return () => {
      table.leave()
      for (const leave of close) leave()
    }
  }

  get table(): Table | null {
    return this.#table
  }
  get plan(): PlanView {
    return this.#table?.plan ?? this.#given
  }
  get here(): readonly PersonId[] {
    return this.#table?.here ?? this.#here
  }
  get ended(): boolean {
    return this.#table?.ended === true || this.state === 'ended'
  }
  /** Where the least saved of all documents stands. */
  get state(): LiveState {
    const states = this.zones.map((zone) => zone.live?.state ?? 'connecting')
    return ORDER[Math.max(...states.map((state) => ORDER.indexOf(state)))] ?? 'connecting'
  }
  /** Whose words of this plan may stay on this device. */
  get keep(): Keep {
    return { planId: this.#given.id, personId: this.me }
  }
  zone(name: string): ZoneBoard | undefined {
    return this.zones.find((one) => one.zone === name)
  }
  person(id: PersonId | null): PersonView | undefined {
    return this.plan.people.find((one) => one.id === id)
  }
  say(words: string): void {
    this.said = words
  }
}

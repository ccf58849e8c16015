import { tick } from 'svelte'
import type { Area } from '#plan/areas.ts'
import type { PersonId } from '#plan/people.ts'
import type { BoardView, CardView, PlanPage } from '#live/views.ts'
import type { PersonView, PlanView } from '#live/wire.ts'
import type { LiveState } from '#lib/live/document.svelte.ts'
import type { Keep } from '#lib/live/own-device.ts'
import { hearOthers } from '#lib/live/others.ts'
import { Announcer } from '#lib/live/announcer.svelte.ts'
import { lineWord } from '#lib/look/line.ts'
import { shortName } from '#lib/look/people.ts'
import { othersWords } from '#lib/look/others.ts'
import { Table } from '#lib/live/table.svelte.ts'
import { Remarks } from '#lib/remarks/remarks.svelte.ts'
import { ownDraft, shareCard, tellSeen } from './calls.ts'
import { about, allOf, lanesOf, steady, type Found, type Lane } from './lanes.ts'
import { WritingNow } from './writing.svelte.ts'
import type { NewCard } from './laying.ts'
import { bareBoard, ZoneBoard } from './zone.svelte.ts'

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

type Find = (lanes: readonly Lane[], query: string, beside: () => readonly CardView[]) => Found

/** What somebody is about to put on the board: what is known of it already, and what it answers. */
export type Start = Partial<Omit<NewCard, 'voice'>> & {
  zone?: string
  presumed?: boolean
  question?: string
}

/** A plan's board on this screen: its zones, its goals, who is here, and what one may do. */
export class Board {
  readonly me: PersonId
  may = $state.raw<PlanPage['may']>() as PlanPage['may']
  #zones = $state.raw<readonly ZoneBoard[]>([])
  readonly #shown = $derived(this.#zones.filter((zone) => !zone.lost))
  /** What people say about cards. */
  readonly remarks: Remarks
  readonly #given: PlanView
  readonly #here: PersonId[] = []
  /** Who writes at a goal now. */
  readonly writing = new WritingNow((goal) => this.#table?.take(goal))
  /** Photos beside the life story. */
  photos = $state.raw<PlanPage['photos']>([])
  #newGoals = $state.raw<readonly string[]>([])
  readonly #close: (() => void)[] = []
  readonly #leave = new WeakMap<ZoneBoard, () => void>()
  #table = $state.raw<Table | null>(null)
  /** What is on record beside the wishes. */
  decided = $state.raw<PlanPage['decided']>({ notFollowed: [], topics: [] })
  /** What is said to who cannot see it change. */
  readonly announcer = new Announcer(othersWords)
  /** The one part of life that is shown; null: all. */
  area = $state<Area | null>(null)
  /** What somebody looks for on the board. */
  query = $state('')
  /** The card that is being put on the board now; null: none. */
  adding = $state.raw<Start | null>(null)

  #drawn: readonly Lane[] = []
  readonly #lanes = $derived.by(() => {
    const { goals, standingActions } = this.plan
    const lanes = lanesOf(this.zone('shared')?.own ?? [], goals, standingActions)
    return (this.#drawn = steady(this.#drawn, lanes))
  })
  #find = $state.raw<Find>(allOf)
  readonly #rows = $derived(
    this.#find(about(this.#lanes, this.area), this.query, () => this.#beside),
  )
  /** The cards that lie in no row: the life story, and what not everybody reads. */
  readonly #beside = $derived(
    this.zones.flatMap(({ zone, own }) =>
      zone === 'shared' ? own.filter(({ kind }) => kind === 'story') : own,
    ),
  )
  readonly #found = $derived(this.#rows.found)

  constructor(page: PlanPage) {
    this.#given = page.plan
    this.me = page.me
    this.may = page.may
    this.decided = page.decided
    this.photos = page.photos
    this.#zones = page.boards.map((board) => new ZoneBoard(board, page.me, this.keep))
    this.remarks = new Remarks(page.plan.id, page.remarks)
    this.#newGoals = page.newGoals
  }

  /** Takes a seat: opens the sockets. Answers with how to leave. */
  open(refresh: () => void): () => void {
    const table = new Table(this.#given, this.me, refresh)
    table.onremarks = () => void this.remarks.refresh()
    table.onwriting = (goalId, person) => this.writing.hear(goalId, person)
    this.#table = table
    for (const zone of this.#zones) this.#follow(zone)
    const stop = $effect.root(() => {
      $effect(() => {
        const { state } = this
        if (state === 'offline' || state === 'unsaved') this.announcer.interrupt(lineWord(state))
        else if (state === 'saved') this.announcer.back()
      })
    })
    this.#close.push(
      stop,
      () => this.announcer.close(),
      () => this.writing.close(),
    )
    return () => {
      void this.#tellSeen(false)
      table.leave()
      for (const zone of this.#zones) this.#unfollow(zone)
      for (const leave of this.#close.splice(0)) leave()
    }
  }

  /** The page as it was read anew: what was decided meanwhile, and what was said. */
  replace(page: PlanPage): void {
    this.#table?.replace(page.plan)
    this.may = page.may
    this.#replaceZones(page.boards)
    this.decided = page.decided
    this.photos = page.photos
    this.#newGoals = page.newGoals
    this.remarks.replace(page.remarks)
  }

  /** Zones that were opened to me appear, those that were closed go; of the others who reads them. */
  #replaceZones(views: readonly BoardView[]): void {
    const now = this.#zones
    const zones = views.map((view) => {
      const zone = now.find(({ documentId, lost }) => documentId === view.documentId && !lost)
      zone?.replace(view)
      return zone ?? new ZoneBoard(view, this.me, this.keep)
    })
    for (const zone of now.filter((one) => !zones.includes(one))) {
      if (zone.zone === 'draft')
        zones.push(zone) // made a moment ago, after the page was read
      else this.#unfollow(zone)
    }
    if (zones.length === now.length && zones.every((zone) => now.includes(zone))) return
    this.#zones = zones
    const added = zones.filter((zone) => !now.includes(zone))
    if (this.#table) for (const zone of added) this.#follow(zone)
  }

  /** The rows as they are shown: of the chosen part of life, with what was looked for. */
  get rows(): readonly Lane[] {
    return this.#rows.lanes
  }
  /** The same of cards that lie as they are given. */
  rowsOf(cards: readonly CardView[]): readonly Lane[] {
    const { goals, standingActions } = this.plan
    const lanes = about(lanesOf(cards, goals, standingActions), this.area)
    return this.#find(lanes, this.query, () => []).lanes
  }
  /** How the board is searched: that comes with the field in which one looks for something. */
  searchWith(find: Find): void {
    this.#find = find
  }
  /** How many things hold the words somebody looks for. */
  get count(): number {
    return this.#rows.count
  }
  /** Whether a card or goal holds the words somebody looks for. */
  found(id: string): boolean {
    return this.query !== '' && this.#found.has(id) // no card looks at the rows while nobody searches
  }

  /** What others added, changed or decided since I last looked. */
  readonly news = $derived.by(() => ({
    cards: this.#zones.flatMap((zone) =>
      zone.zone === 'draft' ? [] : zone.cards.filter(({ news }) => news !== null),
    ),
    goals: this.plan.goals.filter(({ id }) => this.#newGoals.includes(id)),
  }))

  /** I have seen everything that lies here now. */
  async sawAll(): Promise<void> {
    for (const zone of this.#zones) zone.saw()
    this.#newGoals = []
    await this.#tellSeen(true)
  }

  /** The tab is put away: from here on what others do is news. */
  putAway(): void {
    void this.#tellSeen(false)
  }

  /** My own lane, made at its first use; null when that could not be done. */
  async draft(): Promise<ZoneBoard | null> {
    const mine = this.zone('draft')
    if (mine) return mine
    const documentId = await ownDraft(this.plan.id)
    if (documentId === null) return null
    const zone = new ZoneBoard(bareBoard(documentId, 'draft', [this.me]), this.me, this.keep)
    this.#zones = [...this.#zones, zone]
    this.#follow(zone)
    await zone.ready()
    return zone
  }

  /** Puts a card of my own lane on the board for everyone; in one act of the server. */
  async share(from: ZoneBoard, id: string): Promise<boolean> {
    const to = this.zone('shared')?.documentId
    return to !== undefined && (await shareCard(from.documentId, id, to))
  }

  /** Opens a zone, and hears what others do in it. */
  #follow(zone: ZoneBoard): void {
    const close = zone.open()
    const { live } = zone
    const stop =
      live &&
      hearOthers(live, this.me, (who, things) => {
        const person = this.person(who)
        if (person) this.announcer.others(shortName(person), things)
      })
    this.#leave.set(zone, () => {
      close()
      stop?.()
    })
  }

  #unfollow(zone: ZoneBoard): void {
    this.#leave.get(zone)?.()
    this.#leave.delete(zone)
  }

  async #tellSeen(all: boolean): Promise<void> {
    await tellSeen(this.plan.id, all)
  }

  /** What I read now; a zone that was closed to me is gone at once. */
  get zones(): readonly ZoneBoard[] {
    return this.#shown
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
  photoOf(documentId: string, cardId: string): PlanPage['photos'][number] | undefined {
    return this.photos.find((one) => one.documentId === documentId && one.cardId === cardId)
  }
  /** The board of a zone, or the one with this id: of the care zone there can be several. */
  zone(name: string): ZoneBoard | undefined {
    return this.zones.find((one) => one.documentId === name || one.zone === name)
  }
  person(id: PersonId | null): PersonView | undefined {
    return this.plan.people.find((one) => one.id === id)
  }
  /** After a move the hand is where it was: on the menu of the same card, wherever that lies now. */
  async backTo(id: string): Promise<void> {
    await tick()
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-card="${id}"] .more`)?.focus()
    })
  }
  say(words: string): void {
    this.announcer.say(words)
  }
}

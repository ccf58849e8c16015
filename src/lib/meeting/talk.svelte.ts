import { keepsRecord, leftOver, mayLead, minutesOf, settled } from '#plan/meeting.ts'
import type { Step } from '#plan/steps.ts'
import { shortTitle, type Item } from '#plan/agenda.ts'
import type { Person, PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import type { MeetingView } from '#live/meeting.ts'
import type { GoalView, PersonView } from '#live/wire.ts'
import type { Table } from '#lib/live/table.svelte.ts'
import { placeOf } from '#lib/board/place.ts'
import { shortName } from '#lib/look/people.ts'
import type { Draft } from './draft.svelte.ts'
import { nowIso, titleOf } from './words.ts'

/** After this long without the chair's screen people are told; a moment without it is nothing. */
const AWAY_MS = 5000

/** People as the rules know them: everyone a screen is given has access. */
const asPerson = (view: PersonView): Person => ({
  ...view,
  confidantOfClient: false,
  access: 'active',
})

/** A meeting on this screen: how it stands, what one may do in it, and where one's way leads. */
export class Talk {
  readonly table: Table
  #trouble = $state('')
  #away = $state(false)
  #now = $state(nowIso())
  #draft = $state.raw<{ documentId: string; draft: Draft } | null>(null)
  /** Only when this turns does the waiting begin or end, whatever else changes. */
  readonly #chairGone = $derived.by(() => {
    const { view, table } = this
    return this.running && table.connected && !table.here.includes(view!.chair)
  })

  constructor(table: Table) {
    this.table = table
  }

  /** Watches for the chair's absence and the passing minutes; answers with how to stop. */
  open(): () => void {
    const minutes = setInterval(() => (this.#now = nowIso()), 10_000)
    const stop = $effect.root(() => {
      $effect(() => {
        if (!this.#chairGone) {
          this.#away = false
          return
        }
        const timer = setTimeout(() => (this.#away = true), AWAY_MS)
        return () => clearTimeout(timer)
      })
    })
    return () => {
      clearInterval(minutes)
      stop()
    }
  }

  get view(): MeetingView | null {
    return this.table.meeting
  }
  get running(): boolean {
    return this.view?.state === 'under-way'
  }
  get me(): PersonId {
    return this.table.me
  }
  get people(): readonly PersonView[] {
    return this.table.plan.people
  }
  get leads(): boolean {
    return this.view?.chair === this.me
  }
  /** Whether one leads it, or takes its minutes. */
  get keeps(): boolean {
    return this.view !== null && keepsRecord(this.view, this.me)
  }
  /** Whether one may lead at all: then the lead can be taken over. */
  get mayLead(): boolean {
    const all = this.people.map(asPerson)
    const mine = all.find(({ id }) => id === this.me)
    return mine !== undefined && (mayLead(mine, all) || this.view?.usual === this.me)
  }
  /** Who may be asked to lead or to take the minutes. */
  get leaders(): readonly PersonView[] {
    const all = this.people.map(asPerson)
    return this.people.filter(
      (one) => mayLead(asPerson(one), all) || one.role === 'social_district_team',
    )
  }
  get item(): Item | undefined {
    return this.view?.agenda.find(({ id }) => id === this.view?.item)
  }
  /** What would be carried over to the next meeting if this one ended now. */
  get left(): readonly Item[] {
    return this.view ? leftOver(settled(this.view, this.table.plan.goals)) : []
  }
  /** The chair's screen has been gone for a while; the meeting is kept. */
  get chairAway(): boolean {
    return this.#away
  }
  /** Why the last step was not taken; empty when it was. */
  get trouble(): string {
    return this.#trouble
  }
  name(id: PersonId | null): string {
    const person = this.table.person(id)
    return person ? shortName(person) : ''
  }
  minutes(item: Item): number {
    return this.view ? minutesOf(this.view, item, this.#now) : 0
  }
  /** What an item is called; a goal that came without words by the first of them. */
  title(item: Item): string {
    const goal = this.table.plan.goals.find(({ id }) => id === item.goalId)
    const words = goal && this.words(goal)
    return titleOf({ ...item, title: item.title || shortTitle(words?.plainText ?? '') })
  }
  /** What a goal says now, also while it is written and this screen reads along. */
  words(goal: GoalView): Words {
    const now = this.#draft
    return (now && now.documentId === goal.documentId && now.draft.words) || goal.words
  }
  /** Reads along with a goal that is being written; answers with how to stop. */
  readAlong(documentId: string): () => void {
    let left = false
    const coming = import('./draft.svelte.ts').then(({ Draft }) => {
      if (left) return
      const draft = new Draft(documentId)
      this.#draft = { documentId, draft }
      return draft
    })
    return () => {
      left = true
      if (this.#draft?.documentId === documentId) this.#draft = null
      void coming.then((draft) => draft?.leave())
    }
  }
  /** The page on which what is on the table can be read and written. */
  get path(): string {
    const plan = `/plan/${this.table.plan.id}`
    const { item } = this
    if (item?.goalId) return `${plan}/doel/${item.goalId}`
    return item?.cardId ? plan : `${plan}/gesprek`
  }
  /** The way there: of a card to where it lies on the board. */
  get way(): string {
    const { item, path } = this
    return item?.cardId && !item.goalId ? `${path}#${placeOf(item.cardId)}` : path
  }

  /** Takes part, where nobody said so yet; from afar who is asked to join from afar. */
  async arrive(): Promise<void> {
    if (!this.running || this.view?.presence[this.me]) return
    const how = this.table.person(this.me)?.remote === true ? 'remote' : 'here'
    await this.take({ do: 'arrive', how })
  }

  async take(step: Step): Promise<boolean> {
    const reply = await this.table.step(step)
    this.#now = nowIso()
    this.#trouble = reply.ok ? '' : reply.message
    return reply.ok
  }
}

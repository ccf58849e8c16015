import * as Y from 'yjs'
import type { Zone } from '#plan/access.ts'
import { isOwnWords } from '#plan/cards.ts'
import type { PersonId } from '#plan/people.ts'
import { handsOf } from '#live/attribution.ts'
import { boardOf, cardText, removeCard } from '#live/documents.ts'
import { newsOf, readVector, type Vector } from '#live/news.ts'
import type { BoardView, CardView, PartView, Writers } from '#live/views.ts'
import { LiveDocument } from '#lib/live/document.svelte.ts'
import { forget, type Keep } from '#lib/live/own-device.ts'
import { Shown } from './shown.ts'

const NONE: readonly CardView[] = []

/** A zone of which nothing was given yet: it fills once it is connected. */
export const bareBoard = (
  documentId: string,
  zone: Zone,
  readers: readonly PersonId[],
): BoardView => ({
  documentId,
  zone,
  owner: null,
  part: null,
  mayWrite: true,
  mayErase: zone === 'draft',
  readers: [...readers],
  cards: [],
  imported: [],
  since: null,
})

type Rights = Pick<BoardView, 'mayWrite' | 'mayErase' | 'readers' | 'part'>

/** A zone that one can lose and keep one's seat. */
const isAlone = (zone: Zone): boolean => zone === 'care' || zone === 'client'

/** One zone of a board on this screen: its cards, first as the page was given them, then live. */
export class ZoneBoard {
  readonly zone: Zone
  /** Whose part of the care zone it is; null where it is nobody's alone. */
  readonly owner: PersonId | null
  readonly documentId: string
  /** The hands whose words were taken over from an earlier plan. */
  readonly imported: ReadonlySet<number>
  readonly #given: readonly CardView[]
  readonly #me: PersonId
  readonly #keep: Keep
  /** How far I had read it when I last looked; null: nothing of it is news. */
  #since: Vector | null = null
  /** What one may here, and who reads it: as the page was last given it. */
  #now = $state.raw<Rights>() as Rights
  #live = $state.raw<LiveDocument | null>(null)
  #shown: Shown | null = null

  constructor(view: BoardView, me: PersonId, keep: Keep) {
    this.#me = me
    this.#keep = keep
    this.#since = view.since === null ? null : readVector(view.since)
    this.zone = view.zone
    this.owner = view.owner
    this.documentId = view.documentId
    this.#now = view
    this.imported = handsOf(view.imported)
    this.#given = view.cards
  }

  /** The page was read anew: who reads here, and what one may, can have changed. */
  replace(view: Rights): void {
    this.#now = view
  }
  get mayWrite(): boolean {
    return this.#now.mayWrite
  }
  get mayErase(): boolean {
    return this.#now.mayErase
  }
  /** Who can see it. */
  get readers(): readonly PersonId[] {
    return this.#now.readers
  }
  /** Of a therapist's part: whose, and to whom it can be opened or closed. */
  get part(): PartView | null {
    return this.#now.part
  }
  /** One sits at the plan and reads this no longer. */
  get lost(): boolean {
    return isAlone(this.zone) && this.#live?.state === 'ended'
  }

  /** The connection; null before the page has woken up. */
  get live(): LiveDocument | null {
    return this.#live
  }

  /** Opens the connection; answers with how to close it. */
  open(): () => void {
    this.#connect()
    return () => this.#live?.destroy()
  }

  /** Starts over on a fresh document after words were refused. */
  startOver(): void {
    this.#live?.destroy()
    void forget(this.#keep.planId, this.documentId).then(() => this.#connect())
  }

  readonly cards: readonly CardView[] = $derived.by(() => {
    const live = this.#live
    const shown = this.#shown
    return live?.synced && shown ? shown.list : this.#given
  })

  readonly #corrections: readonly CardView[] = $derived.by(() => {
    const found = this.cards.filter(({ corrects }) => corrects !== null)
    return found.length > 0 ? found : NONE
  })

  /** The cards that lie on their own: a correction lies beside what it corrects. */
  readonly own: readonly CardView[] = $derived.by(() => {
    if (this.#corrections === NONE) return this.cards
    const found = this.#corrections.filter(
      ({ corrects }) => !this.cards.some(({ id }) => id === corrects),
    )
    return this.cards.filter((card) => card.corrects === null || found.includes(card))
  })

  /** The corrections beside a card. */
  corrections(id: string): readonly CardView[] {
    return this.#corrections === NONE
      ? NONE
      : this.#corrections.filter(({ corrects }) => corrects === id)
  }

  text(id: string): Y.Text | null {
    return this.#live ? cardText(this.#live.doc, id) : null
  }

  /** Whether these words are mine to change: her own words stay in her hand and her recorder's. */
  mayChange(card: CardView, me: PersonId): boolean {
    if (!this.mayWrite) return false
    if (!isOwnWords(card.basis) || card.saidBy === me || this.zone === 'draft') return true
    const doc = this.#live?.doc
    const made = doc && boardOf(doc).cards.get(card.id)?._item?.id.client
    return made !== undefined && made === doc?.clientID
  }

  remove(id: string): void {
    if (this.#live) removeCard(this.#live.doc, id)
  }

  /** Resolves when the server's content is here and cards can be put on it. */
  ready(): Promise<void> {
    return this.#once(() => this.#live?.synced === true)
  }

  /** Whether that is so before this time is over; without a connection it may never be. */
  readyWithin(ms: number): Promise<boolean> {
    const late = new Promise<false>((done) => setTimeout(done, ms, false))
    return Promise.race([this.ready().then(() => true), late])
  }

  /** Resolves when the server has everything that was written here. */
  stored(): Promise<void> {
    return this.#once(() => this.#live?.state === 'saved')
  }

  #once(holds: () => boolean): Promise<void> {
    return new Promise((done) => {
      const stop = $effect.root(() => {
        $effect(() => {
          if (!holds()) return
          done()
          queueMicrotask(() => stop())
        })
      })
    })
  }

  /** Everything that lies here now has been seen. */
  saw(): void {
    const doc = this.#live?.doc
    if (doc) this.#since = Y.decodeStateVector(Y.encodeStateVector(doc))
    this.#shown?.forget()
  }

  /** A hand that is not known yet is not announced as somebody else's. */
  #isMine(hand: number, live: LiveDocument): boolean {
    return hand === live.doc.clientID || (live.writerOf(hand) ?? this.#me) === this.#me
  }

  #connect(): void {
    const { documentId } = this
    const readWriters = async () => {
      const answer = await fetch(`/api/documents/${documentId}/writers`)
      return answer.ok ? ((await answer.json()) as Writers) : {}
    }
    const live = new LiveDocument({
      id: documentId,
      readWriters,
      keep: this.#keep,
      alone: isAlone(this.zone),
    })
    const isNew = (id: string) => {
      const since = this.#since
      return since && newsOf(live.doc, id, since, (hand) => this.#isMine(hand, live))
    }
    this.#shown = new Shown(live, isNew, this.imported)
    this.#live = live
  }
}

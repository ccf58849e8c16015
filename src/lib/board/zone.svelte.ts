import { generateKeyBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import type { Zone } from '#plan/access.ts'
import type { Area } from '#plan/areas.ts'
import type { CardKind } from '#plan/cards.ts'
import type { PersonId } from '#plan/people.ts'
import type { Voice } from '#plan/voice.ts'
import { runsOf, stretches } from '#live/attribution.ts'
import { addCard, boardOf, cardText, readCards, removeCard } from '#live/documents.ts'
import type { BoardView, CardView, Writers } from '#live/views.ts'
import { LiveDocument } from '#lib/live/document.svelte.ts'

export type NewCard = { kind: CardKind; area: Area | null; text: string; voice: Voice }

/** One zone of a board on this screen: its cards, first as the page was given them, then live. */
export class ZoneBoard {
  readonly zone: Zone
  readonly documentId: string
  readonly mayWrite: boolean
  readonly #given: readonly CardView[]
  #live = $state.raw<LiveDocument | null>(null)

  constructor(view: BoardView) {
    this.zone = view.zone
    this.documentId = view.documentId
    this.mayWrite = view.mayWrite
    this.#given = view.cards
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
    this.#connect()
  }

  readonly cards: readonly CardView[] = $derived.by(() => {
    const live = this.#live
    return live?.synced ? live.read((doc) => this.#read(doc, live)) : this.#given
  })

  text(id: string): Y.Text | null {
    return this.#live ? cardText(this.#live.doc, id) : null
  }

  add({ kind, area, text, voice }: NewCard): string | null {
    const live = this.#live
    if (!live?.synced) return null
    const id = crypto.randomUUID().replaceAll('-', '')
    addCard(live.doc, { id, kind, area, text, ...voice, order: this.#after(this.cards.at(-1)?.id) })
    return id
  }

  remove(id: string): void {
    if (this.#live) removeCard(this.#live.doc, id)
  }

  change(id: string, to: { kind?: CardKind; area?: Area }): void {
    const fields = this.#live && boardOf(this.#live.doc).cards.get(id)
    if (!fields) return
    fields.doc?.transact(() => {
      if (to.kind) fields.set('kind', to.kind)
      if (to.area) fields.set('area', to.area)
    })
  }

  /** Moves a card one place up or down among the cards of its kind. */
  move(id: string, by: -1 | 1): boolean {
    const live = this.#live
    const card = this.cards.find((one) => one.id === id)
    if (!live || !card) return false
    const peers = this.cards.filter((one) => one.kind === card.kind)
    const at = peers.findIndex((one) => one.id === id)
    const rest = peers.toSpliced(at, 1)
    const to = at + by
    if (to < 0 || to > rest.length) return false
    const { order } = boardOf(live.doc)
    const place = (one: CardView | undefined) => (one ? (order.get(one.id) ?? null) : null)
    order.set(id, between(place(rest[to - 1]), place(rest[to])))
    return true
  }

  #after(id: string | undefined): string {
    const order = this.#live && boardOf(this.#live.doc).order
    return between(id === undefined ? null : (order?.get(id) ?? null), null)
  }

  #connect(): void {
    const { documentId } = this
    const readWriters = async () => {
      const answer = await fetch(`/api/documents/${documentId}/writers`)
      return answer.ok ? ((await answer.json()) as Writers) : {}
    }
    this.#live = new LiveDocument({ id: documentId, readWriters })
  }

  #read(doc: Y.Doc, live: LiveDocument): CardView[] {
    return readCards(doc).map((card) => {
      const text = cardText(doc, card.id)
      const found = text ? stretches(runsOf(text), (clientId) => live.writerOf(clientId)) : []
      const writers: PersonId[] = []
      for (const { writer } of found) if (writer && !writers.includes(writer)) writers.push(writer)
      return { ...card, stretches: found, writers }
    })
  }
}

/** A place between two; where they leave no room, behind the first. */
function between(before: string | null, behind: string | null): string {
  try {
    return generateKeyBetween(before, behind)
  } catch {
    return generateKeyBetween(before, null)
  }
}

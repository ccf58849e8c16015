import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import type { Card } from '#plan/cards.ts'
import { isImported, runsOf, stretches } from '#live/attribution.ts'
import { boardOf, inOrder, readCard } from '#live/documents.ts'
import type { News } from '#live/news.ts'
import type { CardView } from '#live/views.ts'
import type { LiveDocument } from '#lib/live/document.svelte.ts'
import { Laid, LiveCard, type Says } from './live-card.svelte.ts'

/** The cards of a live board as they are shown. */
export class Shown {
  readonly #live: LiveDocument
  readonly #known = new Map<string, LiveCard>()
  readonly #newsOf: (id: string) => News | null
  readonly #imported: ReadonlySet<number>
  /** Cards with words of a hand that is not known yet. */
  readonly #unsure = new Set<string>()
  readonly #laid = new Laid()

  /**
   * @param newsOf what others did to a card since the reader last looked
   * @param imported the hands whose words were taken over from an earlier plan
   */
  constructor(
    live: LiveDocument,
    newsOf: (id: string) => News | null,
    imported: ReadonlySet<number>,
  ) {
    this.#live = live
    this.#imported = imported
    this.#newsOf = newsOf
    const { cards, order } = boardOf(live.doc)
    cards.observeDeep((events) => {
      const touched = new Set<string>()
      for (const { path, changes } of events) {
        if (path.length > 0) touched.add(String(path[0]))
        else for (const id of changes.keys.keys()) touched.add(id)
      }
      this.#read(touched)
    })
    order.observe(() => this.#lay())
    live.followWriters(() => this.#read([...this.#unsure]))
    this.#lay()
  }

  /** The cards now, in order: the same list until one comes, goes or lies elsewhere. */
  get list(): readonly CardView[] {
    return this.#laid.cards
  }

  /** What is news is asked anew of every card. */
  forget(): void {
    for (const card of this.#known.values()) card.news = this.#newsOf(card.id)
  }

  #read(ids: Iterable<string>): void {
    let laid = true
    for (const id of ids) {
      const before = this.#known.get(id)
      if (this.#card(id) !== before) laid = false
    }
    if (!laid) this.#lay()
  }

  #lay(): void {
    const { cards, order } = boardOf(this.#live.doc)
    const list = inOrder(cards.keys(), order).flatMap(
      (id) => this.#known.get(id) ?? this.#card(id) ?? [],
    )
    const before = this.#laid.cards
    const same = list.length === before.length && list.every((card, at) => card === before[at])
    if (!same) this.#laid.cards = list
  }

  /** Reads one card; none when it is not there (any more). */
  #card(id: string): LiveCard | undefined {
    const fields = boardOf(this.#live.doc).cards.get(id)
    const card = readCard(id, fields)
    if (!card || !fields) {
      this.#known.delete(id)
      this.#unsure.delete(id)
      return undefined
    }
    const says = this.#says(card, fields.get('text'))
    const news = this.#newsOf(id)
    const known = this.#known.get(id)
    if (known?.isAt(card)) {
      known.says = says
      known.news = news
      return known
    }
    const made = new LiveCard(card, says, news)
    this.#known.set(id, made)
    return made
  }

  #says({ id, text, when, because }: Card, words: unknown): Says {
    const runs = words instanceof Y.Text ? runsOf(words) : []
    const found = stretches(runs, (clientId) => this.#live.writerOf(clientId), this.#imported)
    const writers: PersonId[] = []
    for (const { writer } of found) if (writer && !writers.includes(writer)) writers.push(writer)
    if (found.some(({ writer }) => writer === null)) this.#unsure.add(id)
    else this.#unsure.delete(id)
    return { text, when, because, stretches: found, writers, imported: isImported(found) }
  }
}

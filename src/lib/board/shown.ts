import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import { isImported, runsOf, stretches } from '#live/attribution.ts'
import { boardOf, inOrder, readCard } from '#live/documents.ts'
import type { News } from '#live/news.ts'
import type { CardView } from '#live/views.ts'
import type { LiveDocument } from '#lib/live/document.svelte.ts'

/**
 * The cards of a live board as they are shown. A card that did not change stays the same object, and
 * a board that did not change the same list, so that a key press elsewhere leaves the screen alone.
 */
export class Shown {
  readonly #live: LiveDocument
  readonly #cards = new Map<string, CardView>()
  readonly #touched = new Set<string>()
  #list: readonly CardView[] = []

  readonly #newsOf: (id: string) => News | null

  readonly #imported: ReadonlySet<number>

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
    boardOf(live.doc).cards.observeDeep((events) => {
      for (const { path, changes } of events) {
        if (path.length > 0) this.#touched.add(String(path[0]))
        else for (const id of changes.keys.keys()) this.#touched.add(id)
      }
    })
  }

  /** The cards now, in order. */
  read(doc: Y.Doc): readonly CardView[] {
    const { cards, order } = boardOf(doc)
    const list = inOrder(cards.keys(), order).flatMap((id) => this.#card(id, cards.get(id)) ?? [])
    this.#touched.clear()
    const same = list.length === this.#list.length && list.every((c, at) => c === this.#list[at])
    if (!same) this.#list = list
    return this.#list
  }

  /** Everything is made anew at the next reading. */
  forget(): void {
    this.#cards.clear()
  }

  #card(id: string, fields: Y.Map<unknown> | undefined): CardView | null {
    const known = this.#cards.get(id)
    if (known && !this.#touched.has(id)) return known
    const card = readCard(id, fields)
    if (!card || !fields) return null
    const text = fields.get('text')
    const runs = text instanceof Y.Text ? runsOf(text) : []
    const found = stretches(runs, (clientId) => this.#live.writerOf(clientId), this.#imported)
    const writers: PersonId[] = []
    for (const { writer } of found) if (writer && !writers.includes(writer)) writers.push(writer)
    const imported = isImported(found)
    const view = { ...card, stretches: found, writers, imported, news: this.#newsOf(id) }
    // a hand that is not known yet is asked again
    if (found.some(({ writer }) => writer === null)) this.#cards.delete(id)
    else this.#cards.set(id, view)
    return view
  }
}

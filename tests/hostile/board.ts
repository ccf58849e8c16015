/** The board every hostile case refers to, in the shape of our documents. */
import * as Y from 'yjs'

export const SERVER = 1
export const ANNA = 1001
export const BERT = 2002
export const MALLORY = 6666
export const MALLORY_2 = 6667
export const VIEWER = 7777

/**
 * How the cases name our parts: a card is what they call a goal. Cards hold no nested list.
 */
export const NAMES = {
  goals: 'cards',
  order: 'order',
  meta: 'order',
  comments: 'order',
  locked: 'g1',
  open: 'g2',
  text: 'text',
  title: 'when',
  scalar: 'about',
  list: null,
  me: MALLORY,
  me2: MALLORY_2,
  victim: ANNA,
  other: BERT,
  server: SERVER,
  viewer: VIEWER,
  unused: 424242,
}

/** Cases that name what we do not have, each with its reason. */
export const DROPPED: Record<string, string> = {
  A03: 'client ids are not issued here: one that nobody used belongs to who uses it first',
  L03: 'writes in a list nested in a card: cards hold none',
  L04: 'writes in a list nested in a card: cards hold none',
  L13: 'writes in a list nested in a card: cards hold none',
  L14: 'writes in a list nested in a card: cards hold none',
}

export type Case = {
  id: string
  category: string
  title: string
  as: 'editor' | 'viewer'
  frames: ({ bin: Uint8Array; repeat?: number } | { text: string } | { fill: number; prefix: number[] })[]
  handshake?: Record<string, unknown>
  expect: { reaction: string; doc: string; close: string; awareness?: string }
}

function write(doc: Y.Doc, client: number, by: (copy: Y.Doc) => void): void {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = client
  const before = Y.encodeStateVector(doc)
  by(copy)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy, before))
}

const card = (doc: Y.Doc, id: string) => doc.getMap<Y.Map<unknown>>('cards').get(id)!
const text = (doc: Y.Doc, id: string, key = 'text') => card(doc, id).get(key) as Y.Text

/** Deterministic: the same bytes on every run. */
export function board(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = SERVER
  const order = doc.getMap<string>('order')
  doc.transact(() => {
    for (const [at, id] of ['g1', 'g2', 'g3'].entries()) {
      const fields = new Y.Map<unknown>()
      doc.getMap('cards').set(id, fields)
      fields.set('kind', 'wish')
      fields.set('area', 'living')
      fields.set('when', new Y.Text())
      fields.set('text', new Y.Text())
      fields.set('about', 'open')
      order.set(id, `a${at}`)
    }
  })
  write(doc, ANNA, (copy) => {
    text(copy, 'g1', 'when').insert(0, 'Zelf koffie zetten')
    text(copy, 'g1').insert(0, 'Mevrouw wil weer zelf koffie zetten in de ochtend.')
  })
  write(doc, BERT, (copy) => {
    text(copy, 'g2', 'when').insert(0, 'Dagelijks naar buiten')
    text(copy, 'g2').insert(0, 'Samen met zoon een blokje om.')
    text(copy, 'g1').insert(8, 'graag ')
    card(copy, 'g1').set('about', 'besproken')
  })
  write(doc, MALLORY, (copy) => {
    text(copy, 'g2').insert(0, 'xyz')
    text(copy, 'g1').insert(0, 'abc') // her last words are in what will be closed
  })
  return doc
}

const sorted = (value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : Array.isArray(value)
      ? value.map(sorted)
      : value

/** What can be seen of a document. */
export const view = (doc: Y.Doc): string =>
  JSON.stringify(sorted({ cards: doc.getMap('cards').toJSON(), order: doc.getMap('order').toJSON() }))

/** Everything stored: also what cannot be seen. */
export const stored = (doc: Y.Doc): string =>
  JSON.stringify({
    clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
    waiting: [!!doc.store.pendingStructs, !!doc.store.pendingDs],
    roots: [...doc.share.keys()].sort(),
  })

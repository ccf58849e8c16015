/** The act that takes a card to another zone, with the words in the hands that wrote them. */
import { generateKeyBetween } from 'fractional-indexing'
import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { isCardKind } from '#plan/cards.ts'
import { mayMove } from '#plan/zones.ts'
import { voiceMark } from '#plan/voice.ts'
import { runsOf } from '#live/attribution.ts'
import { boardOf, readCards, removeCard, VOICE } from '#live/documents.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import type { Tx } from './db/open.ts'
import * as photos from './db/photos.ts'
import { newClientId } from './ids.ts'
import { readDocument } from './rounds.ts'
import { seatOf, type Circle } from './seats.ts'
import type { Shown } from './sync/deps.ts'

export type MovingCard = { from: string; to: string; cardId: string }
type Moved = { from: string; to: string; cards: string[] }

/**
 * Takes a card, and what stands beside it, from one zone to another.
 *
 * Both documents change in one transaction, in which nobody else's words can slip in between; rooms
 * that are open hear of it as of any other stored update. Refuses with `no-access`
 * and `nothing-to-decide` when the card is not there any more.
 */
export async function moveCard(
  deps: ActDeps,
  account: Account,
  asked: MovingCard,
): Promise<Moved | Refusal> {
  const found = await documents.find(deps.sql, asked.from)
  if (!found) return 'no-access'
  const circle = await deps.seats.circle(found.planId)
  const me = seatOf(circle, account.id)
  if (!me) {
    deps.log.turnedAway(found.planId, account.id, 'move-card', found.zone)
    return 'no-access'
  }
  const shown: Shown[] = []
  const moved = await decide(deps, async (tx) => {
    const [from, to] = await hold(tx, asked)
    if (from.planId !== to.planId || from.kind === 'goal' || to.kind === 'goal') refuse('no-access')
    const move = new Move(tx, circle, me.id, from, to)
    const cards = await move.take(asked.cardId)
    shown.push(...(await move.keep()))
    await photos.move(tx, from.id, to.id, cards)
    const body = { card: asked.cardId, cards, from: from.id, to: to.id }
    const { planId } = from
    await events.add(tx, { planId, kind: 'card-moved', actorId: me.id, goalId: null, body })
    return { from: from.id, to: to.id, cards }
  })
  const allowed = !isRefusal(moved)
  const of = { zone: found.zone, documentId: found.id, allowed }
  deps.log.did(circle, me, 'move-card', of)
  if (allowed) for (const one of shown) deps.stored(one)
  return moved
}

/** Both documents, held until the end, always in the same order: two moves wait for each other. */
async function hold(
  tx: Tx,
  { from, to }: MovingCard,
): Promise<[documents.DocumentRow, documents.DocumentRow]> {
  const rows = new Map<string, documents.DocumentRow | undefined>()
  for (const id of [from, to].sort()) rows.set(id, await documents.hold(tx, id))
  const [source, target] = [rows.get(from), rows.get(to)]
  if (!source || !target) refuse('no-access')
  if (!source.open || !target.open) refuse('closed')
  return [source, target]
}

class Move {
  readonly #tx: Tx
  readonly #circle: Circle
  readonly #me: PersonId
  readonly #from: documents.DocumentRow
  readonly #to: documents.DocumentRow
  readonly #made = new Map<PersonId | null, number>()
  readonly #updates = new Map<string, Uint8Array>()

  constructor(
    tx: Tx,
    circle: Circle,
    me: PersonId,
    from: documents.DocumentRow,
    to: documents.DocumentRow,
  ) {
    this.#tx = tx
    this.#circle = circle
    this.#me = me
    this.#from = from
    this.#to = to
  }

  /** Copies the card with what corrects it, and takes both off the first board. */
  async take(cardId: string): Promise<string[]> {
    const source = await readDocument(this.#tx, this.#from.id)
    const target = await readDocument(this.#tx, this.#to.id)
    const hands = await documents.hands(this.#tx, this.#from.id)
    const writers = new Map(hands.map((hand) => [hand.clientId, hand.personId]))
    const all = readCards(source)
    const ids = all
      .filter(({ id, corrects }) => [id, corrects].includes(cardId))
      .map(({ id }) => id)
    if (!ids.includes(cardId)) refuse('nothing-to-decide')
    for (const id of ids) this.#ask(source, id, writers)
    const before = Y.encodeStateVector(target)
    for (const id of ids) this.#copy(source, target, id, writers)
    this.#updates.set(this.#to.id, Y.encodeStateAsUpdate(target, before))
    source.once('update', (update: Uint8Array) => this.#updates.set(this.#from.id, update))
    source.transact(() => ids.forEach((id) => removeCard(source, id)))
    source.destroy()
    target.destroy()
    return ids
  }

  /** Stores both updates. What the other processes and the rooms here are told. */
  async keep(): Promise<Shown[]> {
    const shown: Shown[] = []
    for (const row of [this.#from, this.#to]) {
      const data = this.#updates.get(row.id)!
      const hands = row === this.#to ? this.#hands() : []
      await documents.append(this.#tx, row, data, hands, this.#me)
      shown.push({ documentId: row.id, base: row.seq, seq: row.seq + 1, data, hands })
    }
    return shown
  }

  #ask(source: Y.Doc, id: string, writers: ReadonlyMap<number, PersonId | null>): void {
    const { people } = this.#circle
    const me = people.find((person) => person.id === this.#me)!
    const fields = boardOf(source).cards.get(id)!
    const text = fields.get('text')
    const runs = text instanceof Y.Text ? runsOf(text) : []
    const saidBy = fields.get('saidBy')
    const kind = fields.get('kind')
    const card = {
      kind: isCardKind(kind) ? kind : ('wish' as const),
      saidBy: typeof saidBy === 'string' ? saidBy : null,
      writers: runs.flatMap(({ clientId }) => writers.get(clientId) ?? []),
    }
    const [from, to] = [this.#from, this.#to].map(({ zone, ownerId }) => ({ zone, owner: ownerId }))
    if (!mayMove(me, card, from!, to!, people)) refuse('no-access')
  }

  #as(target: Y.Doc, personId: PersonId | null): void {
    let clientId = this.#made.get(personId)
    if (clientId === undefined) this.#made.set(personId, (clientId = newClientId()))
    target.clientID = clientId
  }

  #copy(
    source: Y.Doc,
    target: Y.Doc,
    id: string,
    writers: ReadonlyMap<number, PersonId | null>,
  ): void {
    const was = boardOf(source).cards.get(id)!
    const { cards, order } = boardOf(target)
    const hand = (key: string) => writers.get(was._map.get(key)?.id.client ?? -1) ?? null
    this.#as(target, hand('text'))
    const fields = new Y.Map<unknown>()
    cards.set(id, fields)
    for (const [key, value] of was.entries()) {
      this.#as(target, hand(key))
      if (!(value instanceof Y.Text)) {
        fields.set(key, value)
        continue
      }
      const text = new Y.Text()
      fields.set(key, text)
      for (const run of runsOf(value)) {
        this.#as(target, writers.get(run.clientId) ?? null)
        text.insert(text.length, run.text, run.voice ? { [VOICE]: voiceMark(run.voice) } : {})
      }
    }
    this.#as(target, this.#me)
    order.set(id, after([...order.values()].sort().at(-1) ?? null))
  }

  #hands(): documents.Hand[] {
    return [...this.#made].map(([personId, clientId]) => ({ personId, clientId, imported: false }))
  }
}

/** The place behind the last; also where a hand-made client left one that is none. */
function after(last: string | null): string {
  try {
    return generateKeyBetween(last, null)
  } catch {
    return `${last?.slice(0, 60)}V`
  }
}

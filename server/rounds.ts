/** The document of one round of a goal: made empty, or from the words of the round before. */
import * as Y from 'yjs'
import type { Area } from '#plan/areas.ts'
import type { PersonId } from '#plan/people.ts'
import { voiceMark } from '#plan/voice.ts'
import { runsOf } from '#live/attribution.ts'
import { goalOf, readGoal, startGoal, VOICE } from '#live/documents.ts'
import * as documents from './db/documents.ts'
import type { Db } from './db/open.ts'
import { newClientId, newId } from './ids.ts'
import { applyQuietly } from './sync/judge/apply.ts'

type Round = { planId: string; goalId: string; round: number }

/** A document that is put together by the server, each stretch in the hand of who wrote it. */
export class Scribe {
  readonly doc = new Y.Doc()
  readonly #hands = new Map<string, documents.Hand>()
  readonly #imported: boolean

  constructor(imported = false) {
    this.#imported = imported
    this.as(null)
  }

  /** From here on this person writes; null is the system. `imported`: in words of an earlier plan. */
  as(personId: PersonId | null, imported = this.#imported): this {
    const key = `${imported}:${personId}`
    const known = this.#hands.get(key)
    const clientId = known?.clientId ?? newClientId()
    if (!known) this.#hands.set(key, { clientId, personId, imported })
    this.doc.clientID = clientId
    return this
  }

  get hands(): documents.Hand[] {
    return [...this.#hands.values()]
  }

  /** Keeps what was written as the first update of a document. */
  async keep(db: Db, row: Pick<documents.DocumentRow, 'planId' | 'id'>): Promise<void> {
    await documents.start(db, row, Y.encodeStateAsUpdate(this.doc), this.hands, null)
    this.doc.destroy()
  }
}

/** Adds the row of a round's document and what the scribe wrote in it. Answers with its id. */
export async function keepRound(db: Db, of: Round, scribe: Scribe): Promise<string> {
  const id = newId()
  const { planId, goalId, round } = of
  await documents.add(db, {
    planId,
    id,
    kind: 'goal',
    zone: 'shared',
    goalId,
    round,
    ownerId: null,
  })
  await scribe.keep(db, { planId, id })
  return id
}

/** Opens the first round: the fields of a goal, still empty. */
export function firstRound(
  db: Db,
  of: Round,
  area: Area,
  wishes: readonly string[],
): Promise<string> {
  const scribe = new Scribe()
  startGoal(scribe.doc, area, wishes)
  return keepRound(db, of, scribe)
}

/** Reads a stored document as it stands in this transaction. */
export async function readDocument(db: Db, id: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  applyQuietly(doc, (await documents.content(db, id)).updates)
  return doc
}

/** Copies a goal's words into another document; every stretch keeps its writer and voice. */
export function forkInto(scribe: Scribe, from: Y.Doc, hands: readonly documents.Hand[]): void {
  const written = new Map(hands.map((hand) => [hand.clientId, hand]))
  const [source, target] = [goalOf(from), goalOf(scribe.doc)]
  const { area, wishes, reviewOn, actions } = readGoal(from)
  scribe.as(null)
  startGoal(scribe.doc, area, wishes)
  if (reviewOn !== null) target.goal.set('reviewOn', reviewOn)
  const copy = (was: unknown, to: unknown) => {
    if (!(was instanceof Y.Text) || !(to instanceof Y.Text)) return
    for (const run of runsOf(was)) {
      const hand = written.get(run.clientId)
      scribe.as(hand?.personId ?? null, hand?.imported)
      to.insert(to.length, run.text, run.voice ? { [VOICE]: voiceMark(run.voice) } : {})
    }
    scribe.as(null)
  }
  for (const key of ['plainText', 'professionalText', 'success']) {
    copy(source.goal.get(key), target.goal.get(key))
  }
  for (const { id, who } of actions) {
    const fields = new Y.Map<unknown>()
    target.actions.set(id, fields)
    for (const key of ['what', 'when']) {
      const text = new Y.Text()
      fields.set(key, text)
      copy(source.actions.get(id)?.get(key), text)
    }
    if (who !== null) fields.set('who', who)
    const place = source.order.get(id)
    if (place !== undefined) target.order.set(id, place)
  }
}

/** The next round, forked from the words of the one before, or from a proposal. */
export async function nextRound(db: Db, of: Round, fromId: string): Promise<string> {
  const from = await readDocument(db, fromId)
  const scribe = new Scribe()
  forkInto(scribe, from, await documents.hands(db, fromId))
  from.destroy()
  return keepRound(db, of, scribe)
}

/** From an imported life story, wishes and points to cards, each on the board of its zone. */
import { generateNKeysBetween } from 'fractional-indexing'
import type { Zone } from '#plan/access.ts'
import type { Area } from '#plan/areas.ts'
import type { CardKind } from '#plan/cards.ts'
import {
  clientOf,
  isTherapist,
  responsibleProfessional,
  type Person,
  type PersonId,
} from '#plan/people.ts'
import { canSpeak, ownBasis, type Basis } from '#plan/voice.ts'
import { addCard } from '#live/documents.ts'
import * as documents from '../db/documents.ts'
import * as letIn from '../db/let-in.ts'
import type { Tx } from '../db/open.ts'
import { newId } from '../ids.ts'
import { Scribe } from '../rounds.ts'
import type { Fault, ImportedPlan } from './schema.ts'

type Entry = {
  id: string
  zone: Zone
  kind: CardKind
  area: Area | null
  text: string
  saidBy: Person
  basis: Basis
  /** Who wrote it down, where that is known to be someone else. */
  writer: Person
  /** Of the care zone: what a therapist said is their own part of it; null: the rest. */
  part: PersonId | null
  /** Who the record says it is for; null: it does not say. */
  audience: readonly Person[] | null
}

const ZONE = { shared: 'shared', care: 'care', client_private: 'client', draft: 'draft' } as const

/** Every card of an imported plan, or what cannot stand on a board. */
export function cardsOf(
  plan: ImportedPlan,
  people: ReadonlyMap<string, Person>,
): { entries: Entry[]; wishes: Map<string, string>; faults: Fault[] } {
  const all = [...people.values()]
  const client = clientOf(all)
  const responsible = responsibleProfessional(all) ?? client
  const entries: Entry[] = []
  const faults: Fault[] = []
  const wishes = new Map<string, string>()
  type Known = Omit<Entry, 'id' | 'writer' | 'part' | 'audience'> &
    Partial<Pick<Entry, 'writer' | 'audience'>>
  const add = (entry: Known, path: string): string => {
    const id = newId()
    if (!canSpeak(entry.saidBy, entry.basis)) {
      faults.push({
        path: `${path}.basis`,
        fault: `${entry.saidBy.key} cannot say this as "${entry.basis}"`,
      })
    }
    const { saidBy, audience = null } = entry
    const part = entry.zone === 'care' && isTherapist(saidBy) ? saidBy.id : null
    entries.push({ writer: saidBy, ...entry, id, part, audience })
    return id
  }
  const person = (key: string) => people.get(key)!
  /** Words spoken with help are the client's, also where the record names the helper. */
  const spoken = (key: string, basis: Basis) => {
    const named = person(key)
    const hers = basis === 'own_words_supported' && named.role !== 'client' && client
    return { saidBy: hers || named, basis, writer: named }
  }
  plan.lifeStory.forEach(({ text, saidBy, basis }, at) =>
    add(
      { zone: 'shared', kind: 'story', area: null, text, ...spoken(saidBy, basis) },
      `lifeStory[${at}]`,
    ),
  )
  plan.writtenDeclarations.forEach(({ text, by, basis }, at) =>
    add(
      { zone: 'shared', kind: 'story', area: null, text, ...spoken(by, basis) },
      `writtenDeclarations[${at}]`,
    ),
  )
  plan.wishes.forEach(({ id, domain, text, saidBy, basis }, at) => {
    const kind = basis === 'observed' ? 'observation' : 'wish'
    const card = add(
      { zone: 'shared', kind, area: domain, text, ...spoken(saidBy, basis) },
      `wishes[${at}]`,
    )
    wishes.set(id, card)
  })
  plan.discussionPoints.forEach(({ text, raisedBy, visibility }, at) => {
    const saidBy = person(raisedBy)
    const zone = ZONE[visibility]
    add(
      { zone, kind: 'point', area: null, text, saidBy, basis: ownBasis(saidBy) },
      `discussionPoints[${at}]`,
    )
  })
  plan.restricted.forEach(({ text, by, zone, audience }, at) => {
    const saidBy = person(by)
    const said = { text, saidBy, basis: ownBasis(saidBy), audience: audience.map(person) }
    add({ zone: ZONE[zone], kind: 'point', area: null, ...said }, `restricted[${at}]`)
  })
  if (responsible) {
    const noted = {
      kind: 'point' as const,
      area: null,
      saidBy: responsible,
      basis: ownBasis(responsible),
    }
    plan.capacityAssessments.forEach(({ topic, result, assessedBy, date }, at) =>
      add(
        { ...noted, zone: 'care', text: `${topic}: ${result} (${assessedBy}, ${date})` },
        `capacityAssessments[${at}]`,
      ),
    )
    plan.sharingConsents.forEach(({ text, date }, at) =>
      add({ ...noted, zone: 'care', text: `${text} (${date})` }, `sharingConsents[${at}]`),
    )
  }
  return { entries, wishes, faults }
}

/** Colleagues a therapist meant every word of their part for: they read along in it. */
const meantFor = (owner: Person, cards: readonly Entry[], people: readonly Person[]): Person[] =>
  people.filter(
    (person) =>
      isTherapist(person) &&
      person.id !== owner.id &&
      cards.length > 0 &&
      cards.every(({ audience }) => audience?.some(({ id }) => id === person.id)),
  )

/**
 * Makes the boards of a plan, a part of the care zone for each therapist, and a draft for each
 * person who has one.
 */
export async function addBoards(
  tx: Tx,
  planId: string,
  people: readonly Person[],
  entries: readonly Entry[],
): Promise<void> {
  for (const zone of ['shared', 'care', 'client'] as const) {
    const cards = entries.filter((entry) => entry.zone === zone && entry.part === null)
    await addBoard(tx, planId, zone, null, cards)
  }
  for (const owner of people.filter(isTherapist)) {
    const cards = entries.filter(({ part }) => part === owner.id)
    await addBoard(tx, planId, 'care', owner.id, cards)
    for (const { id: personId } of meantFor(owner, cards, people))
      await letIn.add(tx, { planId, ownerId: owner.id, personId, by: owner.id })
  }
  const drafts = Map.groupBy(
    entries.filter((entry) => entry.zone === 'draft'),
    (entry) => entry.saidBy.id,
  )
  for (const [ownerId, cards] of drafts) await addBoard(tx, planId, 'draft', ownerId, cards)
}

async function addBoard(
  tx: Tx,
  planId: string,
  zone: Zone,
  ownerId: string | null,
  entries: readonly Entry[],
): Promise<void> {
  const id = newId()
  const kind = zone === 'draft' ? 'draft' : 'board'
  await documents.add(tx, { planId, id, kind, zone, goalId: null, round: null, ownerId })
  if (entries.length === 0) return
  const places = generateNKeysBetween(null, null, entries.length)
  const scribe = new Scribe(true)
  for (const [at, entry] of entries.entries()) {
    scribe.as(entry.writer.id)
    const { id, kind, area, text, basis, saidBy } = entry
    addCard(scribe.doc, { id, kind, area, text, basis, saidBy: saidBy.id, order: places[at]! })
  }
  await scribe.keep(tx, { planId, id })
}

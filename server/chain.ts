/** Recomputing a plan's chain of events and every hash in it: from rows or from a file. */
import { createHash } from 'node:crypto'
import { canonical, type Json } from '#plan/canonical.ts'
import type { Words } from '#plan/words.ts'
import { linkHash, type EventKind, type EventRow } from './db/events.ts'
import { hashOf } from './ids.ts'

type Row = { goalId?: string | null }

/** What is held against the chain. Parts that an older file does not have are left out. */
export type Proof = {
  planId: string
  events: (Omit<EventRow, 'planId' | 'at'> & { at: string })[]
  versions: { goalId: string; version: number; hash: string; words: Words }[]
  answers: { goalId: string; version: number; hash: string }[]
  dissents?: Row[]
  marks?: (Row & { kind: string; version: number; body: unknown; personId: string | null })[]
  reviews?: (Row & { version: number | null })[]
  judgements?: (Row & { topic: string })[]
  ownPlan?: { id: string; hash: string }[]
  ownPlanOutcomes?: (Row & { itemId: string })[]
  plans?: { version: number; hash: string; content: Json; care: Json }[]
  photos?: Picture[]
}
type Picture = { documentId: string; cardId: string; hash: string }
type Link = Proof['events'][number]

/** A plan as one file; a file of before has no photos and no hash of the whole. */
export type ExportedFile = {
  proof: Proof
  photos?: (Picture & { data: string })[]
  hash?: string
}

/** Whether a file is still what was exported: its photos, and then every word of it. */
export function brokenFile({ hash, ...file }: ExportedFile): string | null {
  const proven = file.proof.photos && new Set(file.proof.photos.map(lineOfPicture))
  for (const photo of file.photos ?? []) {
    const { cardId, hash: known, data } = photo
    const picture = Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
    if (createHash('sha256').update(picture).digest('hex') !== known)
      return `the photo beside card ${cardId} was changed`
    if (proven && !proven.has(lineOfPicture(photo)))
      return `the photo beside card ${cardId} was put there without an event`
  }
  if (hash === undefined || hashOf(file as unknown as Json) === hash) return null
  return 'the file was changed outside what is proved: words on a board, names, or what is shown'
}

/** The first thing that does not hold, in words; null when everything does. */
export function firstBreak(proof: Proof): string | null {
  return (
    brokenLink(proof) ??
    brokenVersion(proof) ??
    brokenRow(proof) ??
    brokenItem(proof) ??
    brokenPicture(proof) ??
    brokenPlan(proof)
  )
}

/** Each link follows the one before it, and is what its hash says. */
function brokenLink({ planId, events }: Proof): string | null {
  let previous = ''
  for (const [at, event] of events.entries()) {
    if (event.seq !== at + 1) return `event ${at + 1} is missing`
    if (event.previous !== previous) return `event ${event.seq} does not follow the one before it`
    const hash = linkHash({ ...event, planId, at: new Date(event.at), previous })
    if (hash !== event.hash) return `event ${event.seq} was changed`
    previous = event.hash
  }
  return null
}

/** What is left of an erased plan: no link is missing, and each follows the one before it. */
export function firstGap(
  count: number,
  links: readonly Pick<EventRow, 'seq' | 'previous' | 'hash'>[],
): string | null {
  let previous = ''
  for (const [at, link] of links.entries()) {
    if (link.seq !== at + 1) return `event ${at + 1} is missing`
    if (link.previous !== previous) return `event ${link.seq} does not follow the one before it`
    previous = link.hash
  }
  return links.length === count ? null : `event ${links.length + 1} is missing`
}

/** Words are what their hash says, were laid before people, and are those that answers name. */
function brokenVersion({ events, versions, answers }: Proof): string | null {
  const told = new Set(
    events
      .filter(({ kind }) => kind === 'goal-presented')
      .map(({ goalId, body }) => {
        const { version, hash } = body as { version?: Json; hash?: Json }
        return `${goalId} ${String(version)} ${String(hash)}`
      }),
  )
  const known = new Map<string, string>()
  for (const { goalId, version, hash, words } of versions) {
    if (hashOf(words) !== hash)
      return `the words of goal ${goalId}, version ${version}, were changed`
    if (!told.delete(`${goalId} ${version} ${hash}`))
      return `no event presents goal ${goalId}, version ${version}`
    known.set(`${goalId} ${version}`, hash)
  }
  const [lost] = told
  if (lost !== undefined) return `the words of a version are missing: goal ${lost}`
  for (const { goalId, version, hash } of answers) {
    if (known.get(`${goalId} ${version}`) !== hash)
      return `an answer to goal ${goalId} names words that are not there`
  }
  return null
}

/** Each row is told by an event of its own, as it stands; and each event's row is there. */
function brokenRow(proof: Proof): string | null {
  const { events, answers, dissents, marks, reviews, judgements } = proof
  const kept = answers.filter((row) => 'key' in row) // an older file names answers only by hash
  const beside = marks?.filter(({ kind }) => kind !== 'topic-chosen')
  const topics = marks?.filter(({ kind }) => kind === 'topic-chosen')
  const pairs: [EventKind, string, readonly Row[] | undefined][] = [
    ['goal-answered', 'an answer', kept.length === answers.length ? kept : undefined],
    ['dissent-recorded', 'a recorded dissent', dissents],
    ['goal-marked', 'a mark', beside?.map((row) => ({ ...row, mark: row.kind }))],
    ['topic-chosen', 'a chosen topic', topics?.map((row) => ({ ...row, ...(row.body as Row) }))],
    ['goal-reviewed', 'a review', reviews?.filter(({ version }) => version !== null)],
    ['capacity-judged', 'a judgement', judgements],
  ]
  for (const [kind, what, rows] of pairs) {
    const fault =
      rows &&
      unmatched(
        what,
        rows,
        events.filter((event) => event.kind === kind),
      )
    if (fault) return fault
  }
  return null
}

/** What of rows and events has no counterpart that says the same. */
function unmatched(what: string, rows: readonly Row[], events: readonly Link[]): string | null {
  const waiting = new Map<string, number>()
  const shapes = new Set<string>()
  for (const { goalId, body } of events) {
    const shape = Object.keys(body as object).sort()
    shapes.add(shape.join(' '))
    const line = lineOf({ ...(body as object), goalId }, shape)
    waiting.set(line, (waiting.get(line) ?? 0) + 1)
  }
  for (const row of rows) {
    const line = [...shapes]
      .map((shape) => lineOf(row, shape.split(' ')))
      .find((one) => (waiting.get(one) ?? 0) > 0)
    if (line === undefined) return `${what} of ${row.goalId ?? 'the plan'} was changed or added`
    waiting.set(line, waiting.get(line)! - 1)
  }
  const left = events.find(
    ({ goalId, body }) =>
      (waiting.get(lineOf({ ...(body as object), goalId }, Object.keys(body as object).sort())) ??
        0) > 0,
  )
  return left ? `${what} is missing (event ${left.seq})` : null
}

const lineOf = (row: object, keys: readonly string[]): string => {
  const fields = row as Record<string, Json | undefined>
  return canonical([fields.goalId ?? null, ...keys.map((key) => fields[key] ?? null)])
}

/**
 * Each item of a persoonlijk plan reads as it was handed in, and what became of it was told. Items
 * that were erased for good are there no more: that an event is left alone is no fault.
 */
function brokenItem({ events, ownPlan = [], ownPlanOutcomes = [] }: Proof): string | null {
  const handed = new Set(
    events
      .filter(({ kind }) => kind === 'preparation-handed-in')
      .flatMap(({ body }) => (body as { items?: { id: string; hash: string }[] }).items ?? [])
      .map(({ id, hash }) => `${id} ${hash}`),
  )
  const changed = ownPlan.find(({ id, hash }) => !handed.has(`${id} ${hash}`))
  if (changed) return `item ${changed.id} of a persoonlijk plan was changed or added`
  const keys = ['itemId', 'outcome', 'cardId', 'goalId', 'reason', 'decidedBy']
  const told = new Set(
    events
      .filter(({ kind }) => kind === 'own-plan-item')
      .map(({ body }) => lineOf(body as object, keys)),
  )
  const added = ownPlanOutcomes.find((row) => !told.has(lineOf(row, keys)))
  return added ? `what became of item ${added.itemId} was changed or added` : null
}

const lineOfPicture = ({ documentId, cardId, hash }: Picture): string =>
  [documentId, cardId, hash].join(' ')

/** Which picture lies beside which card follows from the events: put there, moved, taken away. */
function brokenPicture({ events, photos }: Proof): string | null {
  if (!photos) return null // a file of before
  let there: Picture[] = []
  const without = ({ documentId, cardId }: Omit<Picture, 'hash'>) =>
    there.filter((one) => one.documentId !== documentId || one.cardId !== cardId)
  for (const { kind, body } of events) {
    const {
      card,
      cards = [card],
      from,
      to,
    } = (body ?? {}) as { [key: string]: string } & {
      cards?: string[]
    }
    if (kind === 'photo-added') there = [...without(body as Picture), body as Picture]
    else if (kind === 'photo-removed') there = without(body as Picture)
    else if (kind === 'words-erased') there = there.filter(({ cardId }) => !cards.includes(cardId))
    else if (kind === 'card-moved')
      there = there.map((one) =>
        one.documentId === from && cards.includes(one.cardId) ? { ...one, documentId: to! } : one,
      )
  }
  const told = new Set(there.map(lineOfPicture))
  const added = photos.find((one) => !told.delete(lineOfPicture(one)))
  if (added) return `the photo beside card ${added.cardId} was changed or added`
  const [lost] = told
  return lost === undefined ? null : `the photo beside card ${lost.split(' ')[1]} is missing`
}

/** The plan as it was set is what its hash says, and was set by an event. */
function brokenPlan({ events, plans = [], ...rest }: Proof): string | null {
  const told = new Map(
    events
      .filter(({ kind }) => kind === 'plan-set')
      .map(({ body }) => {
        const { version, hash } = body as { version: number; hash: string }
        return [version, hash]
      }),
  )
  for (const { version, hash, content, care } of plans) {
    const { care: ofCare } = content as { care?: Json }
    if (hashOf(content) !== hash || hashOf(care) !== ofCare)
      return `version ${version} of the plan was changed`
    if (told.get(version) !== hash) return `no event sets version ${version} of the plan`
    told.delete(version)
  }
  const [lost] = 'answers' in rest && plans.length > 0 ? told.keys() : []
  return lost === undefined ? null : `version ${lost} of the plan is missing`
}

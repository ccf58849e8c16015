/** Recomputing a plan's chain of events and the hashes of its versions: from rows or from a file. */
import type { Json } from '#plan/canonical.ts'
import type { Words } from '#plan/words.ts'
import { linkHash, type EventRow } from './db/events.ts'
import { hashOf } from './ids.ts'

export type Proof = {
  planId: string
  events: (Omit<EventRow, 'planId' | 'at'> & { at: string })[]
  versions: { goalId: string; version: number; hash: string; words: Words }[]
  answers: { goalId: string; version: number; hash: string }[]
}

/** The first thing that does not hold, in words; null when everything does. */
export function firstBreak({ planId, events, versions, answers }: Proof): string | null {
  let previous = ''
  for (const [at, event] of events.entries()) {
    if (event.seq !== at + 1) return `event ${at + 1} is missing`
    if (event.previous !== previous) return `event ${event.seq} does not follow the one before it`
    const hash = linkHash({ ...event, planId, at: new Date(event.at), previous })
    if (hash !== event.hash) return `event ${event.seq} was changed`
    previous = event.hash
  }
  for (const { goalId, version, hash, words } of versions) {
    if (hashOf(words) !== hash)
      return `the words of goal ${goalId}, version ${version}, were changed`
    const told = events.some((event) => presents(event, goalId, version, hash))
    if (!told) return `no event presents goal ${goalId}, version ${version}`
  }
  for (const { goalId, version, hash } of answers) {
    const found = versions.find((v) => v.goalId === goalId && v.version === version)
    if (found?.hash !== hash) return `an answer to goal ${goalId} names words that are not there`
  }
  return null
}

function presents(
  event: Proof['events'][number],
  goalId: string,
  version: number,
  hash: string,
): boolean {
  if (event.kind !== 'goal-presented' || event.goalId !== goalId) return false
  const body = event.body as { version?: Json; hash?: Json }
  return body.version === version && body.hash === hash
}

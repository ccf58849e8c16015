/**
 * "Dit is mijn eigen apparaat": words stay on this device too, so that writing goes on without a
 * network and over a closed page, and the plan can be read there as it was last seen (on the device
 * only when a person says so).
 *
 * Said per person and plan, in the browser's own storage. It ends, and everything that was kept is
 * taken away, when that person says so, signs out or loses access, when somebody else opens the plan
 * or signs in here, and when the device goes into the client's hands: then it is not one person's
 * own. What can be read goes sooner: when nobody is signed in any more, and with time.
 */
import type { Doc } from 'yjs'
import type { PersonId } from '#plan/people.ts'
import type { OfflinePlan } from '#live/offline.ts'
import type { KeptWords } from './kept-words.ts'
import { drop as dropReading, dropAll, put } from './kept-plans.ts'

/** Whose words of which plan may be kept. */
export type Keep = { planId: string; personId: PersonId; goalId?: string }

/** A document of which something is kept here, and whether the server lacks some of it. */
export type Kept = { documentId: string; goalId: string | null; unsent: boolean }

const OWNERS = 'own-device'
const listOf = (planId: string) => `own-device:${planId}`
const nameOf = (planId: string, documentId: string) => `aan-tafel:${planId}:${documentId}`

function read<T>(key: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? otherwise
  } catch {
    return otherwise // no storage, or somebody else's words in it
  }
}
function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // a browser that keeps nothing: then nothing is kept
  }
}

/** Whose device it is, plan by plan. */
const owners = () => read<Record<string, PersonId>>(OWNERS, {})

/** Whether this person said so of this device. Another person's words of the plan are taken away. */
export function isOwnDevice({ planId, personId }: Keep): boolean {
  const owner = owners()[planId]
  if (owner !== undefined && owner !== personId) void clearDevice(planId)
  return owner === personId
}

/** Says that this device is one's own, or no longer: then what it kept is taken away. */
export async function setOwnDevice({ planId, personId }: Keep, own: boolean): Promise<void> {
  if (!own) return clearDevice(planId)
  write(OWNERS, { ...owners(), [planId]: personId })
}

/** What is kept of a plan. */
export const keptOf = (planId: string): Kept[] => read<Kept[]>(listOf(planId), [])

/** Remembers that something of a document is kept, and whether the server has all of it. */
export function remember(planId: string, kept: Kept): void {
  const others = keptOf(planId).filter((one) => one.documentId !== kept.documentId)
  write(listOf(planId), [...others, kept])
}

/** Ties a document to this device; resolves when what was kept is in it. */
export async function tie(planId: string, documentId: string, doc: Doc): Promise<KeptWords> {
  const { keepWords } = await import('./kept-words.ts')
  return keepWords(nameOf(planId, documentId), doc)
}

/** Takes one document away from this device. */
export async function forget(planId: string, documentId: string): Promise<void> {
  write(
    listOf(planId),
    keptOf(planId).filter((one) => one.documentId !== documentId),
  )
  await drop(nameOf(planId, documentId))
}

/** The plans for which this device is somebody's own. */
export const ownPlans = (): string[] => Object.keys(owners())
/** Whether it is that for any plan. */
export const isAnyones = (): boolean => ownPlans().length > 0

const SOON_MS = 1500
const coming = new Map<string, ReturnType<typeof setTimeout>>()

/** Keeps the plan to read without a network, as it stands now; only on a device of one's own. */
export function keepReading(keep: Keep): void {
  if (!isOwnDevice(keep)) return
  clearTimeout(coming.get(keep.planId)) // many changes at once are one copy
  coming.set(
    keep.planId,
    setTimeout(() => void readAnew(keep).catch(() => null), SOON_MS), // nothing kept: nothing lost
  )
}

async function readAnew(keep: Keep): Promise<void> {
  const { planId } = keep
  const answer = await fetch(`/api/plans/${planId}/offline`).catch(() => null)
  if (answer && [401, 403, 404, 423].includes(answer.status)) await dropReading(planId)
  if (!answer?.ok) return
  const plan = (await answer.json()) as OfflinePlan
  // it may have been wiped while this was on its way
  if (plan.personId !== keep.personId || !isOwnDevice(keep)) return
  const { documentElement } = document
  const names = ['data-theme', 'data-contrast', 'data-size']
  const look = Object.fromEntries(
    names.flatMap((name) => {
      const value = documentElement.getAttribute(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  await put({ ...plan, look })
}

/**
 * Asks whose session this is, and takes away what that person may not find here: of plans they do
 * not sit at any more, or sit at as somebody else. Nobody signed in: then nothing can be read.
 */
export async function settle(): Promise<void> {
  if (!isAnyones()) return
  const answer = await fetch('/api/session').catch(() => null)
  if (answer?.status === 401) return nobodyIn()
  if (answer?.status === 423) return handedOver() // the client holds this screen
  if (!answer?.ok) return
  const { step, seats } = (await answer.json()) as { step: string | null; seats: Keep[] }
  if (step !== null) return // not known yet who it is
  for (const [planId, personId] of Object.entries(owners())) {
    const same = seats.some((seat) => seat.planId === planId && seat.personId === personId)
    if (!same) await clearDevice(planId)
  }
}

/**
 * Nobody is signed in: nothing can be read, and what the server has is taken away. Words that never
 * arrived wait for who wrote them; anybody else who signs in takes them away.
 */
async function nobodyIn(): Promise<void> {
  await dropAll()
  for (const planId of ownPlans())
    for (const { documentId, unsent } of keptOf(planId))
      if (!unsent) await forget(planId, documentId)
}

/** The device goes into other hands: nothing can be read, and only words that never arrived stay. */
export async function handedOver(): Promise<void> {
  await dropAll()
  for (const planId of Object.keys(owners()))
    if (!keptOf(planId).some(({ unsent }) => unsent)) await clearDevice(planId)
}

/** Takes away everything that is kept of a plan, or of all plans. */
export async function clearDevice(planId?: string): Promise<void> {
  const left = owners()
  const plans = planId === undefined ? Object.keys(left) : [planId]
  const names = plans.flatMap((id) => keptOf(id).map(({ documentId }) => nameOf(id, documentId)))
  for (const id of plans) {
    delete left[id]
    clearTimeout(coming.get(id))
    localStorage.removeItem(listOf(id))
  }
  if (plans.length > 0) write(OWNERS, left)
  const reading = Object.keys(left).length === 0 ? dropAll() : Promise.all(plans.map(dropReading))
  await Promise.all([...names.map(drop), reading])
}

function drop(name: string): Promise<void> {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => done()
  })
}

/**
 * "Dit is mijn eigen apparaat": words stay on this device too, so that writing goes on without a
 * network and over a closed page (trust.md: on the device only when a person says so).
 *
 * Said per person and plan, in the browser's own storage. It ends, and everything that was kept is
 * taken away, when that person says so, signs out or loses access, and when somebody else opens the
 * plan here: then it is not one person's own device.
 */
import type { PersonId } from '#plan/people.ts'

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

/** Whether this person said so of this device. Another person's words of the plan are taken away. */
export function isOwnDevice({ planId, personId }: Keep): boolean {
  const owner = read<Record<string, PersonId>>(OWNERS, {})[planId]
  if (owner !== undefined && owner !== personId) void clearDevice(planId)
  return owner === personId
}

/** Says that this device is one's own, or no longer: then what it kept is taken away. */
export async function setOwnDevice({ planId, personId }: Keep, own: boolean): Promise<void> {
  if (!own) return clearDevice(planId)
  write(OWNERS, { ...read<Record<string, PersonId>>(OWNERS, {}), [planId]: personId })
}

/** What is kept of a plan. */
export const keptOf = (planId: string): Kept[] => read<Kept[]>(listOf(planId), [])

/** Remembers that something of a document is kept, and whether the server has all of it. */
export function remember(planId: string, kept: Kept): void {
  const others = keptOf(planId).filter((one) => one.documentId !== kept.documentId)
  write(listOf(planId), [...others, kept])
}

/** Ties a document to this device; resolves when what was kept is in it. */
export async function tie(planId: string, documentId: string, doc: import('yjs').Doc) {
  const { IndexeddbPersistence } = await import('y-indexeddb')
  const tied = new IndexeddbPersistence(nameOf(planId, documentId), doc)
  await tied.whenSynced
  return tied
}

/** Takes one document away from this device. */
export async function forget(planId: string, documentId: string): Promise<void> {
  write(
    listOf(planId),
    keptOf(planId).filter((one) => one.documentId !== documentId),
  )
  await drop(nameOf(planId, documentId))
}

/** Takes away everything that is kept of a plan, or of all plans. */
export async function clearDevice(planId?: string): Promise<void> {
  const owners = read<Record<string, PersonId>>(OWNERS, {})
  const plans = planId === undefined ? Object.keys(owners) : [planId]
  const names = plans.flatMap((id) => keptOf(id).map(({ documentId }) => nameOf(id, documentId)))
  for (const id of plans) {
    delete owners[id]
    localStorage.removeItem(listOf(id))
  }
  if (plans.length > 0) write(OWNERS, owners)
  await Promise.all(names.map(drop))
}

function drop(name: string): Promise<void> {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = request.onerror = request.onblocked = () => done()
  })
}

/**
 * The plans that can be read on this device without a network: where they are kept, and no more.
 *
 * Whether something may be kept, and when it goes, is decided in `own-device.ts`. Read by the service
 * worker too, so nothing here needs a page.
 */
import type { OfflinePlan } from '#live/offline.ts'

/** A copy, and how its reader likes to read: attributes of `<html>`. */
export type KeptPlan = OfflinePlan & { look: Record<string, string> }

/** After so many days without the plan having been seen again, its copy is gone. */
export const KEPT_DAYS = 14
const DAY_MS = 86_400_000

/** Whether a copy is still young enough to be shown; one from a later day than today is not trusted. */
export const isFresh = ({ at }: Pick<OfflinePlan, 'at'>, now: number): boolean => {
  const age = now - Date.parse(at)
  return age > -DAY_MS && age < KEPT_DAYS * DAY_MS
}

const DATABASE = 'aan-tafel-reading'
const PLANS = 'plans'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(PLANS, { keyPath: 'planId' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('nothing can be kept here', { cause: request.error }))
  })
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (plans: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(PLANS, mode)
      const request = work(transaction.objectStore(PLANS))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () =>
        reject(new Error('nothing was kept', { cause: transaction.error }))
    })
  } finally {
    database.close()
  }
}

/** Keeps a copy in place of the earlier one. */
export const put = (plan: KeptPlan): Promise<unknown> =>
  within('readwrite', (plans) => plans.put(plan))

/** Every copy that may still be shown, the newest first; what is too old is taken away. */
export async function readable(now = Date.now()): Promise<KeptPlan[]> {
  const all = await within('readonly', (plans) => plans.getAll() as IDBRequest<KeptPlan[]>)
  const old = all.filter((plan) => !isFresh(plan, now))
  await Promise.all(old.map(({ planId }) => drop(planId)))
  return all
    .filter((plan) => isFresh(plan, now))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

/** Takes one copy away. */
export const drop = (planId: string): Promise<unknown> =>
  within('readwrite', (plans) => plans.delete(planId))

/** Takes every copy away, and the place where they were. */
export function dropAll(): Promise<void> {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(DATABASE)
    request.onsuccess = request.onerror = request.onblocked = () => done()
  })
}

import * as Y from 'yjs'

/**
 * Applies updates to a document of the server in one transaction.
 *
 * Answers with what they changed together as one update, or null when they held nothing new.
 * Yjs tidies formatting after a remote change by deleting marks in somebody's name; the server
 * never writes by itself, so here a change counts as local, which leaves the marks to the writers.
 */
export function applyQuietly(
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  origin: unknown = null,
): Uint8Array | null {
  let merged: Uint8Array | null = null
  const keep = (update: Uint8Array) => void (merged = update)
  doc.on('update', keep)
  try {
    doc.transact((transaction) => {
      for (const update of updates) {
        Y.applyUpdate(doc, update, origin)
        transaction.local = true
      }
    }, origin)
  } finally {
    doc.off('update', keep)
  }
  return merged
}

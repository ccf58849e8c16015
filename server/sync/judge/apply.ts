import * as Y from 'yjs'

/**
 * Applies updates to a document of the server in one transaction.
 *
 * Yjs tidies formatting after a remote change by deleting marks in somebody's name; the server
 * never writes by itself, so here a change counts as local, which leaves the marks to the writers.
 */
export function applyQuietly(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    for (const update of updates) {
      Y.applyUpdate(doc, update)
      transaction.local = true
    }
  })
}

/** The same with one update; answers with what it changed, or null when it held nothing new. */
export function applied(doc: Y.Doc, update: Uint8Array): Uint8Array | null {
  let news: Uint8Array | null = null
  const keep = (update: Uint8Array) => void (news = update)
  doc.on('update', keep)
  try {
    applyQuietly(doc, [update])
  } finally {
    doc.off('update', keep)
  }
  return news
}

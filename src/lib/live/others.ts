/** Hearing what others do to a document: whose hand it is, and which things it touched. */
import type * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'

type Source = {
  readonly doc: Y.Doc
  /** Whether what was there before has come. */
  readonly synced: boolean
  writerOf(clientId: number): PersonId | null
  /** Calls back when more hands are known; answers with how to stop. */
  followWriters(then: () => void): () => void
}

/**
 * Calls `heard` for every change by another hand; answers with how to stop. Of who has just come it
 * is not known yet whose hand it is: that is told once it is.
 */
export function hearOthers(
  source: Source,
  me: PersonId,
  heard: (who: PersonId, things: string[]) => void,
): () => void {
  const { doc } = source
  const untold = new Map<number, Set<string>>()
  const tell = () => {
    for (const [client, things] of untold) {
      const who = source.writerOf(client)
      if (who === null) continue
      untold.delete(client)
      if (who !== me) heard(who, [...things])
    }
  }
  const listen = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, done: Y.Transaction) => {
    if (done.local || !source.synced) return
    const things = [...done.changed.keys()].map((part) => thingOf(part))
    for (const [client, clock] of done.afterState) {
      if (client === doc.clientID || (done.beforeState.get(client) ?? 0) === clock) continue
      untold.set(client, new Set([...(untold.get(client) ?? []), ...things]))
    }
    tell()
  }
  doc.on('update', listen)
  const stop = source.followWriters(tell)
  return () => {
    doc.off('update', listen)
    stop()
  }
}

type Part = Pick<Y.AbstractType<unknown>, '_item'>

/** The card, action or field a changed part belongs to. */
function thingOf(type: Part): string {
  let at: Part = type
  let name = 'whole'
  while (at._item) {
    name = at._item.parentSub ?? name
    at = at._item.parent as Part // a part that is in a document lies in another part
  }
  return name
}

/** Hearing what others do to a document: whose hand it is, and which things it touched. */
import type * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'

type Source = { readonly doc: Y.Doc; writerOf(clientId: number): PersonId | null }

/** Calls `heard` for every change by another hand that is known; answers with how to stop. */
export function hearOthers(
  source: Source,
  me: PersonId,
  heard: (who: PersonId, things: string[]) => void,
): () => void {
  const { doc } = source
  const listen = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, done: Y.Transaction) => {
    if (done.local) return
    for (const [client, clock] of done.afterState) {
      if (client === doc.clientID || (done.beforeState.get(client) ?? 0) === clock) continue
      const who = source.writerOf(client)
      if (who !== null && who !== me)
        heard(
          who,
          [...done.changed.keys()].map((part) => thingOf(part)),
        )
    }
  }
  doc.on('update', listen)
  return () => doc.off('update', listen)
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

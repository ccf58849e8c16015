import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import { hearOthers } from '#lib/live/others.ts'

/** A document of ours in which others write, with the table of hands as far as it is known. */
function listening() {
  const doc = new Y.Doc()
  const hands = new Map<number, PersonId>()
  const followers = new Set<() => void>()
  const source = {
    doc,
    synced: true,
    writerOf: (clientId: number) => hands.get(clientId) ?? null,
    followWriters(then: () => void) {
      followers.add(then)
      return () => void followers.delete(then)
    },
  }
  const heard: [PersonId, string[]][] = []
  const stop = hearOthers(source, 'fatima', (who, things) => heard.push([who, things]))
  const know = (clientId: number, who: PersonId) => {
    hands.set(clientId, who)
    for (const then of followers) then()
  }
  return { doc, source, heard, know, stop }
}

/** Somebody who writes in a field of the goal, each time somewhere else. */
function writing(into: Y.Doc) {
  const theirs = new Y.Doc()
  theirs.on('update', (update: Uint8Array) => Y.applyUpdate(into, update))
  const write = (field: string) => theirs.getMap('goal').set(field, `${field} ${Math.random()}`)
  return { id: theirs.clientID, write }
}

test('what somebody changed who has just come is heard once it is known who that is', () => {
  const { doc, heard, know } = listening()
  const { id, write } = writing(doc)
  write('plainText')
  expect(heard).toEqual([])
  know(12, 'ria') // somebody else
  expect(heard).toEqual([])
  know(id, 'marjan')
  expect(heard).toEqual([['marjan', ['whole']]])
  write('plainText')
  expect(heard).toHaveLength(2)
})

test('of what was there before nothing is heard, also when its writer is known later; nor of oneself', () => {
  const { doc, source, heard, know } = listening()
  const [marjan, mine] = [writing(doc), writing(doc)]
  source.synced = false
  marjan.write('plainText')
  source.synced = true
  know(marjan.id, 'marjan')
  mine.write('plainText')
  know(mine.id, 'fatima')
  expect(heard).toEqual([])
})

test('who stops listening hears nothing of what was still untold', () => {
  const { doc, heard, know, stop } = listening()
  const { id, write } = writing(doc)
  write('plainText')
  stop()
  know(id, 'marjan')
  expect(heard).toEqual([])
})

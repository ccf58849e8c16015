/** What Yjs really did on the stage, judged once more: static reading alone has been fooled before. */
import * as Y from 'yjs'
import type { DocumentKind } from '#live/documents.ts'
import { pathOfItem, refOf, typeRefOf } from './analyse.ts'
import type { Reason, Writer } from './contract.ts'
import { ruleFor, type Touch } from './rules.ts'

const touchOf = (item: Y.Item, kind: Touch['kind'], overwrites: boolean): Touch => ({
  kind,
  path: pathOfItem(item),
  overwrites,
  ref: refOf(item),
  typeRef: typeRefOf(item),
  values: item.content instanceof Y.ContentAny ? item.content.arr : [],
  format:
    item.content instanceof Y.ContentFormat
      ? { key: item.content.key, value: item.content.value }
      : null,
  client: item.id.client,
})

/** Why what this transaction did may not be; null when all of it may. */
export function effects(
  transaction: Y.Transaction,
  kind: DocumentKind,
  writer: Writer,
): Reason | null {
  const { store } = transaction.doc
  const budget = { steps: 200_000 }
  for (const [client, after] of transaction.afterState) {
    const before = transaction.beforeState.get(client) ?? 0
    if (before === after) continue
    const owner = writer.ownerOf(client)
    if (owner !== undefined && owner !== writer.personId) return 'effect'
    const structs = store.clients.get(client) ?? []
    for (let at = Y.findIndexSS(structs, before); at < structs.length; at++) {
      const item = structs[at]
      if (!(item instanceof Y.Item)) continue
      if (!inOrder(item, budget)) return 'order'
      const overwrites =
        item.parentSub !== null && item.left !== null && deletedNow(transaction, item.left)
      const why = ruleFor(kind, touchOf(item, 'insert', overwrites), writer)
      if (why) return why
    }
  }
  let why: Reason | null = null
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    const known = item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0)
    if (why === null && item instanceof Y.Item && known && !goesWithItsParent(transaction, item)) {
      why = ruleFor(kind, touchOf(item, 'delete', false), writer)
    }
  })
  return why
}

/** Deleted because what holds it was: that was judged where it happened. */
function goesWithItsParent(transaction: Y.Transaction, item: Y.Item): boolean {
  const parent = (item.parent as Y.AbstractType<unknown>)._item
  return parent !== null && parent.deleted && Y.isDeleted(transaction.deleteSet, parent.id)
}

const deletedNow = (transaction: Y.Transaction, item: Y.Item): boolean =>
  item.id.clock < (transaction.beforeState.get(item.id.client) ?? 0) &&
  Y.isDeleted(transaction.deleteSet, item.id)

/** Left origin, item, right origin must stand in this order: a reversed pair makes replicas differ for ever. */
function inOrder(item: Y.Item, budget: { steps: number }): boolean {
  const { left, right, origin, rightOrigin, parent } = item
  if ((left && left.parent !== parent) || (right && right.parent !== parent)) return false
  const found = (from: Y.Item | null, id: Y.ID, next: (at: Y.Item) => Y.Item | null): boolean => {
    for (let at = from; at !== null; at = next(at)) {
      if (has(at, id)) return true
      if (--budget.steps < 0) return false
    }
    return false
  }
  if (origin && !found(left, origin, (at) => at.left)) return false
  return !rightOrigin || found(right, rightOrigin, (at) => at.right)
}

const has = (item: Y.Item, id: Y.ID): boolean =>
  item.id.client === id.client &&
  item.id.clock <= id.clock &&
  id.clock < item.id.clock + item.length

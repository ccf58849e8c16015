/** Everything an update would do, as paths, without applying it. */
import * as Y from 'yjs'
import type { Touch } from './rules.ts'
import {
  MAP,
  no,
  STRING,
  DELETED,
  FORMAT,
  TEXT,
  TYPE,
  type Holder,
  type Id,
  type Scan,
  type Struct,
  type Where,
} from './scan.ts'

export type Analysis = {
  touches: Touch[]
  /** Structs the document does not have yet. */
  fresh: number
  /** Part of it is known already: only the rest may be applied. */
  stale: boolean
  /** Client ids with new operations, and their clocks after it. */
  clocks: [clientId: number, clock: number][]
}

const isType = (holder: Holder): holder is Y.AbstractType<unknown> =>
  holder instanceof Y.AbstractType

function kindOf(holder: Holder): number {
  if (!isType(holder)) return holder.typeRef
  return holder instanceof Y.Map ? MAP : holder instanceof Y.Text ? TEXT : -1
}

export const refOf = (item: Y.Item): number => item.content.getRef()
export const typeRefOf = (item: Y.Item): number =>
  item.content instanceof Y.ContentType ? kindOf(item.content.type as Y.AbstractType<unknown>) : -1
const elementOf = (item: Y.Item): string => item.parentSub ?? `#${item.id.client}:${item.id.clock}`

/** The path of a type in its document, e.g. `cards`, `abc`, `text`. */
export function pathOf(type: Y.AbstractType<unknown>): string[] {
  const path: string[] = []
  let at = type
  for (let depth = 0; at._item !== null; depth++) {
    if (depth > 8) no('shape')
    path.push(elementOf(at._item))
    at = at._item.parent as Y.AbstractType<unknown>
  }
  path.push(Y.findRootTypeKey(at))
  return path.reverse()
}

/** The path of an item, from its root. */
export const pathOfItem = (item: Y.Item): string[] => [
  ...pathOf(item.parent as Y.AbstractType<unknown>),
  elementOf(item),
]

/** Resolves structs to where they would stand, with what the document holds and the update brings. */
class Resolver {
  readonly #doc: Y.Doc
  readonly #sections: ReadonlyMap<number, Scan['sections'][number]>
  readonly #paths = new Map<Holder, string[]>()

  constructor(doc: Y.Doc, scan: Scan) {
    this.#doc = doc
    this.#sections = new Map(scan.sections.map((section) => [section.client, section]))
  }

  state(client: number): number {
    return Y.getState(this.#doc.store, client)
  }

  /** The clock a client has after this update. */
  end(client: number): number {
    const section = this.#sections.get(client)
    const known = this.state(client)
    const last = section?.structs.at(-1)
    return last ? Math.max(known, last.clock + last.len) : known
  }

  path(holder: Holder): string[] {
    let path = this.#paths.get(holder)
    if (path) return path
    if (isType(holder)) path = pathOf(holder)
    else {
      const { where } = holder
      if (!where) return no('shape')
      path = [...this.path(where.type), where.sub ?? `#${holder.client}:${holder.clock}`]
    }
    if (path.length > 8) no('shape')
    this.#paths.set(holder, path)
    return path
  }

  /** What stands at an id; null when it was collected as garbage, and so will be what refers to it. */
  #locate(ref: Id, by: Struct): { item: Y.Item } | { struct: Struct } | null {
    if (ref.clock < this.state(ref.client)) {
      const item = Y.getItem(this.#doc.store, Y.createID(ref.client, ref.clock)) as unknown
      return item instanceof Y.Item ? { item } : null
    }
    if (ref.client === by.client && ref.clock >= by.clock) return no('missing') // nobody writes behind what they will write later
    const section = this.#sections.get(ref.client)
    if (!section) return no('gap')
    let [low, high] = [0, section.structs.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const struct = section.structs[middle]!
      if (ref.clock < struct.clock) high = middle - 1
      else if (ref.clock >= struct.clock + struct.len) low = middle + 1
      else return this.where(struct) === null ? null : { struct }
    }
    return no('gap')
  }

  /** Where a struct would stand; null when it would be garbage at once. */
  where(struct: Struct): Where | null {
    if (struct.where !== undefined) return struct.where
    if (struct.busy) no('order')
    struct.busy = true
    const where = struct.gc ? null : this.#place(struct)
    if (where) this.#checkShape(struct, where)
    struct.busy = false
    return (struct.where = where)
  }

  #place(struct: Struct): Where | null {
    if (struct.root !== null) {
      const type = this.#doc.share.get(struct.root)
      return type ? { type: type as Y.AbstractType<unknown>, sub: struct.sub } : no('shape')
    }
    if (struct.parent) {
      const found = this.#locate(struct.parent, struct)
      if (!found) return null
      if ('struct' in found)
        return found.struct.ref === TYPE ? { type: found.struct, sub: struct.sub } : no('shape')
      const { content } = found.item
      if (content instanceof Y.ContentType)
        return { type: content.type as Y.AbstractType<unknown>, sub: struct.sub }
      return found.item.deleted ? null : no('shape')
    }
    const left = struct.origin ? this.#locate(struct.origin, struct) : undefined
    const right = struct.right ? this.#locate(struct.right, struct) : undefined
    if (left === null || right === null) return null
    const [a, b] = [left && whereOf(left), right && whereOf(right)]
    if (a && b && (a.type !== b.type || a.sub !== b.sub)) no('order') // honest clients never name two parents
    return a ?? b ?? no('shape')
  }

  /** Texts hold strings and formatting; maps hold values by key, the newest last. */
  #checkShape(struct: Struct, where: Where): void {
    const kind = kindOf(where.type)
    const inMap =
      kind === MAP &&
      where.sub !== null &&
      struct.right === null &&
      ![STRING, FORMAT].includes(struct.ref)
    const inText =
      kind === TEXT && where.sub === null && [STRING, FORMAT, DELETED].includes(struct.ref)
    if (!inMap && !inText) no('shape')
  }
}

function whereOf(found: { item: Y.Item } | { struct: Struct }): Where {
  if ('struct' in found) return found.struct.where!
  return { type: found.item.parent as Y.AbstractType<unknown>, sub: found.item.parentSub }
}

/** Resolves an update against a document. Refuses by throwing when any part would not apply completely and at once. */
export function analyse(doc: Y.Doc, scan: Scan, mine: (client: number) => boolean): Analysis {
  const resolver = new Resolver(doc, scan)
  const touches: Touch[] = []
  const clocks: [number, number][] = []
  let [fresh, stale] = [0, false]
  for (const section of scan.sections) {
    const known = resolver.state(section.client)
    const end = resolver.end(section.client)
    if (end > known && !mine(section.client)) no('not-your-hand')
    if (section.clock > known) no('gap') // it would wait inside Yjs for what is missing
    if (end > known) clocks.push([section.client, end])
    const keys = new Set<string>()
    for (const struct of section.structs) {
      if (struct.clock + struct.len <= known) {
        stale = true // Yjs ignores what it has
        continue
      }
      if (struct.clock < known) {
        // half known: Yjs puts the rest behind our own struct, whatever neighbour is named
        stale = true
        struct.origin = { client: struct.client, clock: known - 1 }
        struct.root = struct.parent = null
      }
      fresh++
      const where = resolver.where(struct)
      if (where) touches.push(insertion(resolver, struct, where, keys))
    }
  }
  deletions(doc, scan, resolver, touches)
  return { touches, fresh, stale, clocks }
}

function insertion(resolver: Resolver, struct: Struct, where: Where, keys: Set<string>): Touch {
  const { type, sub } = where
  const path = [...resolver.path(type), sub ?? `#${struct.client}:${struct.clock}`]
  let overwrites = false
  if (sub !== null) {
    const standing = isType(type) ? type._map.get(sub) : undefined
    overwrites = standing !== undefined && !standing.deleted
    const name = path.join('/')
    // an honest client names its own latest value of a key; values without history make Yjs walk the whole chain
    if (struct.origin === null && (keys.has(name) || wrote(standing, struct.client))) no('order')
    keys.add(name)
  }
  const { ref, typeRef, values, format, client } = struct
  return { kind: 'insert', path, overwrites, ref, typeRef, values, format, client }
}

function wrote(item: Y.Item | undefined, client: number): boolean {
  let at: Y.Item | null = item ?? null
  for (let n = 0; at && n < 1000; n++, at = at.left) if (at.id.client === client) return true
  return false
}

function deletions(doc: Y.Doc, scan: Scan, resolver: Resolver, touches: Touch[]): void {
  for (const [client, ranges] of scan.deletes) {
    const [known, end] = [resolver.state(client), resolver.end(client)]
    const structs = doc.store.clients.get(client) ?? []
    for (const [clock, len] of ranges) {
      if (clock + len > end) no('gap') // it would wait for what is to be deleted
      const from = clock < known ? Y.findIndexSS(structs, clock) : structs.length
      for (let at = from; at < structs.length && structs[at]!.id.clock < clock + len; at++) {
        const item = structs[at]
        if (!(item instanceof Y.Item) || item.deleted) continue // known deletions are part of every sync step 2
        const holder = (item.parent as Y.AbstractType<unknown>)._item
        if (holder && (holder.deleted || names(scan, holder.id))) continue // judged with what holds it
        touches.push({
          kind: 'delete',
          path: pathOfItem(item),
          overwrites: false,
          ref: refOf(item),
          typeRef: typeRefOf(item),
          values: [],
          format: null,
          client,
        })
      }
    }
  }
}

/** Whether an update's deletions name this operation. */
function names(scan: Scan, { client, clock }: Y.ID): boolean {
  const ranges = scan.deletes.find(([of]) => of === client)?.[1] ?? []
  return ranges.some(([from, len]) => from <= clock && clock < from + len)
}

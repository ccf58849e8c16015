/**
 * The judge: may this update enter, whole or not at all?
 *
 * First the bytes, read strictly; then whose operations they are, whether anything is missing, and
 * what they would touch; then a rehearsal on the stage, whose real effects are checked again. The
 * served document never sees a byte that was not judged.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { ROOTS } from '#live/documents.ts'
import { analyse, type Analysis } from './analyse.ts'
import { applied } from './apply.ts'
import type { Limits, Reason, Stage, Verdict, Writer } from './contract.ts'
import { effects } from './effects.ts'
import { keepsGround } from './ground.ts'
import { holds, isTidying, ruleFor } from './rules.ts'
import { no, Refuse, scan, type Scan } from './scan.ts'

/** Honest, but not allowed: the writer is told. Everything else no honest client sends. */
const MILD = new Set<Reason>(['read-only', 'not-yours', 'voice', 'overwrite', 'too-large'])

const SLICE = 500
const BUDGET_MS = 50
const BUDGET_MS_PER_STRUCT = 0.1

/** Judges one update of one writer and, when it may enter, rehearses it on the stage. */
export function judge(stage: Stage, update: Uint8Array, writer: Writer, limits: Limits): Verdict {
  try {
    return decide(stage, update, writer, limits)
  } catch (error) {
    if (!(error instanceof Refuse)) {
      stage.spoil() // "throws" is not "rejected": a part may be in
      return { kind: 'hostile', reason: 'effect' }
    }
    const { reason } = error
    if (reason === 'gap') return { kind: 'gap' }
    return { kind: MILD.has(reason) ? 'refused' : 'hostile', reason }
  }
}

function decide(stage: Stage, update: Uint8Array, writer: Writer, limits: Limits): Verdict {
  if (update.length > limits.updateBytes) no('too-large')
  const read = scan(update, ROOTS[stage.kind])
  const doc = stage.doc()
  for (const root of ROOTS[stage.kind]) doc.getMap(root)
  const mine = (client: number) => {
    const owner = writer.ownerOf(client)
    return owner === undefined || owner === writer.personId
  }
  const found = analyse(doc, read, mine)
  if (found.fresh === 0 && found.touches.length === 0)
    return { kind: 'accepted', update: null, clocks: [] }
  if (!writer.mayWrite) {
    if (found.fresh === 0 && isTidying(found.touches))
      return { kind: 'accepted', update: null, clocks: [] }
    no('read-only')
  }
  for (const touch of found.touches) {
    const why = ruleFor(stage.kind, touch, writer)
    if (why) no(why)
  }
  const taken = stage.kind === 'board' && keepsGround(doc, found.touches, writer)
  if (taken) no(taken)
  const news = found.stale ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update
  const canonical = rehearse(stage, doc, news, found, read, writer, limits)
  return { kind: 'accepted', update: canonical, clocks: found.clocks }
}

/** Applies the update to the stage and looks at what it really did; a stage that was fooled is thrown away. */
function rehearse(
  stage: Stage,
  doc: Y.Doc,
  update: Uint8Array,
  found: Analysis,
  read: Scan,
  writer: Writer,
  limits: Limits,
): Uint8Array | null {
  let bad: Reason | null = null
  let runs = 0
  const check = (transaction: Y.Transaction) => {
    runs++
    bad ??= effects(transaction, stage.kind, writer)
  }
  const out: Uint8Array[] = []
  const parts = found.fresh > SLICE && !found.stale ? slices(update, read) : [update]
  doc.on('beforeObserverCalls', check)
  try {
    const started = parts.length > 1 ? cpuMs() : 0
    for (const [at, part] of parts.entries()) {
      const news = applied(doc, part)
      if (news) out.push(news)
      const spent = parts.length > 1 ? cpuMs() - started : 0
      if (spent > BUDGET_MS + (at + 1) * SLICE * BUDGET_MS_PER_STRUCT) bad ??= 'budget'
      if (bad) break
    }
  } finally {
    doc.off('beforeObserverCalls', check)
  }
  if (doc.store.pendingStructs || doc.store.pendingDs || runs > parts.length) bad ??= 'effect'
  bad ??= holds(doc, stage.kind, found.touches, writer, limits)
  if (bad) {
    stage.spoil()
    no(bad)
  }
  return out.length > 1 ? Y.mergeUpdates(out) : (out[0] ?? null)
}

/** CPU of this thread: a busy machine must not get honest people refused. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** A long update of one client in slices, so that a cost that grows too fast is noticed early. */
function slices(update: Uint8Array, { sections, deletesAt }: Scan): Uint8Array[] {
  const [section] = sections
  if (!section || sections.length !== 1) return [update]
  const parts: Uint8Array[] = []
  for (let at = 0; at < section.structs.length; at += SLICE) {
    const part = section.structs.slice(at, at + SLICE)
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, part.length)
    encoding.writeVarUint(encoder, section.client)
    encoding.writeVarUint(encoder, part[0]!.clock)
    encoding.writeUint8Array(encoder, update.subarray(part[0]!.start, part.at(-1)!.end))
    const last = at + SLICE >= section.structs.length
    if (last) encoding.writeUint8Array(encoder, update.subarray(deletesAt))
    else encoding.writeVarUint(encoder, 0)
    parts.push(encoding.toUint8Array(encoder))
  }
  return parts
}

/** Words that met a closed document: kept by their writer, sent to the table, taken over. */
import * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { normalise, type Words } from '#plan/words.ts'
import { goalOf, wordsOf } from '#live/documents.ts'
import type { GoalView, ProposalView } from '#live/wire.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as goals from './db/goals.ts'
import type { Tx } from './db/open.ts'
import * as proposals from './db/proposals.ts'
import { told } from './goals.ts'
import { hashOf, newId } from './ids.ts'
import { forkInto, readDocument, Scribe } from './rounds.ts'
import { goalView, proposalView } from './views.ts'

export type Proposing = { goalId: string; words: Words; send: boolean }

/**
 * Keeps somebody's own words for a goal, or sends them to the table as a proposal.
 *
 * What they share with the words they grew from stays with its writers; the rest is theirs.
 * Refuses with `no-access`, `unknown-person` and `no-words`.
 */
export async function propose(
  deps: ActDeps,
  account: Account,
  asked: Proposing,
): Promise<GoalView | Refusal> {
  const found = await goals.find(deps.sql, asked.goalId)
  if (!found) return 'no-access'
  const seat = await seatFor(deps, account, found.planId, 'write')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const words = normalise(asked.words)
  if (words.plainText === '') return 'no-words'
  const known = (id: string | null) => id === null || circle.people.some((p) => p.id === id)
  if (!words.actions.every((action) => known(action.who))) return 'unknown-person'
  const view = await decide(deps, async (tx) => {
    const goal = (await goals.hold(tx, asked.goalId)) ?? refuse('unknown-goal')
    const { planId, id: goalId } = goal
    const documentId = newId()
    const zone = asked.send ? 'shared' : 'draft'
    const ownerId = asked.send ? null : me.id
    await documents.add(tx, {
      planId,
      id: documentId,
      kind: 'goal',
      zone,
      goalId,
      round: null,
      ownerId,
    })
    const scribe = await write(tx, goal, words, me.id)
    await scribe.keep(tx, { planId, id: documentId })
    await documents.close(tx, documentId) // it is read, discussed and taken over, not written in
    const state = asked.send ? 'sent' : 'kept'
    await proposals.add(tx, { planId, documentId, goalId, personId: me.id, words, state })
    if (asked.send) {
      const body = { documentId, hash: hashOf(words) }
      await events.add(tx, { planId, kind: 'proposal-sent', actorId: me.id, goalId, body })
      await goals.change(tx, goal, {})
    }
    return (await goalView(tx, circle, goalId)) ?? refuse('unknown-goal')
  })
  return asked.send ? told(deps, view) : view
}

/** Takes one's own proposal back. It stays on record as withdrawn; kept words are gone for good. */
export async function withdraw(
  deps: ActDeps,
  account: Account,
  documentId: string,
): Promise<GoalView | Refusal> {
  const found = await documents.find(deps.sql, documentId)
  if (!found?.goalId) return 'no-access'
  const goalId = found.goalId
  const seat = await seatFor(deps, account, found.planId, 'write')
  if (isRefusal(seat)) return seat
  const { circle, me } = seat
  const view = await decide(deps, async (tx) => {
    const goal = (await goals.hold(tx, goalId)) ?? refuse('unknown-goal')
    const proposal = (await proposals.hold(tx, documentId)) ?? refuse('unknown-document')
    if (proposal.personId !== me.id) refuse('no-access')
    if (proposal.state === 'taken' || proposal.state === 'withdrawn') refuse('nothing-to-decide')
    if (proposal.state === 'sent') {
      const body = { documentId }
      const { planId } = goal
      await events.add(tx, { planId, kind: 'proposal-withdrawn', actorId: me.id, goalId, body })
      await goals.change(tx, goal, {})
    }
    await proposals.change(tx, documentId, 'withdrawn')
    return (await goalView(tx, circle, goalId)) ?? refuse('unknown-goal')
  })
  return told(deps, view)
}

/** The words somebody keeps for themselves, for no other eyes. */
export async function keptBy(
  deps: ActDeps,
  account: Account,
  goalId: string,
): Promise<ProposalView[] | Refusal> {
  const goal = await goals.find(deps.sql, goalId)
  if (!goal) return 'no-access'
  const seat = await seatFor(deps, account, goal.planId, 'read')
  if (isRefusal(seat)) return seat
  const { me } = seat
  const rows = await proposals.ofPlan(deps.sql, goal.planId, goalId)
  return rows.filter((row) => row.personId === me.id && row.state === 'kept').map(proposalView)
}

/** The newest words of a goal with the proposer's changes laid over them, each in its own hand. */
async function write(tx: Tx, goal: goals.GoalRow, words: Words, me: string): Promise<Scribe> {
  const rows = (await documents.ofPlan(tx, goal.planId)).filter(
    (row) => row.goalId === goal.id && row.round !== null,
  )
  const from = rows.reduce((last, row) => ((row.round ?? 0) > (last.round ?? 0) ? row : last))
  const base = await readDocument(tx, from.id)
  const hands = await documents.hands(tx, from.id)
  const scribe = new Scribe()
  forkInto(scribe, base, hands)
  const before = wordsOf(base)
  base.destroy()
  const { goal: fields, actions, order } = goalOf(scribe.doc)
  scribe.as(me)
  for (const key of ['plainText', 'professionalText', 'success'] as const) {
    const text = fields.get(key)
    if (text instanceof Y.Text) overwrite(text, words[key])
  }
  if (words.area !== before.area) fields.set('area', words.area)
  if (words.reviewOn !== before.reviewOn) fields.set('reviewOn', words.reviewOn)
  const shown = [...actions.keys()]
  if (JSON.stringify(words.actions) !== JSON.stringify(before.actions)) {
    for (const id of shown) {
      actions.delete(id)
      order.delete(id)
    }
    for (const [at, { what, who, when }] of words.actions.entries()) {
      const action = new Y.Map<unknown>()
      action.set('what', new Y.Text(what))
      action.set('when', new Y.Text(when))
      if (who !== null) action.set('who', who)
      const id = newId()
      actions.set(id, action)
      order.set(id, `a${at.toString(36).padStart(3, '0')}`)
    }
  }
  return scribe
}

/** Makes a text read as `now`, leaving what stands at both ends to its writers. */
function overwrite(text: Y.Text, now: string): void {
  const was = text.toString()
  if (was === now) return
  let start = 0
  while (start < Math.min(was.length, now.length) && was[start] === now[start]) start++
  let end = 0
  const room = Math.min(was.length, now.length) - start
  while (end < room && was[was.length - 1 - end] === now[now.length - 1 - end]) end++
  if (/[\udc00-\udfff]/.test(now[start] ?? was[start] ?? '')) start = Math.max(0, start - 1)
  if (/[\udc00-\udfff]/.test(now[now.length - end] ?? was[was.length - end] ?? ''))
    end = Math.max(0, end - 1)
  text.delete(start, was.length - end - start)
  text.insert(start, now.slice(start, now.length - end), {})
}

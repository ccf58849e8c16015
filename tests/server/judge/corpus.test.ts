import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyQuietly } from '#server/sync/judge/apply.ts'
import type { Limits, Verdict, Writer } from '#server/sync/judge/contract.ts'
import { judge } from '#server/sync/judge/judge.ts'
import { read } from '#server/sync/frames.ts'
import {
  ANNA,
  BERT,
  board,
  DROPPED,
  MALLORY,
  MALLORY_2,
  NAMES,
  SERVER,
  stored,
  VIEWER,
  view,
  type Case,
} from '../../hostile/board.ts'
import { build } from '../../hostile/cases.mjs'

const LIMITS: Limits = {
  updateBytes: 524_288,
  documentBytes: 1e9,
  cards: 500,
  fieldCharacters: 20_000,
}
const OWNERS = new Map([
  [SERVER, 'system'],
  [ANNA, 'anna'],
  [BERT, 'bert'],
  [MALLORY, 'mallory'],
  [MALLORY_2, 'mallory'],
  [VIEWER, 'viewer'],
])
const writer = (personId: string, mayWrite: boolean): Writer => ({
  personId,
  mayWrite,
  mayRemoveAnyCard: false,
  mayAdd: () => true,
  ownerOf: (client) => OWNERS.get(client),
  isPerson: (id) => [...OWNERS.values()].includes(id),
  canSpeak: () => true,
})

const cases = build(board(), NAMES)
const judged = cases.filter(
  ({ id, category }) => !(id in DROPPED) && !['awareness', 'handshake'].includes(category),
)

/** Plays the updates of a case against a stage, as a room would. */
function play(one: Case): { doc: Y.Doc; verdicts: Verdict[]; spoiled: number } {
  const served = board()
  let doc: Y.Doc | null = null
  let spoiled = 0
  const stage = {
    kind: 'board' as const,
    doc: () => {
      if (!doc) {
        doc = new Y.Doc()
        applyQuietly(doc, [Y.encodeStateAsUpdate(served)])
      }
      return doc
    },
    spoil: () => {
      spoiled++
      doc = null
    },
  }
  const who = writer(one.as === 'viewer' ? 'viewer' : 'mallory', one.as !== 'viewer')
  const verdicts: Verdict[] = []
  for (const frame of one.frames) {
    if (!('bin' in frame)) continue
    const message = read(frame.bin)
    if (message?.kind !== 'update') continue
    const verdict = judge(stage, message.update, who, LIMITS)
    verdicts.push(verdict)
    if (verdict.kind === 'accepted' && verdict.update) applyQuietly(served, [verdict.update])
    if (verdict.kind === 'hostile') break // the connection is closed
  }
  return { doc: served, verdicts, spoiled }
}

describe('what an attacker sends', () => {
  // ways of writing to a locked goal are ways of writing to a closed document: tried over a socket
  const hostile = judged.filter(
    ({ category }) => !['control', 'lock', 'protocol'].includes(category),
  )
  test.each(hostile.map((one) => [one.id, one.title, one] as const))(
    '%s %s changes nothing',
    (_id, _title, one) => {
      const before = board()
      const { doc, verdicts } = play(one)
      if (one.id === 'D01') {
        expect(verdicts[0]?.kind).toBe('gap') // then the harmless first half may enter
        return
      }
      expect(stored(doc)).toBe(stored(before))
      expect(view(doc)).toBe(view(before))
      for (const verdict of verdicts)
        if (verdict.kind === 'accepted') expect(verdict.update).toBe(null)
      const newcomer = new Y.Doc()
      Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(doc))
      expect(view(newcomer)).toBe(view(before))
    },
  )
  test('every kind of attack is there', () => {
    expect(new Set(hostile.map((one) => one.category))).toEqual(
      new Set([
        'attribution',
        'deferred',
        'poison',
        'content',
        'malformed',
        'resource',
        'read-only',
      ]),
    )
    expect(hostile.length).toBeGreaterThanOrEqual(100)
  })
})

describe('what honest people send', () => {
  const honest = judged.filter(({ category }) => category === 'control')
  test.each(honest.map((one) => [one.id, one.title, one] as const))(
    '%s %s is taken',
    (_id, _title, one) => {
      const before = board()
      const { doc, verdicts, spoiled } = play(one)
      for (const verdict of verdicts) expect(verdict.kind).toBe('accepted')
      expect(spoiled).toBe(0)
      expect(view(doc) !== view(before)).toBe(one.expect.doc === 'changed')
      expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
    },
  )
})

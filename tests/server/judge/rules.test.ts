import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { runsOf } from '#live/attribution.ts'
import {
  addAction,
  addCard,
  boardOf,
  cardText,
  goalOf,
  removeCard,
  startGoal,
  VOICE,
} from '#live/documents.ts'
import { applyQuietly } from '#server/sync/judge/apply.ts'
import type { Limits, Verdict, Writer } from '#server/sync/judge/contract.ts'
import { judge } from '#server/sync/judge/judge.ts'

const LIMITS: Limits = { updateBytes: 100_000, documentBytes: 1e9, cards: 4, fieldCharacters: 200 }
const PEOPLE = ['ria', 'fatima', 'marjan']
const HANDS: Record<number, string> = { 1: 'system', 11: 'ria', 12: 'fatima', 13: 'marjan' }

function table(kind: 'board' | 'goal' = 'board') {
  const start = new Y.Doc()
  start.clientID = 12
  if (kind === 'board') {
    const card = { id: 'c1', kind: 'wish' as const, area: null, text: 'Naar buiten', order: 'a0' }
    addCard(start, { ...card, saidBy: 'ria', basis: 'own_words' })
  } else startGoal(start, 'living', [])
  const served = new Y.Doc()
  Y.applyUpdate(served, Y.encodeStateAsUpdate(start))
  let spoiled = 0
  let doc: Y.Doc | null = null
  const stage = {
    kind,
    doc: () => {
      if (doc) return doc
      doc = new Y.Doc()
      applyQuietly(doc, [Y.encodeStateAsUpdate(served)])
      return doc
    },
    spoil: () => {
      spoiled++
      doc = null
    },
  }
  const send = (client: number, by: (doc: Y.Doc) => void, more: Partial<Writer> = {}): Verdict => {
    const mine = new Y.Doc()
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(stage.doc()))
    mine.clientID = client
    const before = Y.encodeStateVector(mine)
    const deletes: Uint8Array[] = []
    mine.on('update', (update: Uint8Array) => deletes.push(update))
    by(mine)
    const update = deletes.length === 1 ? deletes[0]! : Y.encodeStateAsUpdate(mine, before)
    const writer: Writer = {
      personId: HANDS[client] ?? 'new',
      mayWrite: true,
      mayRemoveAnyCard: client === 12,
      mayAdd: () => true,
      ownerOf: (id) => HANDS[id],
      isPerson: (id) => PEOPLE.includes(id),
      canSpeak: (id, basis) => !(id !== 'ria' && basis.startsWith('own_words')),
      ...more,
    }
    return judge(stage, update, writer, LIMITS)
  }
  return { send, stage, spoiled: () => spoiled }
}
const card = (id: string, more: object = {}) => ({
  id,
  kind: 'point' as const,
  area: null,
  text: 'Nieuw',
  saidBy: 'marjan',
  basis: 'proxy_own_view' as const,
  order: 'a1',
  ...more,
})

test('a card is added, written in and moved by who may write', () => {
  const { send, stage } = table()
  expect(send(13, (doc) => addCard(doc, card('c2'))).kind).toBe('accepted')
  expect(send(11, (doc) => cardText(doc, 'c2')!.insert(0, 'Iets '))).toMatchObject({
    kind: 'accepted',
    clocks: [[11, 5]],
  })
  expect(send(11, (doc) => boardOf(doc).order.set('c2', 'Zz')).kind).toBe('accepted')
  expect(cardText(stage.doc(), 'c2')!.toString()).toBe('Iets Nieuw')
})

test('Omar cannot write with Anna’s hand', () => {
  const { send } = table()
  const asRia = { personId: 'marjan' }
  expect(send(11, (doc) => cardText(doc, 'c1')!.insert(0, 'x'), asRia)).toEqual({
    kind: 'hostile',
    reason: 'not-your-hand',
  })
})

test('who may only read changes nothing, and tidying of formats is let pass in silence', () => {
  const { send, stage } = table()
  const reader = { mayWrite: false }
  expect(send(13, (doc) => cardText(doc, 'c1')!.insert(0, 'x'), reader)).toEqual({
    kind: 'refused',
    reason: 'read-only',
  })
  send(12, (doc) => cardText(doc, 'c1')!.insert(0, 'Zeg', { [VOICE]: 'ria:own_words' }))
  const text = cardText(stage.doc(), 'c1')!
  let format = text._start
  while (format && !(format.content instanceof Y.ContentFormat)) format = format.right
  const update = Uint8Array.from([0, 1, 12, 1, format!.id.clock, 1])
  const writer: Writer = {
    personId: 'x',
    mayWrite: false,
    mayRemoveAnyCard: false,
    mayAdd: () => true,
    ownerOf: (id) => HANDS[id],
    isPerson: () => true,
    canSpeak: () => true,
  }
  expect(judge(stage, update, writer, LIMITS)).toEqual({
    kind: 'accepted',
    update: null,
    clocks: [],
  })
})

test('words typed for somebody carry their voice; other formatting is no part of a text', () => {
  const { send } = table()
  const typed = (attributes: object) =>
    send(12, (doc) => cardText(doc, 'c1')!.insert(0, 'a', attributes))
  expect(typed({ [VOICE]: 'ria:own_words' }).kind).toBe('accepted')
  expect(typed({ [VOICE]: 'fatima:own_words' })).toEqual({ kind: 'refused', reason: 'voice' })
  expect(typed({ [VOICE]: 'nobody:observed' })).toEqual({ kind: 'refused', reason: 'voice' })
  expect(typed({ bold: true })).toEqual({ kind: 'hostile', reason: 'shape' })
})

test('a card that says more than its speaker can is refused whole', () => {
  const { send, stage, spoiled } = table()
  expect(
    send(12, (doc) => addCard(doc, card('c3', { saidBy: 'fatima', basis: 'own_words' }))),
  ).toEqual({ kind: 'refused', reason: 'voice' })
  expect(boardOf(stage.doc()).cards.has('c3')).toBe(false)
  expect(spoiled()).toBe(1)
})

test('what was seen, and what is to be talked about, is put there by who may, and not made of other words', () => {
  const { send } = table()
  const mayAdd = (kind: string) => kind === 'wish'
  const told = { mayAdd, personId: 'marjan' }
  const seen = { kind: 'observation' as const, basis: 'observed' as const }
  for (const more of [{}, seen])
    expect(send(13, (doc) => addCard(doc, card('c4', more)), told)).toEqual({
      kind: 'refused',
      reason: 'not-yours',
    })
  expect(send(13, (doc) => addCard(doc, card('c4', { kind: 'wish' })), told).kind).toBe('accepted')
  const turned = (doc: Y.Doc) => boardOf(doc).cards.get('c4')!.set('kind', 'point')
  expect(send(13, turned, told)).toEqual({ kind: 'refused', reason: 'not-yours' })
  expect(send(13, turned).kind).toBe('accepted')
})

test('a card is taken away by who made it, or by who may take any', () => {
  const { send } = table()
  send(13, (doc) => addCard(doc, card('c2')))
  expect(send(13, (doc) => removeCard(doc, 'c1'))).toEqual({ kind: 'refused', reason: 'not-yours' })
  expect(send(13, (doc) => removeCard(doc, 'c2')).kind).toBe('accepted')
  expect(send(12, (doc) => removeCard(doc, 'c1')).kind).toBe('accepted')
})

test('a shared text is made once: never replaced, never taken away alone', () => {
  const { send } = table()
  const overwrite = { kind: 'refused', reason: 'overwrite' }
  expect(send(12, (doc) => boardOf(doc).cards.get('c1')!.set('text', new Y.Text('ander')))).toEqual(
    overwrite,
  )
  expect(send(12, (doc) => boardOf(doc).cards.get('c1')!.delete('text'))).toEqual(overwrite)
  expect(send(12, (doc) => addCard(doc, card('c1')))).toEqual(overwrite)
})

test('values are what their field has a place for', () => {
  const { send } = table()
  const set = (key: string, value: unknown) =>
    send(12, (doc) => boardOf(doc).cards.get('c1')!.set(key, value)).kind
  expect([
    set('kind', 'point'),
    set('area', 'mental'),
    set('about', 'x'),
    set('reaction', 'liked'),
    set('often', 'sometimes'),
    set('pair', 'p1'),
    set('corrects', 'c9'),
  ]).toEqual(Array(7).fill('accepted'))
  expect([
    set('reaction', 'loved'),
    set('often', 7),
    set('about', 'two words'),
    set('kind', 'shout'),
    set('area', 'moon'),
    set('saidBy', 'nobody'),
    set('isAdmin', true),
  ]).toEqual(Array(7).fill('hostile'))
})

test('a goal takes its words, its day, its wishes and its actions', () => {
  const { send } = table('goal')
  expect(
    send(11, (doc) => (goalOf(doc).goal.get('plainText') as Y.Text).insert(0, 'Lopen')).kind,
  ).toBe('accepted')
  expect(send(12, (doc) => addAction(doc, 'a1', 'fatima', 'a0')).kind).toBe('accepted')
  expect(send(12, (doc) => goalOf(doc).goal.set('wishes', ['c1', 'c2'])).kind).toBe('accepted')
  expect(send(12, (doc) => goalOf(doc).goal.set('reviewOn', '2026-09-01')).kind).toBe('accepted')
  expect(send(12, (doc) => goalOf(doc).goal.set('reviewOn', '1 september')).kind).toBe('hostile')
  expect(send(12, (doc) => doc.getMap('cards').set('c1', 'x')).kind).toBe('hostile')
})

test('limits are met whole: too many cards, too long a text, too large an update', () => {
  const { send, stage } = table()
  const large = { kind: 'refused', reason: 'too-large' }
  expect(send(12, (doc) => cardText(doc, 'c1')!.insert(0, 'x'.repeat(300)))).toEqual(large)
  expect(send(12, (doc) => cardText(doc, 'c1')!.insert(0, 'x'.repeat(100_001)))).toEqual(large)
  for (const id of ['c2', 'c3', 'c4'])
    expect(send(12, (doc) => addCard(doc, card(id))).kind).toBe('accepted')
  expect(send(12, (doc) => addCard(doc, card('c5')))).toEqual(large)
  expect(cardText(stage.doc(), 'c1')!.toString()).toBe('Naar buiten')
})

test('what is missing is asked for, and nothing waits', () => {
  const { stage, send } = table()
  const mine = new Y.Doc()
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(stage.doc()))
  mine.clientID = 11
  const updates: Uint8Array[] = []
  mine.on('update', (update: Uint8Array) => updates.push(update))
  cardText(mine, 'c1')!.insert(0, 'een')
  cardText(mine, 'c1')!.insert(3, ' twee')
  const writer: Writer = {
    personId: 'ria',
    mayWrite: true,
    mayRemoveAnyCard: false,
    mayAdd: () => true,
    ownerOf: (id) => HANDS[id],
    isPerson: () => true,
    canSpeak: () => true,
  }
  expect(judge(stage, updates[1]!, writer, LIMITS)).toEqual({ kind: 'gap' })
  expect(judge(stage, updates[0]!, writer, LIMITS).kind).toBe('accepted')
  expect(judge(stage, updates[0]!, writer, LIMITS)).toEqual({
    kind: 'accepted',
    update: null,
    clocks: [],
  })
  expect(judge(stage, updates[1]!, writer, LIMITS).kind).toBe('accepted')
  expect(send(13, () => {}).kind).toBe('accepted')
})

test('others write in a card with the client’s own words, each stretch in its own hand', () => {
  const { send, stage } = table()
  expect(send(13, (doc) => cardText(doc, 'c1')!.insert(0, 'Zeker. ')).kind).toBe('accepted')
  const [first] = runsOf(cardText(stage.doc(), 'c1')!)
  expect(first).toMatchObject({ text: 'Zeker. ', clientId: 13 })
})

test('nobody makes words somebody’s own, or takes that away, but who wrote or who speaks', () => {
  const { send } = table()
  const ground = (client: number, id: string, basis: string) =>
    send(client, (doc) => boardOf(doc).cards.get(id)!.set('basis', basis))
  send(13, (doc) => addCard(doc, card('c2', { saidBy: 'ria', basis: 'earlier_statement' })))
  expect(ground(12, 'c2', 'own_words')).toEqual({ kind: 'refused', reason: 'not-yours' })
  expect(ground(13, 'c1', 'observed')).toEqual({ kind: 'refused', reason: 'not-yours' })
  expect(ground(11, 'c1', 'own_words_supported').kind).toBe('accepted')
  // lifting the ground and changing the words in one go is seen as well
  const both = (doc: Y.Doc) => {
    boardOf(doc).cards.get('c1')!.set('basis', 'earlier_statement')
    cardText(doc, 'c1')!.insert(0, 'x')
  }
  expect(send(13, (doc) => doc.transact(() => both(doc))).kind).toBe('refused')
})

test('a correction and a move leave her words as they are, and are everybody’s', () => {
  const { send, stage } = table()
  expect(
    send(13, (doc) => addCard(doc, card('c2', { corrects: 'c1', text: 'Niet bij regen.' }))).kind,
  ).toBe('accepted')
  expect(send(13, (doc) => boardOf(doc).cards.get('c1')!.set('area', 'mental')).kind).toBe(
    'accepted',
  )
  expect(cardText(stage.doc(), 'c1')!.toString()).toBe('Naar buiten')
})

test('a wish that nobody said stands only with the reason why we think it', () => {
  const { send } = table()
  const presumed = { kind: 'wish', saidBy: 'fatima', basis: 'presumed', about: 'c1' }
  expect(send(12, (doc) => addCard(doc, card('c2', presumed)))).toEqual({
    kind: 'refused',
    reason: 'voice',
  })
  const because = 'ze lacht als de bloemen komen'
  expect(send(12, (doc) => addCard(doc, card('c3', { ...presumed, because }))).kind).toBe(
    'accepted',
  )
})

/** Words that must be forgotten: gone from every table and every memory, and they do not come back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addCard, cardText, readCards } from '#live/documents.ts'
import { ownDraft } from '#server/drafts.ts'
import { eraseCard } from '#server/erasing.ts'
import { addRemark } from '#server/remarks.ts'
import { moveCard } from '#server/zones.ts'
import * as documents from '#server/db/documents.ts'
import * as events from '#server/db/events.ts'
import { firstBreak } from '#server/chain.ts'
import { proofOf } from '#server/proof.ts'
import { exportJson } from '#server/export/json.ts'
import { table, until, type Guest, type Pen, type Table } from '../table.ts'
import { whereIs as whereabouts } from '../whereabouts.ts'

let here: Table
let ria: Guest
let fatima: Guest
let marjan: Guest
let shared: string
beforeAll(async () => {
  here = await table()
  ria = await here.person('ria')
  fatima = await here.person('fatima')
  marjan = await here.person('marjan')
  shared = await here.board('shared')
})
afterAll(() => here.close())

const SECRET = 'Zeepaardje-4711'
const card = (id: string, text: string) => ({
  id,
  kind: 'point' as const,
  area: null,
  text,
  saidBy: marjan.id,
  basis: 'own_words' as const,
  order: 'a0V',
})
const has = (pen: Pen, id: string) => readCards(pen.doc).some((one) => one.id === id)
const bytes = (pen: Pen) => Buffer.from(Y.encodeStateAsUpdate(pen.doc))

const whereIs = (words: string) => whereabouts(here.app, words)

test('D20: erased words are in no table, no memory, no export; a screen that was away cannot bring them back', async () => {
  const { app } = here
  const m = await marjan.open(shared).synced()
  const f = await fatima.open(shared).synced()
  addCard(m.doc, card('seahorse', `${SECRET} is mijn bijnaam.`))
  addCard(m.doc, card('other', 'Dit blijft.'))
  await m.stored()
  await until(() => has(f, 'seahorse'))
  const agenda = [
    { id: 'x', cardId: 'seahorse', title: SECRET },
    { id: 'y', cardId: null, title: 'Koffie' },
  ]
  const { sql } = app.db
  await sql`insert into meeting ${sql({
    plan_id: 'plan-01',
    id: 'm1',
    on_at: new Date(),
    people: sql.json([]),
    planned_by: fatima.id,
    state: 'cancelled',
    body: sql.json({ agenda }),
  })}`
  expect(await whereIs(SECRET)).toEqual(['document_update.data', 'meeting.body'])

  // Marjan's train goes into a tunnel; she writes on, in the very words that must go
  m.provider.disconnect()
  cardText(m.doc, 'seahorse')!.insert(0, 'Kleine ')
  const old = Y.encodeStateAsUpdate(m.doc)

  const ask = (who: Guest, askedBy: string) =>
    eraseCard(app.acts, who.account, { documentId: shared, cardId: 'seahorse', askedBy })
  expect(await ask(ria, ria.id)).toBe('no-access') // she asks; who answers for the plan does it
  expect(await ask(marjan, marjan.id)).toBe('no-access')
  expect(await ask(fatima, marjan.id)).toBe('unknown-person')
  expect(await ask(fatima, ria.id)).toEqual({ documentId: shared, cards: ['seahorse'] })

  await until(() => !has(f, 'seahorse'))
  expect(bytes(f).includes(SECRET)).toBe(false)
  expect(await whereIs(SECRET)).toEqual([])
  expect(await whereIs('Koffie')).toContain('meeting.body')
  expect(JSON.stringify(await exportJson(app, ria.account, 'plan-01'))).not.toContain(SECRET)

  m.provider.connect()
  await until(() => m.provider.synced && !has(m, 'seahorse'))
  addCard(m.doc, card('back', 'Ik ben er weer.'))
  await m.stored()
  await until(() => has(f, 'back') && has(f, 'other'))
  Y.applyUpdate(m.doc, old) // and once more by hand, as a program of one's own would
  addCard(m.doc, card('again', 'Nog een keer.'))
  await m.stored()
  const late = await ria.open(shared).synced()
  expect(has(late, 'seahorse') || bytes(late).includes(SECRET)).toBe(false)
  expect(has(late, 'again')).toBe(true)
  expect(await whereIs(SECRET)).toEqual([])
  const stored = await documents.content(app.db.sql, shared)
  expect(stored.updates.some((update) => Buffer.from(update).includes(SECRET))).toBe(false)
})

test('that it was done, by whom and at whose request stays; the record still holds', async () => {
  const { sql } = here.app.db
  const told = (await events.ofPlan(sql, 'plan-01')).filter(({ kind }) => kind === 'words-erased')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ actorId: fatima.id, body: { askedBy: ria.id } })
  expect(JSON.stringify(told)).not.toContain(SECRET)
  expect(firstBreak(await proofOf(sql, 'plan-01'))).toBe(null)
})

test('the client erases her own words in her own zone by herself', async () => {
  const own = await here.board('client')
  const r = await ria.open(own).synced()
  addCard(r.doc, { ...card('mine', `${SECRET} ook`), saidBy: ria.id })
  await r.stored()
  const of = { documentId: own, cardId: 'mine', askedBy: ria.id }
  expect(await eraseCard(here.app.acts, fatima.account, of)).toBe('no-access')
  expect(await eraseCard(here.app.acts, ria.account, of)).toMatchObject({ cards: ['mine'] })
  expect(await whereIs(SECRET)).toEqual([])
})

test('a room that did not hear of it reads what took the place of its log', async () => {
  const f = await fatima.open(shared).synced()
  const { app } = here
  const row = (await documents.find(app.db.sql, shared))!
  const whole = new Y.Doc()
  for (const update of (await documents.content(app.db.sql, shared)).updates)
    Y.applyUpdate(whole, update)
  whole.getMap('cards').delete('again')
  await app.db.sql.begin((tx) => documents.rewrite(tx, row, Y.encodeStateAsUpdate(whole)))
  addCard(f.doc, card('next', 'En door.'))
  await f.stored()
  await until(() => !has(f, 'again') && has(f, 'next'))
  expect(f.closes).toEqual([])
})

test('what was said beside a card goes with it, and the draft it came from forgets it too', async () => {
  const { app } = here
  const { sql } = app.db
  const draft = await ownDraft(app.acts, fatima.account, 'plan-01')
  if (typeof draft === 'string') throw new Error(draft)
  const f = await fatima.open(draft.documentId).synced()
  const said = { saidBy: ria.id, basis: 'own_words' as const }
  addCard(f.doc, { ...card('drafted', `${SECRET} stond eerst apart.`), ...said })
  await f.stored()
  const to = { from: draft.documentId, to: shared, cardId: 'drafted' }
  expect(await moveCard(app.acts, fatima.account, to)).toMatchObject({ cards: ['drafted'] })
  const beside = {
    planId: 'plan-01',
    documentId: shared,
    cardId: 'drafted',
    kind: 'remark',
  } as const
  const remark = await addRemark(app.acts, marjan.account, { ...beside, text: `Ja, ${SECRET}.` })
  if (typeof remark === 'string') throw new Error(remark)
  await expect(sql`delete from remark where id = ${remark.id}`).rejects.toThrow('only added to')
  const [meeting] = await sql<{ id: string }[]>`select id from meeting limit 1`
  await sql`insert into preparation ${sql({
    plan_id: 'plan-01',
    meeting_id: meeting!.id,
    person_id: fatima.id,
    answers: sql.json({ changed: SECRET, worries: 'Dit blijft staan.' }),
    cards: sql.json({ changed: 'drafted' }),
    handed_in: sql.json({ changed: SECRET }),
  })}`
  expect(await whereIs(SECRET)).toEqual([
    'document_update.data',
    'preparation.answers',
    'preparation.handed_in',
    'remark.text',
  ])
  const of = { documentId: shared, cardId: 'drafted', askedBy: ria.id }
  expect(await eraseCard(app.acts, fatima.account, of)).toMatchObject({ cards: ['drafted'] })
  expect(await whereIs(SECRET)).toEqual([])
  expect(await whereIs('Dit blijft staan.')).toEqual(['preparation.answers'])
  expect(firstBreak(await proofOf(sql, 'plan-01'))).toBe(null)
  addCard(f.doc, { ...card('after', 'En verder.'), ...said })
  await f.stored() // the draft that was open all along still takes words
})

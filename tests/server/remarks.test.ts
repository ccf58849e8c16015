import { afterAll, beforeAll, expect, test } from 'vitest'
import { threads } from '#plan/remarks.ts'
import { createGoal } from '#server/goals.ts'
import * as events from '#server/db/events.ts'
import { addRemark, readRemarks, resolveRemark } from '#server/remarks.ts'
import { planPage } from '#server/plans.ts'
import { boardOf, addCard } from '#live/documents.ts'
import { table, type Table } from '../table.ts'

let t: Table
beforeAll(async () => (t = await table()))
afterAll(() => t.close())

async function goal() {
  const fatima = await t.person('fatima')
  const made = await createGoal(t.app.acts, fatima.account, {
    planId: 'plan-01',
    area: 'living',
    wishes: [],
  })
  if (typeof made === 'string') throw new Error(made)
  return made.id
}
const planId = 'plan-01'

test('a question about a goal is answered and said to be dealt with, and everything stays to be read', async () => {
  const [marjan, fatima] = [await t.person('marjan'), await t.person('fatima')]
  const goalId = await goal()
  const { acts } = t.app
  const asked = await addRemark(acts, marjan.account, {
    planId,
    goalId,
    kind: 'question',
    text: '  Is dat   veilig? ',
  })
  if (typeof asked === 'string') throw new Error(asked)
  expect(asked).toMatchObject({
    text: 'Is dat veilig?',
    saidBy: marjan.id,
    basis: 'proxy_own_view',
  })
  await addRemark(acts, fatima.account, {
    planId,
    goalId,
    kind: 'remark',
    text: 'Ik loop mee.',
    answers: asked.id,
  })
  expect(await resolveRemark(acts, fatima.account, asked.id)).toMatchObject({
    resolvedBy: fatima.id,
  })
  // once is enough
  expect(await resolveRemark(acts, marjan.account, asked.id)).toMatchObject({
    resolvedBy: fatima.id,
  })
  const all = await readRemarks(acts, marjan.account, planId)
  if (typeof all === 'string') throw new Error(all)
  const [thread] = threads(all.filter((remark) => remark.goalId === goalId))
  expect(thread?.answers.map(({ text }) => text)).toEqual(['Ik loop mee.'])
  const kinds = (await events.ofPlan(t.app.db.sql, planId)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind.startsWith('remark'))).toEqual([
    'remark-made',
    'remark-made',
    'remark-resolved',
  ])
  await expect(t.app.db.sql`update remark set text = 'anders'`).rejects.toThrow('only added to')
})

test('what the client says stands as hers, in the hand that wrote it down', async () => {
  const [ria, fatima] = [await t.person('ria'), await t.person('fatima')]
  const goalId = await goal()
  const asked = { planId, goalId, kind: 'remark' as const, text: 'Ik heb er zin in.' }
  expect(
    await addRemark(t.app.acts, fatima.account, { ...asked, saidBy: ria.id, basis: 'own_words' }),
  ).toMatchObject({ saidBy: ria.id, personId: fatima.id, basis: 'own_words' })
  expect(await addRemark(t.app.acts, fatima.account, { ...asked, basis: 'own_words' })).toBe(
    'not-for-her',
  )
})

test('what is said about a card of the care stays with who may read the care', async () => {
  const [marjan, bakker] = [await t.person('marjan'), await t.person('bakker')]
  const documentId = await t.board('care')
  const asked = { planId, documentId, cardId: 'c1', kind: 'remark' as const, text: 'Lage druk.' }
  const before = (await events.ofPlan(t.app.db.sql, planId)).length
  expect(await addRemark(t.app.acts, marjan.account, asked)).toBe('no-access')
  expect(await addRemark(t.app.acts, bakker.account, asked)).toMatchObject({ cardId: 'c1' })
  const seen = async (who: typeof marjan) => {
    const page = await planPage(t.app, who.account, planId)
    return typeof page === 'string' ? [] : page.remarks.map(({ text }) => text)
  }
  expect(await seen(bakker)).toContain('Lage druk.')
  expect(await seen(marjan)).not.toContain('Lage druk.')
  // nor does the chain, which everyone may read, hold a trace of it
  expect(await events.ofPlan(t.app.db.sql, planId)).toHaveLength(before)
})

test('bad remarks are refused by name', async () => {
  const [marjan, toos] = [await t.person('marjan'), await t.person('toos', 'plan-03')]
  const goalId = await goal()
  const asked = { planId, goalId, kind: 'remark' as const, text: 'x' }
  const { acts } = t.app
  expect(await addRemark(acts, marjan.account, { ...asked, text: '  ' })).toBe('nothing-said')
  expect(await addRemark(acts, toos.account, asked)).toBe('no-access')
  expect(await addRemark(acts, marjan.account, { ...asked, saidBy: 'nobody' })).toBe(
    'unknown-person',
  )
  expect(await addRemark(acts, marjan.account, { ...asked, answers: 'nothing' })).toBe(
    'unknown-remark',
  )
  expect(await addRemark(acts, marjan.account, { planId, kind: 'remark', text: 'x' })).toBe(
    'unknown-document',
  )
  expect(await resolveRemark(acts, marjan.account, 'nothing')).toBe('no-access')
})

test('a card that others add or change is new until the reader has seen it, one’s own never', async () => {
  const { ownDraft } = await import('#server/drafts.ts')
  const { leaveBoard } = await import('#server/seen.ts')
  const [marjan, joost] = [await t.person('marjan'), await t.person('joost')]
  const news = async (who: typeof marjan) => {
    const page = await planPage(t.app, who.account, planId)
    if (typeof page === 'string') throw new Error(page)
    return page.boards.flatMap(({ cards }) =>
      cards.filter((card) => card.news).map(({ text, news }) => `${news}: ${text}`),
    )
  }
  expect(await news(joost)).toEqual([]) // the first look: nothing is news
  const pen = await marjan.open(await t.board()).synced()
  addCard(pen.doc, {
    id: 'k1',
    kind: 'point',
    area: null,
    text: 'Kapper',
    saidBy: marjan.id,
    basis: 'proxy_own_view',
    order: 'z1',
  })
  await pen.stored()
  expect(await news(joost)).toEqual(['new: Kapper'])
  expect(await news(marjan)).toEqual([])
  // leaving and coming back at once is the same visit; after a while it is a new one
  await leaveBoard(t.app, joost.account, planId, false)
  expect(await news(joost)).toEqual(['new: Kapper'])
  await t.app.db.sql`update seen set seen_at = now() - interval '2 hours'`
  expect(await news(joost)).toEqual([])
  ;(boardOf(pen.doc).cards.get('k1')!.get('text') as import('yjs').Text).insert(6, ' Annie')
  await pen.stored()
  expect(await news(joost)).toEqual(['changed: Kapper Annie'])
  await leaveBoard(t.app, joost.account, planId, true)
  expect(await news(joost)).toEqual([])

  const mine = await ownDraft(t.app.acts, marjan.account, planId)
  expect(await ownDraft(t.app.acts, marjan.account, planId)).toEqual(mine)
  if (typeof mine === 'string') throw new Error(mine)
  const draft = await marjan.open(mine.documentId).synced()
  addCard(draft.doc, {
    id: 'd1',
    kind: 'point',
    area: null,
    text: 'Nog niet delen',
    saidBy: marjan.id,
    basis: 'proxy_own_view',
    order: 'a0',
  })
  await draft.stored()
  const others = joost.open(mine.documentId)
  await expect(others.synced()).rejects.toThrow('4403')
  const page = await planPage(t.app, joost.account, planId)
  expect(JSON.stringify(page)).not.toContain('Nog niet delen')
})

/** A whole plan is forgotten: by whom, on what ground, and that nothing of it is left or comes back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { io } from 'socket.io-client'
import { isRetentionOver } from '#plan/retention.ts'
import { isRefusal } from '#plan/refusals.ts'
import { addCard } from '#live/documents.ts'
import { firstBreak, firstGap } from '#server/chain.ts'
import { endAccess } from '#server/circle.ts'
import * as accounts from '#server/db/accounts.ts'
import { erased, erasure } from '#server/db/erasing.ts'
import * as documents from '#server/db/documents.ts'
import { ownDraft } from '#server/drafts.ts'
import { erasePlan, type ErasingPlan } from '#server/erasing-plan.ts'
import { exportJson } from '#server/export/json.ts'
import { FORGOTTEN, forgetPerson } from '#server/forgetting.ts'
import { organisationAudit } from '#server/organisation.ts'
import { readPlan } from '#server/plans.ts'
import { proofOf } from '#server/proof.ts'
import { addRemark } from '#server/remarks.ts'
import { goalViews } from '#server/views.ts'
import { table, until, type Guest, type Pen, type Table } from '../table.ts'
import { whereIs } from '../whereabouts.ts'

const SECRET = 'Zeepaardje-4711'
const PLAN = 'plan-10' // with a zone of her own, two children, and words nobody may know
let here: Table
let syl: Guest
let roy: Guest
let esther: Guest
beforeAll(async () => {
  here = await table()
  syl = await here.person('syl', PLAN)
  roy = await here.person('roy', PLAN)
  esther = await here.person('esther', PLAN)
})
afterAll(() => here.close())

async function writeIn(who: Guest, documentId: string): Promise<Pen> {
  const pen = await who.open(documentId).synced()
  const voice = { saidBy: syl.id, basis: 'own_words' as const }
  const id = `card-${documentId}`
  addCard(pen.doc, { id, kind: 'point', area: null, text: `${SECRET}!`, order: 'zz', ...voice })
  await pen.stored()
  return pen
}

test('a plan is kept for twenty years after the last decision', () => {
  const last = new Date('2006-05-01T12:00:00Z')
  expect(isRetentionOver(last, new Date('2026-05-01T11:59:00Z'))).toBe(false)
  expect(isRetentionOver(last, new Date('2026-05-01T12:00:00Z'))).toBe(true)
  expect(isRetentionOver(null, new Date())).toBe(true)
})

test('who left is forgotten by name; the record, the answers and every hash hold', async () => {
  const { app } = here
  const { sql } = app.db
  const linda = await here.person('linda', PLAN)
  const forget = (who: Guest, personId: string) =>
    forgetPerson(app.acts, who.account, { planId: PLAN, personId })
  expect(await forget(syl, linda.id)).toBe('record-needs-them') // she still sits here
  const ended = await endAccess(app.acts, syl.account, { planId: PLAN, personId: linda.id })
  expect(isRefusal(ended)).toBe(false)
  expect(await forget(roy, linda.id)).toBe('no-access')
  expect(await forget(syl, esther.id)).toBe('record-needs-them')
  expect(await forget(syl, linda.id)).toEqual({ personId: linda.id })
  expect(await forget(syl, linda.id)).toBe('nothing-to-decide')
  const person = (await app.seats.circle(PLAN)).people.find(({ id }) => id === linda.id)!
  expect(person).toMatchObject({ name: FORGOTTEN, role: 'relative', relation: null })
  expect(await accounts.byEmail(sql, 'linda@plan-10.example')).toBeUndefined()
  expect(await whereIs(app, 'Linda Kartosen')).toEqual([])
  const file = JSON.stringify(await exportJson(app, syl.account, PLAN))
  expect(file).not.toContain('Linda Kartosen')
  expect(file).toContain(linda.id)
  expect(firstBreak(await proofOf(sql, PLAN))).toBe(null)
})

test('only the professional who answers for it erases a plan, asked by who may, with the name once more', async () => {
  const { app } = here
  const asked: ErasingPlan = { planId: PLAN, ground: 'request', askedBy: syl.id, name: 'tante Syl' }
  const erase = (who: Guest, more: Partial<ErasingPlan> = {}) =>
    erasePlan(app.acts, who.account, { ...asked, ...more })
  expect(await erase(syl)).toBe('no-access') // she asks; who answers for the plan does it
  expect(await erase(roy)).toBe('no-access')
  expect(await erase(await here.person('fatima', 'plan-01'))).toBe('no-access')
  expect(await erase(esther, { askedBy: roy.id })).toBe('unknown-person')
  expect(await erase(esther, { name: 'Ria' })).toBe('name-differs')
  expect(await erase(esther, { ground: 'retention-over' })).toBe('still-kept')
  expect(isRefusal(await readPlan(app, syl.account, PLAN))).toBe(false)
})

test('nothing of it is left in any table or memory, nobody can look, and no screen brings it back', async () => {
  const { app } = here
  const { sql } = app.db
  const draft = await ownDraft(app.acts, roy.account, PLAN)
  if (isRefusal(draft)) throw new Error(draft)
  const board = await here.board('shared', PLAN)
  const pens = [
    await writeIn(roy, draft.documentId),
    await writeIn(roy, board),
    await writeIn(syl, await here.board('client', PLAN)),
    await writeIn(esther, await here.board('care', PLAN)),
  ]
  const circle = await app.seats.circle(PLAN)
  const goals = await goalViews(sql, circle)
  const beside = { planId: PLAN, goalId: goals[0]!.id, kind: 'remark' as const }
  await addRemark(app.acts, roy.account, { ...beside, text: `Nog iets: ${SECRET}` })
  const old = Y.encodeStateAsUpdate(pens[1]!.doc)
  const away = await roy.open(board).synced()
  away.provider.disconnect() // his train goes into a tunnel
  const socket = io(here.base.replace('ws', 'http'), {
    transports: ['websocket'],
    extraHeaders: { cookie: roy.cookie },
  })
  let left = ''
  socket.on('ended', (planId: string) => (left = planId))
  await socket.timeout(5000).emitWithAck('join', PLAN)

  expect((await whereIs(app, SECRET)).length).toBeGreaterThan(1)
  const before = await proofOf(sql, PLAN)
  const rooms = (await documents.ofPlan(sql, PLAN)).map(({ id }) => id)
  expect(rooms.filter((id) => app.rooms.open(id)).length).toBeGreaterThan(3)
  const words = goals.map(({ words: { plainText } }) => plainText)

  const asked = { planId: PLAN, ground: 'request', askedBy: syl.id, name: ' Tante syl ' } as const
  expect(await erasePlan(app.acts, esther.account, asked)).toEqual({ planId: PLAN })

  await until(() => pens.every(({ closedWith }) => closedWith !== null))
  expect(new Set(pens.map(({ closedWith }) => closedWith)).size).toBe(1)
  await until(() => left === PLAN)
  expect(rooms.filter((id) => app.rooms.open(id))).toEqual([])
  for (const gone of [SECRET, 'Kartosen', 'Hermine', ...words])
    expect(await whereIs(app, gone), gone).toEqual([])
  expect(await whereIs(app, PLAN)).toEqual([
    'access_log.plan_id',
    'account.email', // of who works in care: her demo address is called after the plan
    'erased_link.plan_id',
    'plan_erasure.plan_id',
  ])
  expect(await readPlan(app, esther.account, PLAN)).toBe('no-access')
  expect(await exportJson(app, esther.account, PLAN)).toBe('no-access')

  away.provider.connect()
  Y.applyUpdate(away.doc, old)
  await until(() => away.closedWith !== null || away.closes.includes(4401))
  expect(await whereIs(app, SECRET)).toEqual([])

  // what stays: that it was done, and how its record was chained
  expect(await erasure(sql, PLAN)).toMatchObject({ ground: 'request', askedBy: 'client' })
  const [left2] = await erased(sql)
  expect(left2!.links.map(({ hash }) => hash)).toEqual(before.events.map(({ hash }) => hash))
  expect(firstGap(left2!.count, left2!.links)).toBe(null)
  expect(firstGap(left2!.count, left2!.links.slice(0, -1))).toMatch('is missing')
  await expect(sql`delete from plan_erasure`).rejects.toThrow('stays on record')
  await expect(sql`delete from erased_link`).rejects.toThrow('stays on record')
  socket.disconnect()
})

test('who sat nowhere else has no account any more; who works in care keeps theirs; the log of who looked stays', async () => {
  const { app } = here
  const { sql } = app.db
  for (const key of ['syl', 'roy', 'anjali'])
    expect(await accounts.byEmail(sql, `${key}@${PLAN}.example`), key).toBeUndefined()
  expect(await accounts.byEmail(sql, `esther@${PLAN}.example`)).toBeDefined()
  expect(await app.accountOf(roy.cookie)).toBe(null)
  const carla = await accounts.byEmail(sql, 'carla@lindehof.example')
  const cookie = await app.sessions.start(carla!.id, 'substantial')
  const account = (await app.accountOf(`${cookie.name}=${cookie.value}`))!
  const lines = await organisationAudit(app, account, 'lindehof', {})
  if (isRefusal(lines)) throw new Error(lines)
  expect(lines.some(({ planId, act }) => planId === PLAN && act === 'erase-plan')).toBe(true)
})

test('the record of every other plan still refuses to be taken away', async () => {
  const { sql } = here.app.db
  for (const name of ['event', 'answer', 'goal_version', 'plan_day'])
    await expect(sql`delete from ${sql(name)} where plan_id = 'plan-01'`, name).rejects.toThrow(
      /only added to/,
    )
  expect(firstBreak(await proofOf(sql, 'plan-01'))).toBe(null)
})

/** What is stored, on the embedded database and on a PostgreSQL server: one suite for both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { goalOf, wordsOf } from '#live/documents.ts'
import type { GoalView } from '#live/wire.ts'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import { firstBreak } from '#server/chain.ts'
import * as documents from '#server/db/documents.ts'
import * as events from '#server/db/events.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Sql, Tx } from '#server/db/open.ts'
import * as plans from '#server/db/plans.ts'
import { proofOf } from '#server/proof.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { Log, type Batch, type Outcome } from '#server/sync/log.ts'
import { warmDoor } from '#server/sync/warm.ts'
import { startPostgres, type PostgresServer } from '../../postgres.ts'
import { table, until, type Guest, type Table } from '../../table.ts'

let server: PostgresServer
beforeAll(async () => (server = await startPostgres()))
afterAll(() => server.remove())

const KINDS = {
  embedded: () => Promise.resolve({}),
  server: async () => ({ DATABASE_URL: await server.database() }),
}

/** The tables that are only added to. */
const RECORD = [
  'answer',
  'asked_for_her',
  'consent',
  'delivery',
  'dissent',
  'earlier_refusal',
  'event',
  'goal_version',
  'judgement',
  'mark',
  'meeting_correction',
  'meeting_report',
  'meeting_set',
  'own_plan_item',
  'own_plan_outcome',
  'plan_day',
  'plan_topic',
  'plan_version',
  'remark',
  'remark_resolved',
  'representation',
  'review',
  'wish_not_followed',
]

/** Puts a row into a table that may be empty, whatever it says; within a transaction that fails. */
async function withOneRow(tx: Tx, table: string): Promise<void> {
  const some = await tx`select 1 from ${tx(table)} limit 1`
  if (some.length > 0) return
  const rules = await tx<{ name: string }[]>`
    select conname as name from pg_constraint
    where conrelid = ${table}::regclass and contype in ('f', 'c')`
  for (const { name } of rules) await tx`alter table ${tx(table)} drop constraint ${tx(name)}`
  const columns = await tx<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_name = ${table} and is_nullable = 'NO' and column_default is null
      and is_identity = 'NO'`
  const values: Record<string, string> = {
    integer: '1',
    bigint: '1',
    boolean: 'true',
    date: '2026-06-18',
    'timestamp with time zone': '2026-06-18T12:00:00Z',
    jsonb: '{}',
    ARRAY: '{}',
  }
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const row = columns.map(({ type }) => `'${values[type] ?? 'x'}'`).join(', ')
  await tx.unsafe(`insert into "${table}" (${names}) values (${row})`)
}

/** One room's worth for the log: hands over one batch, remembers what became of it. */
const handing = (batch: Batch) => {
  let given: Batch | null = batch
  const outcomes: Outcome[] = []
  const take = () => {
    const now = given
    given = null
    return now
  }
  return { outcomes, take, settled: (_: Batch, outcome: Outcome) => void outcomes.push(outcome) }
}

const goal = (value: unknown): GoalView => {
  if (isRefusal(value)) throw new Error(value)
  return value as GoalView
}

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('on the %s database', (kind) => {
  let t: Table
  let sql: Sql
  beforeAll(async () => {
    t = await table(await KINDS[kind]())
    sql = t.app.db.sql
  })
  afterAll(() => t.close())

  /** An open document of its own for one test. */
  const draft = async (id: string) => {
    const row = { planId: 'plan-01', id, kind: 'board', zone: 'shared' } as const
    await documents.add(sql, { ...row, goalId: null, round: null, ownerId: null })
    return row
  }
  const batch = (documentId: string, base: number, n: number, hand = 1): Batch => ({
    planId: 'plan-01',
    documentId,
    base,
    updates: Array.from({ length: n }, (_, at) => ({
      personId: 'someone',
      data: new Uint8Array([base + at, hand]),
    })),
    hands: [{ clientId: hand, personId: 'someone' }],
  })
  const commit = async (...batches: Batch[]) => {
    const log = new Log(sql, { queryMs: 5000 })
    const rooms = batches.map(handing)
    for (const room of rooms) log.want(room)
    await log.idle()
    return { log, outcomes: rooms.map((room) => room.outcomes[0]?.kind) }
  }

  test('the ten demo plans are there, with their goals as the record has them', async () => {
    const rows = await sql<{ state: string; n: number }[]>`
      select state, count(*)::int as n from goal group by state order by state`
    expect((await plans.all(sql)).map(({ id }) => id)).toHaveLength(10)
    expect(rows.find((row) => row.state === 'agreed')?.n).toBeGreaterThan(5)
    expect(rows.some((row) => row.state === 'presented')).toBe(true)
  })

  test('migrations run once, also when two processes start together', async () => {
    await Promise.all([migrate(sql), migrate(sql)])
    const names = (await sql<{ name: string }[]>`select name from migration`).map((r) => r.name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('001-table.sql')
  })

  test('what is asked at the door is planned on every connection for it, before anybody comes', async () => {
    const { door } = t.app.db
    expect(await warmDoor(t.app, 2)).toBe(0)
    const planned = () =>
      door<{ statement: string }[]>`select statement from pg_prepared_statements`
    for (const list of await Promise.all([planned(), planned()]))
      for (const of of ['from session s', 'from document d', 'join person on'])
        expect(list.some(({ statement }) => statement.includes(of))).toBe(true)
  })

  test('one statement carries the updates of many documents, each in its own order', async () => {
    await Promise.all([draft('many-a'), draft('many-b')])
    const { log, outcomes } = await commit(batch('many-a', 0, 3), batch('many-b', 0, 2, 2))
    expect(outcomes).toEqual(['stored', 'stored'])
    expect(log.counts).toMatchObject({ commits: 1, updates: 5 })
    const stored = await documents.since(sql, 'many-a', 0)
    expect(stored.map(({ seq, data }) => [seq, [...data]])).toEqual([
      [1, [0, 1]],
      [2, [1, 1]],
      [3, [2, 1]],
    ])
    expect(await documents.hands(sql, 'many-b')).toEqual([
      { clientId: 2, personId: 'someone', imported: false },
    ])
  })

  test('a closed document takes nothing, and does not hold up the others in the commit', async () => {
    await Promise.all([draft('shut'), draft('beside')])
    await documents.close(sql, 'shut')
    const { outcomes } = await commit(batch('shut', 0, 2), batch('beside', 0, 2))
    expect(outcomes).toEqual(['closed', 'stored'])
    expect(await documents.since(sql, 'shut', 0)).toEqual([])
    expect(await documents.hands(sql, 'shut')).toEqual([])
  })

  test('who does not know the newest update adds nothing, and is told', async () => {
    await draft('behind')
    await commit(batch('behind', 0, 2))
    const { outcomes } = await commit(batch('behind', 1, 1, 7))
    expect(outcomes).toEqual(['behind'])
    expect(await documents.since(sql, 'behind', 0)).toHaveLength(2)
  })

  test('a client id that is somebody else’s already brings nothing in', async () => {
    await draft('hands')
    await commit(batch('hands', 0, 1, 9))
    const other = { ...batch('hands', 1, 1, 9), hands: [{ clientId: 9, personId: 'another' }] }
    const { outcomes } = await commit(other)
    expect(outcomes).toEqual(['behind'])
    expect((await documents.hands(sql, 'hands'))[0]?.personId).toBe('someone')
  })

  test('one key press alone is stored, or not, by the same rules', async () => {
    const row = await draft('alone')
    const press = (base: number) => ({ ...batch('alone', base, 1), hands: [] })
    expect((await commit(press(0))).outcomes).toEqual(['stored'])
    expect((await commit(press(1))).outcomes).toEqual(['stored'])
    expect((await commit(press(1))).outcomes).toEqual(['behind'])
    await documents.close(sql, row.id)
    expect((await commit(press(2))).outcomes).toEqual(['closed'])
    expect((await documents.since(sql, row.id, 0)).map(({ seq }) => seq)).toEqual([1, 2])
    expect((await documents.find(sql, row.id))?.seq).toBe(2)
  })

  test.each([
    ['many', 3],
    ['one', 1],
  ])('a commit of %s whose answer was lost is recognised when it is repeated', async (id, n) => {
    await draft(`twice-${id}`)
    let lost = false
    const forgetful = new Proxy(sql, {
      apply(target, self, args: unknown[]) {
        const asked = Reflect.apply(target, self, args) as Promise<unknown> & { raw?: unknown }
        const text = (args[0] as readonly string[] | undefined)?.join('') ?? ''
        if (lost || !text.includes('insert into document_update')) return asked
        lost = true
        return asked.then(() => Promise.reject(new Error('the answer was lost')))
      },
    })
    const log = new Log(forgetful, { queryMs: 5000, pauseMs: 1 })
    const hands = n > 1 ? batch('', 0, n).hands : []
    const room = handing({ ...batch(`twice-${id}`, 0, n), hands })
    log.want(room)
    await log.idle()
    expect(lost).toBe(true)
    expect(room.outcomes.map((outcome) => outcome.kind)).toEqual(['stored'])
    expect(await documents.since(sql, `twice-${id}`, 0)).toHaveLength(n)
  })

  test('a snapshot and its tail are the whole document; an older snapshot never replaces a newer', async () => {
    const row = await draft('snap')
    const doc = new Y.Doc()
    const parts: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => parts.push(update))
    for (const word of ['een', 'twee', 'drie', 'vier']) doc.getText('t').insert(0, word)
    const updates = parts.map((data) => ({ personId: 'someone', data }))
    await commit({ ...batch('snap', 0, 0, doc.clientID), updates })
    const half = new Y.Doc()
    for (const part of parts.slice(0, 2)) Y.applyUpdate(half, part)
    await documents.snapshot(sql, row, 2, Y.encodeStateAsUpdate(half))
    await documents.snapshot(sql, row, 1, new Uint8Array([0, 0]))
    const stored = await documents.content(sql, 'snap')
    expect(stored).toMatchObject({ seq: 4, tail: 2 })
    const again = new Y.Doc()
    for (const update of stored.updates) Y.applyUpdate(again, update)
    expect(again.getText('t').toString()).toBe(doc.getText('t').toString())
  })

  test('documents loaded together come each with their own row, words in order and hands', async () => {
    for (const name of ['one', 'two', 'none']) await draft(`load-${name}`)
    const [first, second] = [batch('load-one', 0, 3, 71), batch('load-two', 0, 2, 72)]
    for (const each of [first, second]) await commit(each)
    const all = await documents.load(sql, ['load-two', 'nowhere', 'load-one', 'load-none'])
    const found = new Map(all.map((one) => [one.id, one]))
    expect([...found.keys()].sort()).toEqual(['load-none', 'load-one', 'load-two'])
    for (const { documentId: id, updates, hands } of [first, second]) {
      const { row, stored, hands: made } = found.get(id)!
      expect(row).toEqual(await documents.find(sql, id))
      expect(stored).toMatchObject({ seq: updates.length, tail: updates.length })
      expect(stored.updates.map((data) => [...data])).toEqual(updates.map(({ data }) => [...data]))
      expect(made).toEqual(hands.map((hand) => ({ ...hand, imported: false })))
    }
    expect(found.get('load-none')).toMatchObject({
      stored: { seq: 0, updates: [], tail: 0 },
      hands: [],
    })
  })

  test('every table of the record refuses to be changed, emptied or taken from', async () => {
    const guards = await sql<{ name: string; type: number }[]>`
      select c.relname as name, t.tgtype as type from pg_trigger t
      join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'refuse_change' and t.tgenabled = 'O'`
    const guarded = new Set(guards.map(({ name }) => name))
    // kept five years, and then they go: `looks.test.ts`
    for (const name of ['access_log', 'sign_in_log']) expect(guarded.delete(name)).toBe(true)
    expect([...guarded].sort()).toEqual(RECORD)
    const refused: string[] = []
    for (const name of RECORD) {
      const attempt = (ask: (tx: Tx) => PromiseLike<unknown>) =>
        sql.begin(async (tx) => {
          await withOneRow(tx, name)
          await ask(tx)
        })
      for (const ask of [
        (tx: Tx) => tx`update ${tx(name)} set plan_id = 'another'`,
        (tx: Tx) => tx`delete from ${tx(name)}`,
        (tx: Tx) => tx`truncate ${tx(name)} cascade`,
      ])
        await expect(attempt(ask), name).rejects.toThrow('only added to')
      refused.push(name)
    }
    expect(refused).toEqual(RECORD)
  })

  const proof = (planId: string) => proofOf(sql, planId)

  test('every plan’s chain of events holds; one changed word breaks it', async () => {
    for (const { id } of await plans.all(sql)) expect(firstBreak(await proof(id))).toBe(null)
    const { versions, ...rest } = await proof('plan-01')
    const [first, ...others] = versions
    const words = { ...first!.words, plainText: `${first!.words.plainText}!` }
    expect(firstBreak({ ...rest, versions: [{ ...first!, words }, ...others] })).toContain(
      'changed',
    )
    const without = rest.events.filter((event) => event.seq !== 2)
    expect(firstBreak({ ...rest, versions, events: without })).toBe('event 2 is missing')
  })

  /** A goal with words on it, presented to these people by Fatima. */
  const presented = async (fatima: Guest, parties: string[]) => {
    const asked = { planId: 'plan-01', area: 'mental', wishes: [] } as const
    const made = goal(await createGoal(t.app.acts, fatima.account, asked))
    const pen = await fatima.open(made.documentId!).synced()
    ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, `Elke dag even naar buiten.`)
    await pen.stored()
    const { acts } = t.app
    return goal(await presentGoal(acts, fatima.account, { goalId: made.id, parties }))
  }

  test('answers at the same moment are taken one after the other, and lock the goal once', async () => {
    const cast = await Promise.all(['ria', 'marjan', 'fatima'].map((key) => t.person(key)))
    const [ria, marjan, fatima] = cast as [Guest, Guest, Guest]
    const { id, hash } = await presented(fatima, [marjan.id])
    const say = (who: Guest, key: string) =>
      answerGoal(t.app.acts, who.account, {
        goalId: id,
        hash: hash!,
        answer: 'yes',
        method: 'own_device',
        key,
      })
    const all = [ria, ria, marjan, marjan, fatima, fatima]
    const answers = await Promise.all(all.map((who, at) => say(who, `${who.key}-${at >> 1}`)))
    expect(answers.some((answer) => !isRefusal(answer) && answer.state === 'agreed')).toBe(true)
    const told = (await events.ofPlan(sql, 'plan-01')).filter((event) => event.goalId === id)
    expect(told.filter((event) => event.kind === 'goal-agreed')).toHaveLength(1)
    expect(told.filter((event) => event.kind === 'goal-answered')).toHaveLength(3)
    expect(firstBreak(await proof('plan-01'))).toBe(null)
  })

  test('a keystroke that races with presenting is in the presented words, or nowhere', async () => {
    const fatima = await t.person('fatima')
    const marjan = await t.person('marjan')
    let late = 0
    for (let round = 0; round < 12; round++) {
      const asked = { planId: 'plan-01', area: 'living', wishes: [] } as const
      const made = goal(await createGoal(t.app.acts, fatima.account, asked))
      const pen = await marjan.open(made.documentId!).synced()
      const text = goalOf(pen.doc).goal.get('plainText') as Y.Text
      text.insert(0, 'Samen koken.')
      await pen.stored()
      const presenting = presentGoal(t.app.acts, fatima.account, { goalId: made.id, parties: [] })
      for (let n = 0; n < 6; n++) {
        text.insert(text.length, ` ${n}`)
        await new Promise((resolve) => setImmediate(resolve))
      }
      const shown = goal(await presenting)
      await until(() => pen.closedWith === 4409)
      const stored = new Y.Doc()
      for (const update of (await documents.content(sql, made.documentId!)).updates)
        Y.applyUpdate(stored, update)
      expect(wordsOf(stored).plainText).toBe(shown.words.plainText)
      if (shown.words.plainText !== wordsOf(pen.doc).plainText) late++
      // what was acknowledged is in the words that people were asked about
      const acknowledged = pen.saved.get(pen.doc.clientID) ?? 0
      expect(Y.getState(stored.store, pen.doc.clientID)).toBeGreaterThanOrEqual(acknowledged)
      pen.close()
    }
    expect(late).toBeGreaterThan(0)
  })
})

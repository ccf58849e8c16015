/** Many who act at the same moment, in one process and in two: nothing is lost, and there is one order. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { ANSWERS } from '#plan/answers.ts'
import { isRefusal } from '#plan/refusals.ts'
import { answerGoal } from '#server/agreement.ts'
import { firstBreak } from '#server/chain.ts'
import * as agreement from '#server/db/agreement.ts'
import * as events from '#server/db/events.ts'
import * as goals from '#server/db/goals.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { importPlan } from '#server/import/plan.ts'
import { markGoal } from '#server/marks.ts'
import { readGoalView } from '#server/plans.ts'
import { proofOf } from '#server/proof.ts'
import { goal, presented, say } from '../goal.ts'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { table, type Guest, type Table } from '../table.ts'

let server: PostgresServer
beforeAll(async () => (server = await startPostgres()))
afterAll(() => server.remove())

const TWENTY = Array.from({ length: 18 }, (_, at) => `naaste-${at}`)
const crowded = {
  client: { name: 'mevrouw An de Boer', callMe: 'An' },
  participants: [
    { key: 'an', name: 'An de Boer', role: 'client', mayConfirm: true, authority: 'self' },
    {
      key: 'evv',
      name: 'Els Vos',
      role: 'primary_carer',
      mayConfirm: true,
      authority: 'professional',
    },
    ...TWENTY.map((key) => ({
      key,
      name: key,
      role: 'relative',
      mayConfirm: true,
      authority: 'own_task',
    })),
  ],
}

const SEED = 20_261_124
const WHAT = [
  'answer',
  'answer',
  'answer',
  'all-yes',
  'revise',
  'present',
  'statement',
  'yes-taken-back',
  'not-agreed',
] as const
const KINDS = {
  embedded: () => Promise.resolve({}),
  server: async () => ({ DATABASE_URL: await server.database() }),
}

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('on the %s database', (kind) => {
  let t: Table
  let all: Guest[]
  beforeAll(async () => {
    t = await table(await KINDS[kind]())
    const made = await importPlan(t.app.acts, { id: 'plan-20', ...crowded }, false)
    expect(made).toEqual({ id: 'plan-20' })
    all = await Promise.all(['an', 'evv', ...TWENTY].map((key) => t.person(key, 'plan-20')))
  })
  afterAll(() => t.close())

  test('twenty people answer in the same second: no answer is lost, and the goal locks once', async () => {
    const evv = all[1]!
    const shown = await presented(t, evv, { parties: all.map(({ id }) => id) }, 'plan-20')
    const given = await Promise.all(all.map((who) => say(t, who, shown, 'yes')))
    expect(given.filter(isRefusal)).toEqual([])
    const after = goal(await readGoalView(t.app, evv.account, shown.id))
    expect(after.state).toBe('agreed')
    expect(new Set(after.answers.map(({ partyId }) => partyId)).size).toBe(20)
    const told = (await events.ofPlan(t.app.db.sql, 'plan-20')).filter((e) => e.goalId === shown.id)
    expect(told.filter((e) => e.kind === 'goal-agreed')).toHaveLength(1)
    expect(told.filter((e) => e.kind === 'goal-answered')).toHaveLength(20)
    expect(firstBreak(await proofOf(t.app.db.sql, 'plan-20'))).toBe(null)
  })

  test('whatever is done in whatever order, no record is taken away or written over', async () => {
    const [an, evv, relative] = all as [Guest, Guest, Guest]
    const { acts, db } = t.app
    const did = { agreed: 0, refused: 0, revised: 0, marked: 0 }
    let key = 0
    const act = async (id: string, { by, what, word }: Step) => {
      const who = [an, evv, relative][by]!
      const now = goal(await readGoalView(t.app, who.account, id))
      const about = { goalId: id, text: 'Zo is het.', instead: 'Iets anders.', informed: false }
      const one = { goalId: id, hash: now.hash!, method: 'own_device', remark: 'Zo.' } as const
      switch (what) {
        case 'answer':
          return answerGoal(acts, who.account, { ...one, answer: word, key: `r-${key++}` })
        case 'all-yes': {
          const { hash } = goal(await readGoalView(t.app, who.account, id))
          for (const party of [an, evv, relative])
            await answerGoal(acts, party.account, {
              ...one,
              hash: hash!,
              answer: 'yes',
              key: `r-${key++}`,
            })
          return now
        }
        case 'revise':
          return reviseGoal(acts, evv.account, id)
        case 'present':
          return presentGoal(acts, evv.account, { goalId: id, parties: [relative.id] })
        case 'statement':
        case 'yes-taken-back':
        case 'not-agreed':
          return markGoal(acts, who.account, { ...about, mark: what })
        default:
          return what satisfies never
      }
    }
    const step = fc.record({
      by: fc.constantFrom(0, 1, 2),
      what: fc.constantFrom(...WHAT),
      word: fc.constantFrom(...ANSWERS),
    })
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
    const rows = async (id: string) => {
      const view = goal(await readGoalView(t.app, evv.account, id))
      const answers = await agreement.answers(db.sql, 'plan-20', id)
      const versions = (await goals.versions(db.sql, 'plan-20')).filter((v) => v.goalId === id)
      const chained = (await events.ofPlan(db.sql, 'plan-20')).filter((e) => e.goalId === id)
      const record = [...answers, ...view.marks, ...versions, ...chained]
      return { view, record: record.map((row) => JSON.stringify(row)) }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 16, maxLength: 16 }), async (steps) => {
        const { id } = await presented(t, evv, { parties: [relative.id] }, 'plan-20')
        let before = (await rows(id)).record
        for (const one of steps) {
          const done = await act(id, one)
          if (isRefusal(done)) did.refused++
          else if (one.what === 'revise') did.revised++
          else if (one.what !== 'answer' && one.what !== 'all-yes') did.marked++
          const { view, record } = await rows(id)
          expect(record).toEqual(expect.arrayContaining(before))
          if (isRefusal(done)) expect(record).toHaveLength(before.length)
          before = record
          if (view.state !== 'agreed') continue
          did.agreed++
          // a later round of the same words that ended without a yes leaves these in force, on record
          const votes = view.answers.filter(
            (a) => a.answer !== 'seen' && a.hash === view.hash && a.version === view.version,
          )
          for (const { personId } of view.parties.filter(({ required }) => required))
            expect(votes.findLast((a) => a.partyId === personId)?.answer).toMatch(/^yes/)
        }
      }),
      { seed: SEED, numRuns: 8, endOnFailure: true }, // the database remembers: no shorter story
    )
    expect(firstBreak(await proofOf(db.sql, 'plan-20'))).toBe(null)
    expect(did.agreed).toBeGreaterThan(5) // it really happened, each of it
    expect(did.refused).toBeGreaterThan(10)
    expect(did.revised).toBeGreaterThan(3)
    expect(did.marked).toBeGreaterThan(5)
  })
})

test('two processes that act at once give one order, and one chain', async () => {
  const url = await server.database()
  const here = await table({ DATABASE_URL: url })
  const there = await table({ DATABASE_URL: url })
  try {
    const [fatima, ria, marjan] = (await Promise.all(
      ['fatima', 'ria', 'marjan'].map((key) => here.person(key)),
    )) as [Guest, Guest, Guest]
    const shown = await presented(here, fatima, { parties: [marjan.id] })
    const results = await Promise.all([
      say(here, ria, shown, 'yes'),
      say(there, marjan, shown, 'yes'),
      say(here, fatima, shown, 'yes'),
      say(there, marjan, shown, 'talk'),
      reviseGoal(there.app.acts, fatima.account, shown.id),
      markGoal(here.app.acts, fatima.account, {
        goalId: shown.id,
        mark: 'not-agreed',
        text: 'Zo.',
        instead: 'Anders.',
        informed: false,
      }),
    ])
    const [a, b] = [
      goal(await readGoalView(here.app, fatima.account, shown.id)),
      goal(await readGoalView(there.app, fatima.account, shown.id)),
    ]
    expect(a).toEqual(b)
    expect(results.filter((one) => !isRefusal(one)).length).toBeGreaterThan(0)
    const rows = await agreement.answers(here.app.db.sql, 'plan-01', shown.id)
    expect(rows).toHaveLength(results.slice(0, 4).filter((one) => !isRefusal(one)).length)
    expect(firstBreak(await proofOf(here.app.db.sql, 'plan-01'))).toBe(null)
  } finally {
    await here.close()
    await there.close()
  }
})

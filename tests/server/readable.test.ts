/** What no database keeps is refused at the door, and what goes wrong is told without a word of care. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { isRefusal } from '#plan/refusals.ts'
import { goalOf } from '#live/documents.ts'
import * as doors from '#server/doors.ts'
import { createGoal, presentGoal } from '#server/goals.ts'
import { readPlan } from '#server/import/schema.ts'
import { plainly } from '#server/trouble.ts'
import { unreadableAt } from '#server/readable.ts'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { table, until, type Table } from '../table.ts'

let here: Table
beforeAll(async () => (here = await table()))
afterAll(() => here.close())

test.each(['zero \0 in it', 'half \ud83d of a sign'])(
  '%j is no text, wherever it stands',
  (text) => {
    expect(unreadableAt({ a: [{ b: text }] })).toBe('a.0.b')
    expect(unreadableAt({ [text]: 1 })).toBe('')
    expect(doors.read(doors.SignIn, { email: text, password: 'x' })).toMatchObject({
      faults: [{ path: 'email' }],
    })
    const [plan] = structuredClone(demo.plans)
    plan!.wishes[0]!.text = text
    expect(readPlan(plan)).toMatchObject({ faults: [{ path: 'wishes.0.text' }] })
  },
)

test('ordinary words, other scripts and signs of two halves are text', () => {
  expect(unreadableAt({ text: 'Ria’s café 😀 ‪عربي', at: [1, null, true] })).toBe(null)
})

test('a zero comes into no document either, so that its words can always be laid before people', async () => {
  const { app } = here
  const fatima = await here.person('fatima')
  const asked = { planId: 'plan-01', area: 'living', wishes: [] } as const
  const goal = await createGoal(app.acts, fatima.account, asked)
  if (isRefusal(goal)) throw new Error(goal)
  const write = async (words: string) => {
    const pen = await fatima.open(goal.documentId!).synced()
    const text = goalOf(pen.doc).goal.get('plainText') as Y.Text
    text.insert(0, words)
    return pen
  }
  const zero = await write('Ria zit \0 buiten.')
  await until(() => zero.refused.length > 0 || zero.closedWith !== null)
  zero.close()
  await (await write('Ria zit buiten.')).stored()
  const shown = await presentGoal(app.acts, fatima.account, { goalId: goal.id })
  expect(shown).toMatchObject({ state: 'presented', words: { plainText: 'Ria zit buiten.' } })
})

test('what goes wrong is logged by its kind and place, and never with what somebody wrote', async () => {
  const lines: string[] = []
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()),
  })
  const SECRET = 'Ria slaapt slecht sinds Kees dood is'
  const errors: unknown[] = [new Error(SECRET), new Error(`a\n    at ${SECRET}\nb`), SECRET]
  try {
    JSON.parse(SECRET)
  } catch (error) {
    errors.push(error)
  }
  errors.push(await here.app.db.sql`select ${SECRET}::int`.catch((error: unknown) => error))
  const log = pino(out)
  for (const error of errors) log.error(plainly(error), 'an act failed')
  expect(lines).toHaveLength(5)
  expect(lines.join('')).not.toMatch(/slaapt|Kees/)
  expect(JSON.parse(lines[4]!)).toMatchObject({ name: 'PostgresError', code: '22P02' })
  expect((JSON.parse(lines[0]!) as { at: string[] }).at[0]).toContain('readable.test.ts')
})

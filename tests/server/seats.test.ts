import { expect, test } from 'vitest'
import type { Sql } from '#server/db/open.ts'
import { Seats } from '#server/seats.ts'

type Asked = {
  statement: string
  answer: (rows: object[]) => void
  fail: (why: Error) => void
}

/** A database whose answers the test gives, in the order it likes. */
function asking() {
  const asked: Asked[] = []
  const sql = ((strings: TemplateStringsArray) => {
    const statement = strings.join('?')
    if (!statement.includes('from person') && !statement.includes('from document')) return []
    return new Promise((answer, fail) => asked.push({ statement, answer, fail }))
  }) as unknown as Sql
  const next = async (from: string) => {
    for (;;) {
      const at = asked.findIndex(({ statement }) => statement.includes(from))
      if (at >= 0) return asked.splice(at, 1)[0]!
      await new Promise((done) => setImmediate(done))
    }
  }
  return { seats: new Seats(sql, 1e6), next, asked }
}

const seat = (access: string) => ({ id: 'ria', access })

test('who sits around a document is known with it, and then also by the plan', async () => {
  const { seats, next, asked } = asking()
  const found = seats.around('d1')
  ;(await next('from document')).answer([{ at: 'd1 p', ...seat('active') }])
  expect(await found).toEqual({ planId: 'p', people: [seat('active')] })
  expect(await seats.circle('p')).toBe(await found)
  expect(seats.now('p')).toBe(await found)
  expect(asked).toEqual([])
})

test('a circle that was read before somebody lost access never takes the place of the one after', async () => {
  const { seats, next } = asking()
  const found = seats.around('d1')
  const before = await next('from document')
  const changed = seats.refresh('p')
  const after = await next('from person')
  before.answer([{ at: 'd1 p', ...seat('active') }])
  await new Promise((done) => setImmediate(done))
  after.answer([{ at: 'p', ...seat('ended') }])
  expect((await changed).people).toEqual([seat('ended')])
  expect((await found)?.people).toEqual([seat('ended')])
  expect(seats.now('p')?.people).toEqual([seat('ended')])
})

test('the same when the change was read before the answer about the document came', async () => {
  const { seats, next } = asking()
  const found = seats.around('d1')
  const before = await next('from document')
  const changed = seats.refresh('p')
  ;(await next('from person')).answer([{ at: 'p', ...seat('ended') }])
  await changed
  before.answer([{ at: 'd1 p', ...seat('active') }])
  expect((await found)?.people).toEqual([seat('ended')])
  expect(seats.now('p')?.people).toEqual([seat('ended')])
})

test('when the change could not be read, what was read before it is not kept either', async () => {
  const { seats, next } = asking()
  const found = seats.around('d1')
  const before = await next('from document')
  const changed = seats.refresh('p')
  ;(await next('from person')).fail(new Error('the database is away'))
  await expect(changed).rejects.toThrow('away')
  before.answer([{ at: 'd1 p', ...seat('active') }])
  ;(await next('from person')).answer([{ at: 'p', ...seat('ended') }])
  expect((await found)?.people).toEqual([seat('ended')])
})

test('around a document that is not there sits nobody', async () => {
  const { seats, next } = asking()
  const found = seats.around('d1')
  ;(await next('from document')).answer([])
  expect(await found).toBeUndefined()
})

import { expect, test } from 'vitest'
import { dueNow, waitsForHer } from '#plan/waiting.ts'
import { asked, said } from './cast.ts'

const START = Date.parse('2026-06-01T09:00:00Z')
const day = (n: number) => new Date(START + n * 86_400_000).toISOString()
const waiting = {
  parties: asked('ria', 'marjan'),
  answers: [said('ria', 'talk')],
  presentedAt: day(0),
}
const due = (n: number, sent: { personId: string; day: number }[] = []) =>
  dueNow(waiting, sent, day(n))

test('who has not reacted is reminded on day 3, 7 and 14, once each; any reaction stops it', () => {
  expect(due(2)).toEqual([])
  expect(due(3)).toEqual([{ kind: 'remind', personId: 'marjan', day: 3 }])
  expect(due(4, [{ personId: 'marjan', day: 3 }])).toEqual([])
  expect(due(7, [{ personId: 'marjan', day: 3 }])).toEqual([
    { kind: 'remind', personId: 'marjan', day: 7 },
  ])
})

test('after day 14 it stops, and who leads hears it', () => {
  expect(due(15)).toEqual([
    { kind: 'remind', personId: 'marjan', day: 14 },
    { kind: 'stop', personId: 'marjan', day: 14 },
  ])
  expect(due(30, [{ personId: 'marjan', day: 14 }])).toEqual([])
})

test('after six weeks a round has run out, whatever was sent; silence is never a yes', () => {
  expect(due(41, [{ personId: 'marjan', day: 14 }])).toEqual([])
  expect(due(42)).toEqual([{ kind: 'expire' }])
  expect(dueNow(waiting, [], day(10), 10)).toEqual([{ kind: 'expire' }])
})

test('who answers for the client is reminded as who answers for themselves', () => {
  const answered = { ...waiting, answers: [said('ria', 'talk'), said('marjan', 'yes')] }
  expect(dueNow({ ...answered, standsIn: 'els' }, [], day(3))).toEqual([
    { kind: 'remind', personId: 'els', day: 3 },
  ])
})

test('words wait for who stands in where the client cannot decide, or once they were asked', () => {
  const round = { parties: asked('ria', 'marjan'), answers: [] }
  expect(waitsForHer({ ...round, ability: 'able' }, 'ria', true)).toBe(false)
  expect(waitsForHer({ ...round, ability: 'in-part' }, 'ria', false)).toBe(false)
  expect(waitsForHer({ ...round, ability: 'in-part' }, 'ria', true)).toBe(true)
  const own = { ...round, answers: [said('ria', 'yes')] }
  expect(waitsForHer({ ...own, ability: 'in-part' }, 'ria', true)).toBe(false)
  expect(waitsForHer({ ...own, ability: 'unable' }, 'ria', false)).toBe(true)
  const resists = { ...round, answers: [said('ria', 'no')] }
  expect(waitsForHer({ ...resists, ability: 'unable' }, 'ria', true)).toBe(false)
})

import { expect, test } from 'vitest'
import { AskedTogether } from '#server/asked-together.ts'

const soon = () => new Promise((done) => setTimeout(done, 1))

test('what many ask at once costs few looks, and each gets their own', async () => {
  const looks: number[] = []
  const asked = new AskedTogether(
    async (ids) => {
      looks.push(ids.length)
      await soon()
      return ids.filter((id) => id !== 'nobody').map((id) => ({ id }))
    },
    { queryMs: 1000 },
  )
  const ids = Array.from({ length: 500 }, (_, n) => (n % 50 === 0 ? 'nobody' : `s${n}`))
  const found = await Promise.all(ids.map((id) => asked.find(id)))
  expect(found.map((one) => one?.id ?? 'nobody')).toEqual(ids)
  expect(looks.length).toBeLessThan(12)
})

test('what is too much for one look goes in several, side by side', async () => {
  let under = 0
  let most = 0
  const asked = new AskedTogether(
    async (ids) => {
      most = Math.max(most, ++under)
      await soon()
      under--
      return ids.map((id) => ({ id }))
    },
    { queryMs: 1000, atOnce: 3, most: 10 },
  )
  await Promise.all(Array.from({ length: 60 }, (_, n) => asked.find(`s${n}`)))
  expect(most).toBe(3)
})

test('a look begins after what it answers was asked', async () => {
  let there = false
  const asked = new AskedTogether(
    async (ids) => {
      const now = there
      await soon()
      return now ? ids.map((id) => ({ id })) : []
    },
    { queryMs: 1000, atOnce: 1 },
  )
  const early = asked.find('x')
  await new Promise((done) => setImmediate(done)) // its look is under way
  there = true
  expect(await asked.find('x')).toEqual({ id: 'x' })
  expect(await early).toBe(undefined)
})

test('a look that fails or never answers fails who asked, and nobody after them', async () => {
  let turn = 0
  const asked = new AskedTogether(
    (ids) => {
      turn++
      if (turn === 1) return Promise.reject(new Error('away'))
      if (turn === 2) return new Promise<never>(() => {})
      return Promise.resolve(ids.map((id) => ({ id })))
    },
    { queryMs: 20, atOnce: 1 },
  )
  await expect(asked.find('a')).rejects.toThrow('away')
  await expect(asked.find('b')).rejects.toThrow('no answer within')
  expect(await asked.find('c')).toEqual({ id: 'c' })
})

test('a few who ask meanwhile go together in the next look', async () => {
  const looks: string[][] = []
  const answers: (() => void)[] = []
  const asked = new AskedTogether(
    (ids) => {
      looks.push([...ids])
      return new Promise<{ id: string }[]>((done) => {
        answers.push(() => done(ids.map((id) => ({ id }))))
      })
    },
    { queryMs: 1e6, slowMs: 1e6 },
  )
  const breath = () => new Promise((done) => setImmediate(done))
  const all = []
  for (const id of ['a', 'b', 'c', 'd']) {
    all.push(asked.find(id))
    await breath()
  }
  expect(looks).toEqual([['a']])
  answers.shift()!()
  await all[0]
  await breath()
  answers.shift()!()
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'].map((id) => ({ id })))
  expect(looks).toEqual([['a'], ['b', 'c', 'd']])
})

test('a look that is slow holds up nobody who asks after it', async () => {
  const asked = new AskedTogether(
    (ids) =>
      ids.includes('stuck')
        ? new Promise<never>(() => {})
        : Promise.resolve(ids.map((id) => ({ id }))),
    { queryMs: 1e6, slowMs: 1 },
  )
  void asked.find('stuck')
  await new Promise((done) => setImmediate(done))
  expect(await asked.find('a')).toEqual({ id: 'a' })
})

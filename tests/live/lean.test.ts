/** Yjs as a browser gets it, without what no screen uses, beside Yjs as the server has it. */
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type PluginOption } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Full from 'yjs'
import { lean } from '../../server/vite-lean.ts'

type Yjs = typeof Full
let Lean: Yjs
const file = join(tmpdir(), `lean-${process.pid}.mjs`)
afterAll(() => rm(file, { force: true }))
beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const plugin = { ...lean(), apply: undefined, applyToEnvironment: undefined } as PluginOption
  const result = await build({
    ...{ root, configFile: false, logLevel: 'silent', plugins: [plugin, entry()] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: 'entry', preserveEntrySignatures: 'strict' },
    },
  })
  if (Array.isArray(result) || !('output' in result)) throw new Error('one file was expected')
  await writeFile(file, result.output[0].code)
  Lean = (await import(file)) as Yjs
})
const entry = (): PluginOption => ({
  name: 'entry',
  resolveId: (id) => (id === 'entry' ? '\0entry' : null),
  load: (id) => (id === '\0entry' ? `export * from 'yjs'` : null),
})

/** Numbers that are the same at every run. */
function dice(seed: number): (below: number) => number {
  let at = seed
  return (below) => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((at / 2_147_483_648) * below)
  }
}

/** Cards and their words as people change them; every update as it would go over the line. */
function written(Y: Yjs, roll: (below: number) => number, steps: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const cards = doc.getMap('cards')
  for (let n = 0; n < steps; n++) {
    const id = `card-${roll(3)}`
    const text = cards.get(id)
    if (!(text instanceof Y.Text)) cards.set(id, new Y.Text('een kaart'))
    else if (roll(4) === 0 && text.length > 2) text.delete(roll(text.length - 2), 2)
    else if (roll(5) === 0) cards.set('said', `ria-${n}`)
    else text.insert(roll(text.length), `é${n}`, roll(3) ? {} : { voice: 'ria:own_words' })
  }
  return updates
}
const shuffled = <T>(all: readonly T[], roll: (below: number) => number): T[] =>
  all
    .map((one) => [roll(1e6), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)

test.each([1, 2, 3, 4, 5, 6, 7, 8])('both read each other in any order, seed %i', (seed) => {
  expect(Lean.Doc).not.toBe(Full.Doc)
  for (const [writes, reads] of [
    [Lean, Full],
    [Full, Lean],
    [Lean, Lean],
  ] as const) {
    const roll = dice(seed)
    const updates = written(writes, roll, 60)
    const inOrder = new reads.Doc()
    for (const update of updates) reads.applyUpdate(inOrder, update)
    const late = new reads.Doc()
    const all = shuffled(updates, roll)
    const missing = all.splice(0, 3)
    for (const update of all) reads.applyUpdate(late, update)
    // what waits for what is missing goes along when a state is handed on
    const handed = new writes.Doc()
    writes.applyUpdate(handed, reads.encodeStateAsUpdate(late))
    for (const update of missing) {
      reads.applyUpdate(late, update)
      writes.applyUpdate(handed, update)
    }
    expect(JSON.stringify(inOrder.getMap('cards')).length).toBeGreaterThan(40)
    expect(late.getMap('cards').toJSON()).toEqual(inOrder.getMap('cards').toJSON())
    expect(handed.getMap('cards').toJSON()).toEqual(inOrder.getMap('cards').toJSON())
    expect(reads.encodeStateVector(late)).toEqual(reads.encodeStateVector(inOrder))
  }
})

test('what no screen uses is not there', () => {
  expect(() => new Lean.Doc().getXmlFragment('words').insert(0, [])).toThrow()
})

/** The commands that fill a database, as an operator runs them: on the embedded database. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { lockFolder } from '#server/db/lock.ts'
import { folder } from '../process.ts'

const own = folder()
afterAll(() => own.remove())
const data = `${own.path}/data`

function run(script: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`server/import/${script}.ts`, ...args],
    { encoding: 'utf8', env: { ...process.env, DATA_DIR: data, ...env } },
  )
  const said = stdout + stderr
  expect(said).not.toMatch(/\n\s+at /) // no stack for who runs it
  return { code: status, said: said.trim() }
}
const file = (name: string, value: unknown) => {
  const path = `${own.path}/${name}.json`
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}
const [ria, henk] = demo.plans

test('what cannot be is said in a sentence, before a database is opened', () => {
  expect(run('cli', ['--help'])).toMatchObject({ code: 0 })
  expect(run('cli', ['--help']).said).toContain('npm run import -- plans.json')
  expect(run('organisation-cli', ['-h'])).toMatchObject({ code: 0 })
  expect(run('cli', [])).toMatchObject({ code: 1 })
  expect(run('organisation-cli', ['De Lindehof', 'Carla Smit'])).toMatchObject({ code: 1 })
  expect(run('cli', ['nowhere.json'])).toEqual({ code: 1, said: 'There is no file nowhere.json' })
  expect(run('cli', [file('broken', '{"id": ')]).said).toContain('broken.json: ')
  const empty = file('empty', [])
  expect(run('cli', [empty])).toEqual({ code: 1, said: `${empty}: there is no plan in it` })
  const exported = run('cli', [file('export', { format: 'aan-tafel/1', proof: {} })])
  expect(exported.code).toBe(1)
  expect(exported.said).toContain('an exported plan is not read back in')
  const nobody = { DATABASE_URL: 'postgres://tafel@127.0.0.1:1/tafel' }
  const away = run('cli', [file('one', ria)], nobody)
  expect(away.code).toBe(1)
  expect(away.said).toMatch(/^DATABASE_URL: .*ECONNREFUSED/)
})

test('a list is taken in up to its fault, and once it is mended the rest, each plan once', () => {
  const faulty = { ...henk, law: 7 }
  const first = run('cli', [file('list', [ria, faulty])])
  expect(first.code).toBe(1)
  expect(first.said).toMatch(/^plan-01: taken in\n {2}ria@plan-01\.example {2}\w{4}-/)
  expect(first.said).toContain('plan-02: nothing of it was taken in\n  law: ')
  const second = run('cli', [file('list', [ria, henk])])
  expect(second.code).toBe(0)
  expect(second.said).toMatch(
    /^plan-01: is there already, or was and is erased; left as it is\nplan-02: taken in\n {2}henk@/,
  )
})

test('a plan that was erased is not taken in again', () => {
  const two = { ...henk, id: 'PLAN-02' } // an id is the same in any capitals
  expect(run('cli', [file('capitals', two)])).toEqual({
    code: 0,
    said: 'PLAN-02: is there already, or was and is erased; left as it is',
  })
})

test('verify looks at what was named and at nothing else, and says what cannot be', () => {
  const verify = (...args: string[]) => run('../verify', args)
  const help = verify('--help')
  expect([help.code, help.said]).toEqual([0, expect.stringContaining('--plan ID')])
  expect(verify('--plan')).toEqual({
    code: 2,
    said: 'Name the plan: npm run verify -- --plan ID',
  })
  expect(verify('nowhere.json')).toEqual({ code: 2, said: 'There is no file nowhere.json' })
  expect(verify('plan-01')).toEqual({ code: 2, said: 'There is no file plan-01' })
  expect(verify('--plan=plan-01')).toEqual({ code: 2, said: help.said })
  expect(verify('--plan', 'plan-99')).toEqual({ code: 2, said: 'there is no plan "plan-99"' })
  const one = verify('--plan', 'plan-01')
  expect([one.code, one.said]).toEqual([0, expect.stringMatching(/^plan-01: holds \(.*\)$/)])
  const nothing = run('../verify', [], { DATA_DIR: 'memory:' })
  expect(nothing).toEqual({ code: 0, said: 'There are no plans in this database.' })
})

test('an organisation gets plans that are there and free, and its own manager', () => {
  const carla = ['Carla Smit', 'carla@lindehof.nl']
  const made = run('organisation-cli', ['De Lindehof', ...carla, 'plan-01'])
  expect(made.code).toBe(0)
  expect(made.said).toMatch(
    /: 1 more plan, Carla Smit sees their terms\n {2}carla@lindehof\.nl {2}/,
  )
  expect(run('organisation-cli', ['De Lindehof', ...carla, 'plan-99'])).toEqual({
    code: 1,
    said: 'there is no plan "plan-99"',
  })
  expect(run('organisation-cli', ['Elders', 'Jan Pot', 'jan@elders.nl', 'plan-01'])).toEqual({
    code: 1,
    said: 'plan-01 belongs to De Lindehof already',
  })
  const hers = run('organisation-cli', ['Elders', 'Jan Pot', 'Ria@plan-01.example'])
  expect(hers.code).toBe(1)
  expect(hers.said).toMatch(/^ria@plan-01\.example is the address of .+, not of Jan Pot$/)
  const again = run('organisation-cli', ['De Lindehof', ...carla])
  expect(again.said).toMatch(/: 1 more plan, Carla Smit sees their terms$/) // no second password
})

test('beside a running server the embedded database is left alone', async () => {
  const unlock = await lockFolder(data)
  try {
    const { code, said } = run('cli', [file('one', ria)])
    expect([code, said]).toEqual([1, expect.stringMatching(/^DATA_DIR: another running process/)])
  } finally {
    unlock()
  }
})

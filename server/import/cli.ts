/** `npm run import -- plans.json`: takes in care plans and gives people their first password. */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { isRefusal } from '#plan/refusals.ts'
import { App } from '../app.ts'
import { hashPassword } from '../auth/passwords.ts'
import { ownConfig, WrongSetting } from '../config.ts'
import * as accounts from '../db/accounts.ts'
import { openDatabase } from '../db/open.ts'
import { importPlan } from './plan.ts'

/** The plans in a file: one plan, a list of plans, or `{plans: […]}`. */
export function plansIn(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw
  if (typeof raw === 'object' && raw !== null && 'plans' in raw && Array.isArray(raw.plans))
    return raw.plans
  return [raw]
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** A password to hand over once: 80 bits, none of its letters read alike. */
export const firstPassword = (): string => [group(), group(), group(), group()].join('-')

async function run(file: string): Promise<void> {
  const raw: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const config = ownConfig()
  const app = new App(config, await openDatabase(config), pino({ level: 'error' }))
  try {
    for (const plan of plansIn(raw)) {
      const done = await importPlan(app.acts, plan, false)
      if (isRefusal(done)) throw new WrongSetting(`the plan was refused: ${done}`)
      if ('faults' in done) {
        const faults = done.faults.map(({ path, fault }) => `  ${path}: ${fault}`)
        throw new WrongSetting(`nothing of this plan was taken in:\n${faults.join('\n')}`)
      }
      console.log(`${done.id}: taken in`)
      for (const { id, email } of await accounts.withoutPassword(app.db.sql, done.id)) {
        const password = firstPassword()
        await accounts.setPassword(app.db.sql, id, await hashPassword(password))
        console.log(`  ${email}  ${password}`)
      }
    }
  } finally {
    await app.close()
  }
}

if (import.meta.main) {
  const file = process.argv[2]
  try {
    if (!file) throw new WrongSetting('Name the file: npm run import -- plans.json')
    await run(file)
  } catch (error) {
    const known = error instanceof WrongSetting || error instanceof SyntaxError
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    console.error(known || missing ? error.message : error)
    process.exitCode = 1
  }
}

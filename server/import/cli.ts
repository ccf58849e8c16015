/** `npm run import -- plans.json`: takes in care plans and gives people their first password. */
import { pino } from 'pino'
import { isRefusal } from '#plan/refusals.ts'
import { App } from '../app.ts'
import { hashPassword } from '../auth/passwords.ts'
import { ownConfig, WrongSetting } from '../config.ts'
import * as accounts from '../db/accounts.ts'
import { openDatabase } from '../db/open.ts'
import * as plans from '../db/plans.ts'
import { command, firstPassword, readJson } from './command.ts'
import { importPlan } from './plan.ts'

const USE = `npm run import -- plans.json
  Takes in one plan or a list of plans, in the form of server/demo-plans.nl.json, into the database
  of DATABASE_URL or DATA_DIR. Prints an address and a first password for each person without one.
  A plan whose id is there already is left as it is. With a fault nothing of that plan is taken in.`

/** The plans in a file: one plan, a list of plans, or `{plans: […]}`. */
function plansIn(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw
  if (typeof raw === 'object' && raw !== null && 'plans' in raw && Array.isArray(raw.plans))
    return raw.plans
  return [raw]
}

const idOf = (plan: unknown): string | null =>
  typeof plan === 'object' && plan !== null && 'id' in plan && typeof plan.id === 'string'
    ? plan.id
    : null

/** What `export.json` made: it proves a plan and holds what one person may read of it. */
const isExport = (plan: unknown): boolean =>
  typeof plan === 'object' && plan !== null && 'format' in plan && 'proof' in plan

async function take(app: App, plan: unknown, at: number): Promise<void> {
  const { sql } = app.db
  const id = idOf(plan)
  if (id !== null && (await plans.isTaken(sql, id))) {
    console.log(`${id}: is there already, or was and is erased; left as it is`)
    return
  }
  const name = id ?? `plan ${at + 1} of the file`
  const done = await importPlan(app.acts, plan, false)
  if (isRefusal(done)) throw new WrongSetting(`${name}: refused, ${done}`)
  if ('faults' in done) {
    const faults = done.faults.map(({ path, fault }) => `  ${path}: ${fault}`)
    throw new WrongSetting(`${name}: nothing of it was taken in\n${faults.join('\n')}`)
  }
  console.log(`${done.id}: taken in`)
  for (const { id: accountId, email } of await accounts.withoutPassword(sql, done.id)) {
    const password = firstPassword()
    await accounts.setPassword(sql, accountId, await hashPassword(password))
    console.log(`  ${email}  ${password}`)
  }
}

async function run([file]: string[]): Promise<void> {
  if (!file) throw new WrongSetting(USE)
  const found = plansIn(readJson(file))
  if (found.some(isExport))
    throw new WrongSetting(
      `${file}: an exported plan is not read back in. "npm run verify -- ${file}" checks it.`,
    )
  if (found.length === 0) throw new WrongSetting(`${file}: there is no plan in it`)
  const config = ownConfig()
  const app = new App(config, await openDatabase(config), pino({ level: 'error' }))
  try {
    for (const [at, plan] of found.entries()) await take(app, plan, at)
  } finally {
    await app.close()
  }
}

await command(USE, run)

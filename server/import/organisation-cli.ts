/** `npm run organisation -- "De Lindehof" "Carla Smit" carla@lindehof.nl [plan …]` */
import { parseArgs } from 'node:util'
import { hashPassword } from '../auth/passwords.ts'
import { ownConfig, WrongSetting } from '../config.ts'
import * as accounts from '../db/accounts.ts'
import { openDatabase } from '../db/open.ts'
import { firstPassword } from './cli.ts'
import { addOrganisation } from './organisations.ts'

async function run([name, person, email, ...plans]: string[]): Promise<void> {
  if (!name || !person || !email?.includes('@'))
    throw new WrongSetting(
      'Write: npm run organisation -- "De Lindehof" "Carla Smit" carla@lindehof.nl [plan …]. ' +
        'Without plans: every plan that belongs to no organisation yet.',
    )
  const db = await openDatabase(ownConfig())
  try {
    const known = await accounts.byEmail(db.sql, email)
    const made = await db.sql.begin((tx) =>
      addOrganisation(
        tx,
        { name, manager: { name: person, email }, plans: plans.length > 0 ? plans : null },
        null,
      ),
    )
    console.log(`${name} (${made.id}): ${made.plans} plans, ${person} sees their terms`)
    if (known?.passwordHash) return
    const password = firstPassword()
    await accounts.setPassword(db.sql, made.accountId, await hashPassword(password))
    console.log(`  ${email}  ${password}`)
  } finally {
    await db.close()
  }
}

if (import.meta.main) {
  try {
    await run(parseArgs({ allowPositionals: true }).positionals)
  } catch (error) {
    console.error(error instanceof WrongSetting ? error.message : error)
    process.exitCode = 1
  }
}

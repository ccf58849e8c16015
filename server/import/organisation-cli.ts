/** `npm run organisation -- "De Lindehof" "Carla Smit" carla@lindehof.nl [plan …]` */
import { hashPassword } from '../auth/passwords.ts'
import { ownConfig, WrongSetting } from '../config.ts'
import * as accounts from '../db/accounts.ts'
import { openDatabase, type Db } from '../db/open.ts'
import * as organisations from '../db/organisations.ts'
import * as plans from '../db/plans.ts'
import { command, firstPassword } from './command.ts'
import { addOrganisation } from './organisations.ts'

const USE = `npm run organisation -- "De Lindehof" "Carla Smit" carla@lindehof.nl [plan …]
  Makes an organisation, or finds the one of this name, with a manager who sees terms and numbers of
  its plans and never a word of them. Puts the plans named under it; without any, every plan that
  belongs to no organisation yet. Prints a first password for a manager without one.`

/** What cannot be: a plan that is not there or belongs elsewhere, an address that is somebody else's. */
async function check(
  db: Db,
  {
    name,
    person,
    email,
    wanted,
  }: { name: string; person: string; email: string; wanted: string[] },
): Promise<void> {
  const known = await accounts.byEmail(db, email)
  if (known && known.name !== person)
    throw new WrongSetting(`${email} is the address of ${known.name}, not of ${person}`)
  const own = await organisations.byName(db, name)
  for (const id of wanted) {
    if (!(await plans.find(db, id))) throw new WrongSetting(`there is no plan "${id}"`)
    const of = await organisations.ofPlan(db, id)
    if (of === null || of === own?.id) continue
    const { name: other = of } = (await organisations.find(db, of)) ?? {}
    throw new WrongSetting(`${id} belongs to ${other} already`)
  }
}

async function run([name, person, address, ...wanted]: string[]): Promise<void> {
  if (!name || !person || !address?.includes('@')) throw new WrongSetting(USE)
  const email = address.trim().toLowerCase()
  const db = await openDatabase(ownConfig())
  try {
    await check(db.sql, { name, person, email, wanted })
    const known = await accounts.byEmail(db.sql, email)
    const asked = {
      name,
      manager: { name: person, email },
      plans: wanted.length > 0 ? wanted : null,
    }
    const made = await db.sql.begin((tx) => addOrganisation(tx, asked, null))
    const count = made.plans === 1 ? '1 more plan' : `${made.plans} more plans`
    console.log(`${name} (${made.id}): ${count}, ${person} sees their terms`)
    if (known?.passwordHash) return
    const password = firstPassword()
    await accounts.setPassword(db.sql, made.accountId, await hashPassword(password))
    console.log(`  ${email}  ${password}`)
  } finally {
    await db.close()
  }
}

await command(USE, run)

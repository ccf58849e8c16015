/** `npm run verify -- --plan ID` or `npm run verify -- export.json`: does the record still hold? */
import { brokenFile, firstBreak, firstGap, type ExportedFile, type Proof } from './chain.ts'
import { ownConfig, WrongSetting } from './config.ts'
import { openDatabase } from './db/open.ts'
import { erased } from './db/erasing.ts'
import * as plans from './db/plans.ts'
import { readJson } from './import/command.ts'
import { proofOf } from './proof.ts'

const USE = `npm run verify                       recomputes the chain of every plan in the database
npm run verify -- --plan ID          of one plan
npm run verify -- export.json        of a file that was exported`

/** Plans that were erased: what is left of their chains. */
async function erasedPlans(args: readonly string[]): Promise<string[]> {
  if (args.length > 0) return []
  const { sql, close } = await openDatabase(ownConfig())
  try {
    return (await erased(sql)).map(({ planId, count, links }) => {
      const fault = firstGap(count, links)
      if (fault) process.exitCode = 1
      return `${planId}: ${fault ?? `was erased; its ${count} events follow each other`}`
    })
  } finally {
    await close()
  }
}

type Checked = { proof: Proof; file: ExportedFile | null }

/** An exported file that can be read at all; it may have been cut off on its way. */
function fileAt(path: string): ExportedFile {
  const file = readJson(path) as Partial<ExportedFile> | null
  if (file?.proof?.events && file.proof.versions && file.proof.answers) return file as ExportedFile
  throw new WrongSetting(
    `${path} is not an export of a plan, or was changed so that it cannot be read`,
  )
}

async function checked([first, id]: readonly string[]): Promise<Checked[]> {
  const one = first === '--plan'
  if (first !== undefined && !one) {
    if (first.startsWith('-')) throw new WrongSetting(USE)
    const file = fileAt(first)
    return [{ proof: file.proof, file }]
  }
  if (one && !id) throw new WrongSetting('Name the plan: npm run verify -- --plan ID')
  const { sql, close } = await openDatabase(ownConfig())
  try {
    const ids = (await plans.all(sql)).map((plan) => plan.id)
    const wanted = one ? ids.filter((found) => found === id) : ids
    if (one && wanted.length === 0) throw new WrongSetting(`there is no plan "${id}"`)
    if (wanted.length === 0) console.log('There are no plans in this database.')
    return await Promise.all(
      wanted.map(async (planId) => ({ proof: await proofOf(sql, planId), file: null })),
    )
  } finally {
    await close()
  }
}

async function verify(args: readonly string[]): Promise<void> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(USE)
  for (const { proof, file } of await checked(args)) {
    const fault = firstBreak(proof) ?? (file && brokenFile(file))
    if (fault) process.exitCode = 1
    const held = `${proof.events.length} events, ${proof.versions.length} versions, ${proof.answers.length} answers`
    console.log(`${proof.planId}: ${fault ?? `holds (${held})`}`)
  }
  for (const line of await erasedPlans(args)) console.log(line)
}

try {
  await verify(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

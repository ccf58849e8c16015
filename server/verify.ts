/** `npm run verify -- --plan ID` or `npm run verify -- export.json`: does the record still hold? */
import { readFileSync } from 'node:fs'
import { brokenFile, firstBreak, firstGap, type ExportedFile, type Proof } from './chain.ts'
import { ownConfig } from './config.ts'
import { openDatabase } from './db/open.ts'
import { erased } from './db/erasing.ts'
import * as plans from './db/plans.ts'
import { proofOf } from './proof.ts'

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
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Partial<ExportedFile> | null
    if (file?.proof?.events && file.proof.versions && file.proof.answers)
      return file as ExportedFile
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`${path} is not an export of a plan, or was changed so that it cannot be read`)
}

async function checked(args: readonly string[]): Promise<Checked[]> {
  const path = args.find((arg) => !arg.startsWith('--') && arg.endsWith('.json'))
  if (path) {
    const file = fileAt(path)
    return [{ proof: file.proof, file }]
  }
  const only = args[args.indexOf('--plan') + 1]
  if (args.includes('--plan') && !only)
    throw new Error('Name the plan: npm run verify -- --plan ID')
  const { sql, close } = await openDatabase(ownConfig())
  try {
    const ids = (await plans.all(sql)).map(({ id }) => id)
    const wanted = args.includes('--plan') ? ids.filter((id) => id === only) : ids
    if (wanted.length === 0) throw new Error(`there is no plan "${only}"`)
    return await Promise.all(
      wanted.map(async (planId) => ({ proof: await proofOf(sql, planId), file: null })),
    )
  } finally {
    await close()
  }
}

try {
  let broken = 0
  for (const { proof, file } of await checked(process.argv.slice(2))) {
    const fault = firstBreak(proof) ?? (file && brokenFile(file))
    if (fault) broken++
    const held = `${proof.events.length} events, ${proof.versions.length} versions, ${proof.answers.length} answers`
    console.log(`${proof.planId}: ${fault ?? `holds (${held})`}`)
  }
  process.exitCode = broken > 0 ? 1 : 0
  for (const line of await erasedPlans(process.argv.slice(2))) console.log(line)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/** `npm run verify -- --plan ID` or `npm run verify -- export.json`: does the record still hold? */
import { readFileSync } from 'node:fs'
import { firstBreak, firstGap, type Proof } from './chain.ts'
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

async function proofs(args: readonly string[]): Promise<Proof[]> {
  const file = args.find((arg) => !arg.startsWith('--') && arg.endsWith('.json'))
  if (file) {
    const { proof } = JSON.parse(readFileSync(file, 'utf8')) as { proof: Proof }
    return [proof]
  }
  const only = args[args.indexOf('--plan') + 1]
  const { sql, close } = await openDatabase(ownConfig())
  try {
    const ids = (await plans.all(sql)).map(({ id }) => id)
    const wanted = args.includes('--plan') ? ids.filter((id) => id === only) : ids
    if (wanted.length === 0) throw new Error(`there is no plan "${only}"`)
    return await Promise.all(wanted.map((planId) => proofOf(sql, planId)))
  } finally {
    await close()
  }
}

try {
  let broken = 0
  for (const proof of await proofs(process.argv.slice(2))) {
    const fault = firstBreak(proof)
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

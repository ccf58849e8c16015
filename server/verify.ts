/** `npm run verify -- --plan ID` or `npm run verify -- export.json`: does the record still hold? */
import { readFileSync } from 'node:fs'
import { firstBreak, type Proof } from './chain.ts'
import { ownConfig } from './config.ts'
import { openDatabase } from './db/open.ts'
import * as plans from './db/plans.ts'
import { proofOf } from './proof.ts'

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
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/**
 * `npm run bench:ending`: how long after access is ended the document of that person closes, from the
 * moment it is asked (design.md: within two seconds). In the same process, in another that hears of
 * it over Redis, and in the same while Redis is away, when only the database tells. No test is decided
 * by it.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { pino } from 'pino'
import { isRefusal } from '#plan/refusals.ts'
import { readConfig } from '#server/config.ts'
import { importPlan } from '#server/import/plan.ts'
import { createApp } from '#server/table.ts'
import { startPostgres } from '../tests/postgres.ts'
import { caller, start, type Caller, type Running } from '../tests/process.ts'
import { startRedis } from '../tests/redis.ts'
import { Pen, until } from '../tests/table.ts'

const EACH = 15
const CASES = [
  'the same process',
  'another process, over Redis',
  'another process, while Redis is away',
]

const plan = {
  id: 'velen',
  client: { name: 'An de Boer', callMe: 'An' },
  participants: [
    { key: 'an', name: 'An de Boer', role: 'client', authority: 'self', mayConfirm: true },
    ...Array.from({ length: EACH * CASES.length }, (_, at) => ({
      ...{ key: `naaste-${at}`, name: `naaste ${at}`, role: 'relative', authority: 'own_task' },
      mayConfirm: true,
    })),
  ],
}
const quantile = (of: number[], share: number): number =>
  [...of].sort((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * share))]!

const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
const running: Running[] = []
const begun = async (env: Record<string, string>) => {
  const one = await start(env)
  running.push(one)
  return one
}
try {
  const url = await postgres.database()
  const app = await createApp(readConfig({ DATABASE_URL: url }), pino({ level: 'error' }))
  const made = await importPlan(app.acts, plan, true)
  await app.close()
  if (isRefusal(made) || 'faults' in made) throw new Error('the plan was not taken in')
  const here = await begun({ DATABASE_URL: url, REDIS_URL: redis.url })
  const there = await begun({ DATABASE_URL: url, REDIS_URL: redis.url })
  const an = await caller(here.base, 'an@velen.example')
  const { people, documents } = (await an.call('GET', '/api/plans/velen')).body as {
    people: { id: string; key: string }[]
    documents: { id: string; kind: string; zone: string }[]
  }
  const board = documents.find(({ kind, zone }) => kind === 'board' && zone === 'shared')!.id

  /** Ends one person's access here, while they have the board open at `where`. */
  async function ends(where: Running, who: Caller, id: string): Promise<number> {
    const pen = await new Pen(where.base.replace('http', 'ws'), board, who.cookie).synced()
    let closed = 0
    pen.provider.on('closed', () => (closed = performance.now()))
    const asked = performance.now()
    const { status } = await an.call('DELETE', `/api/plans/velen/people/${id}`)
    if (status >= 300) throw new Error(`access was not ended: ${status}`)
    await until(() => closed > 0, 60_000)
    pen.close()
    return closed - asked
  }
  const rows: string[] = []
  for (const [at, where] of [here, there, there].entries()) {
    if (at === 2) await redis.stop()
    const took: number[] = []
    for (let n = 0; n < EACH; n++) {
      const key = `naaste-${at * EACH + n}`
      const who = await caller(here.base, `${key}@velen.example`)
      took.push(await ends(where, who, people.find((one) => one.key === key)!.id))
    }
    const [middle, most] = [quantile(took, 0.5), Math.max(...took)]
    rows.push(`| ${CASES[at]} | ${middle.toFixed(0)} | ${most.toFixed(0)} |`)
  }
  const text = `# When access ends

Made by \`npm run bench:ending\` on ${new Date().toISOString().slice(0, 10)}: ${EACH} people each, PostgreSQL and Redis on the same machine, ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'this machine'}. To reach: 2,000 ms.

| from asking until their open document is closed, in … | p50 ms | most ms |
|---|---|---|
${rows.join('\n')}
`
  writeFileSync(new URL('ENDING.md', import.meta.url), text)
  console.log(text)
} finally {
  await Promise.all(running.map((one) => one.stop()))
  await redis.stop()
  await postgres.remove()
}
process.exit(0)

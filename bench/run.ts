/**
 * `npm run bench`: this server with everything on, beside others, in one run on one machine.
 *
 * Writes `bench/RESULTS.md`, and its table into the README. Figures of different runs say little to each other; the ratios in one
 * run are what counts.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { endAll, guard } from './children.ts'
import { Load } from './load.ts'
import { Ground, KINDS, NAMES, type Embedded, type Kind } from './peers.ts'
import { intoReadme, report, type Measured } from './report.ts'
import { measure, type Cast } from './scenarios.ts'
import { screens } from './screens.ts'

guard()
const here = new URL('.', import.meta.url).pathname
if (!existsSync(`${here}peers/node_modules`)) {
  console.log('Installing the servers to compare with…')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: `${here}peers`,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

const DOCUMENTS = 200
const PEOPLE = 5
const SPARE = 40
const sizes = [
  10,
  ...Array.from({ length: DOCUMENTS }, () => PEOPLE),
  1,
  ...Array.from({ length: SPARE }, () => 3),
]
try {
  console.log('Laying the tables…')
  const ground = await Ground.lay(sizes)
  const castOf = (boards: Cast['many']): Cast => ({
    ten: boards[0]!,
    many: boards.slice(1, 1 + DOCUMENTS),
    deep: boards[1 + DOCUMENTS]!,
    spare: boards.slice(2 + DOCUMENTS),
  })
  const asked = process.argv.slice(2)
  const kinds: (Kind | Embedded)[] = [...KINDS, 'relay-embedded', 'ours-embedded']
  const measured: Measured = {}
  for (const kind of kinds.filter((one) => asked.length === 0 || asked.includes(one))) {
    console.log(`Measuring ${NAMES[kind]}…`)
    const seated = kind.endsWith('embedded') ? await ground.embedded(sizes) : ground.seated
    const load = new Load()
    measured[kind] = await measure(load, await ground.install(kind), castOf(seated.boards))
    await load.end()
    console.log(JSON.stringify(measured[kind]))
  }
  console.log('Measuring screens…')
  const relay = await (await ground.install('relay')).start()
  const felt = await screens(`ws://127.0.0.1:${relay.address.port}/screens`)
  await relay.stop()
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${await ground.version()}`
  const [at, readme] = [new Date(), `${here}../README.md`]
  const text = report(measured, felt, machine, at)
  writeFileSync(`${here}RESULTS.md`, text)
  writeFileSync(readme, intoReadme(readFileSync(readme, 'utf8'), measured, machine, at))
  console.log(text)
} finally {
  await endAll()
}
process.exit(0)

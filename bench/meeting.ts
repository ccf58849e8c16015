/**
 * A meeting with twelve people and two big screens, on one machine, over real sockets: how long a
 * step takes to reach everyone: turning to an item, pointing, a hand raised and lowered. Writes
 * MEETING.md; no test is decided by it.
 *
 *   npm run bench:meeting -- [steps]
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Step } from '../src/plan/steps.ts'
import type { MeetingView } from '../src/live/meeting.ts'
import { ScreenSocket, SeatSocket } from '../tests/sockets.ts'

const STEPS = Number(process.argv[2] ?? 200)
const SEATS = 12
const SCREENS = 2

const root = fileURLToPath(new URL('..', import.meta.url))
const child = spawn(process.execPath, ['server/index.ts'], {
  cwd: root,
  env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: 'memory:', LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const base = await new Promise<string>((resolve) => {
  let output = ''
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString()
    const address = /Aan tafel: (http:\/\/\S+)/.exec(output)?.[1]
    if (address) resolve(address)
  })
})

async function signIn(key: string): Promise<string> {
  const answer = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${key}@plan-01.example`, password: 'aan-tafel' }),
  })
  return answer.headers.get('set-cookie')!.split(';')[0]!
}
async function call<T>(cookie: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { cookie, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as T
}
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const keys = ['fatima', 'ria', 'marjan', 'joost', 'bakker']
const cookies = await Promise.all(keys.map(signIn))
const chairCookie = cookies[0]!
const planned = await call<MeetingView>(chairCookie, 'POST', '/api/plans/plan-01/meetings', {
  onAt: '2026-12-10T13:00:00.000Z',
  people: [],
})
const seats = Array.from(
  { length: SEATS },
  (_, at) => new SeatSocket(base, cookies[at % cookies.length]!),
)
const chair = seats[0]!
await until(() => seats.every(({ here }) => here.length === keys.length))
const screens: ScreenSocket[] = []
for (let n = 0; n < SCREENS; n++) {
  const page = await fetch(`${base}/scherm`)
  const token = /screen=([\w-]+)/.exec(page.headers.get('set-cookie') ?? '')![1]!
  const screen = new ScreenSocket(base, token)
  await until(() => screen.view?.state === 'waiting')
  const { view } = screen
  await chair.admit(planned.id, view?.state === 'waiting' ? view.code : '')
  await until(() => screen.showing !== null)
  screens.push(screen)
}
const took: { acknowledged: number[]; people: number[]; screens: number[] } = {
  acknowledged: [],
  people: [],
  screens: [],
}
const first = await chair.step(planned.id, { do: 'start' })
if (!first.ok) throw new Error(first.refusal)
const items = first.value.agenda.map(({ id }) => id)
/** Whose step it is, and which: what happens in a meeting, over and over. */
function stepAt(n: number): [SeatSocket, Step] {
  const item = items[(Math.floor(n / 4) + 1) % items.length]!
  const other = seats[1 + (Math.floor(n / 4) % (cookies.length - 1))]!
  switch (n % 4) {
    case 0:
      return [chair, { do: 'go-to', item }]
    case 1:
      return [chair, { do: 'point', words: `Kijk hier: ${n}.` }]
    case 2:
      return [other, { do: 'raise' }]
    default:
      return [other, { do: 'lower' }]
  }
}
for (let n = 0; n < STEPS; n++) {
  const [who, step] = stepAt(n)
  const before = screens.map(({ shown }) => shown.length)
  const began = performance.now()
  const reply = await who.step(planned.id, step)
  took.acknowledged.push(performance.now() - began)
  if (!reply.ok) throw new Error(reply.refusal)
  const { revision } = reply.value
  await until(() => seats.every(({ meeting }) => (meeting?.revision ?? 0) >= revision))
  const last = seats.map(({ heard }) => heard.find((one) => one.revision === revision)!.at)
  took.people.push(Math.max(...last) - began)
  await until(() => screens.every(({ shown }, at) => shown.length > before[at]!))
  took.screens.push(Math.max(...screens.map(({ shown }) => shown.at(-1)!.at)) - began)
  await new Promise((resolve) => setTimeout(resolve, 20)) // people take steps; they do not race
}
const at = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!.toFixed(1)
const lines = (
  [
    ['who took the step knows it', took.acknowledged],
    ['the last of the people hears it', took.people],
    ['the last of the big screens shows it', took.screens],
  ] as const
).map(([what, values]) => `| ${what} | ${[0.5, 0.95, 1].map((s) => at(values, s)).join(' | ')} |`)
const text = `# A meeting

Made by \`npm run bench:meeting\` on ${new Date().toISOString().slice(0, 10)}: ${STEPS} steps (an item, pointing, a hand up, a hand down), ${SEATS} people and ${SCREENS} big screens, one process, embedded database, ${cpus().length} cores of ${cpus()[0]!.model}, all on one machine. To reach: 300 ms at p95.

| until … | p50 ms | p95 ms | most ms |
|---|---|---|---|
${lines.join('\n')}
`
writeFileSync(new URL('./MEETING.md', import.meta.url), text)
console.log(text)
for (const one of [...seats, ...screens]) one.close()
child.kill('SIGTERM')

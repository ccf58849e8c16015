/**
 * A meeting with twelve people and two big screens, on one machine, over real sockets: how long a
 * step of the chair takes to reach everyone. It reports; no test is decided by it.
 *
 *   node bench/meeting.ts [steps]
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
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
for (let n = 0; n < STEPS; n++) {
  const item = items[(n + 1) % items.length]!
  const began = performance.now()
  const reply = await chair.step(planned.id, { do: 'go-to', item })
  took.acknowledged.push(performance.now() - began)
  if (!reply.ok) throw new Error(reply.refusal)
  const { revision } = reply.value
  await until(() => seats.every(({ meeting }) => (meeting?.revision ?? 0) >= revision))
  const last = seats.map(({ heard }) => heard.find((one) => one.revision === revision)!.at)
  took.people.push(Math.max(...last) - began)
  await until(() => screens.every(({ showing }) => showing?.meeting.item === item))
  const shown = screens.map(
    (screen) =>
      screen.shown.findLast(
        ({ view, at }) => view.state === 'showing' && view.meeting.item === item && at >= began,
      )!.at,
  )
  took.screens.push(Math.max(...shown) - began)
}
const at = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!.toFixed(1)
console.log(
  `${STEPS} steps, ${SEATS} people, ${SCREENS} big screens, one process, embedded database`,
)
console.log('until …                     p50 ms   p95 ms   most ms')
for (const [what, values] of [
  ['the chair knows it', took.acknowledged],
  ['the last person hears it', took.people],
  ['the last screen shows it', took.screens],
] as const) {
  const cells = [0.5, 0.95, 1].map((share) => at(values, share).padStart(8)).join(' ')
  console.log(`${what.padEnd(27)}${cells}`)
}
for (const one of [...seats, ...screens]) one.close()
child.kill('SIGTERM')

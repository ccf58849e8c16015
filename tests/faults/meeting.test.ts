/** A meeting over two processes on one PostgreSQL and one Redis; then the chair's process dies. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { goalOf } from '#live/documents.ts'
import type { Step } from '#plan/steps.ts'
import type { MeetingView, ScreenContent } from '#live/meeting.ts'
import { afterAll, beforeAll } from '../anew.ts'
import { inDays } from '../days.ts'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { startRedis, type RedisServer } from '../redis.ts'
import { ScreenSocket, SeatSocket } from '../sockets.ts'
import { Pen, until } from '../table.ts'
import { seed } from './crowd.ts'

let server: PostgresServer
let redis: RedisServer
let here: Running
let there: Running
const people = new Map<string, Caller>()
const person = (key: string) => people.get(key)!
beforeAll(async () => {
  ;[server, redis] = await Promise.all([startPostgres(), startRedis()])
  const url = await server.database()
  await seed(url)
  const env = { DATABASE_URL: url, REDIS_URL: redis.url }
  ;[here, there] = await Promise.all([start(env), start(env)])
  for (const key of ['ria', 'marjan', 'fatima', 'bakker'])
    people.set(key, await caller(here.base, `${key}@plan-01.example`))
})
afterAll(async () => {
  await Promise.all([here.kill(), there.stop()])
  await redis.stop()
  await server.remove()
})

/** A big screen that opened the address at one of the processes, and waits to be let in. */
async function bigScreen({ base }: Running): Promise<ScreenSocket> {
  const page = await fetch(`${base}/scherm`)
  const token = /screen=([\w-]+)/.exec(page.headers.getSetCookie().join())?.[1]
  const screen = new ScreenSocket(base, token!)
  await until(() => screen.view?.state === 'waiting')
  return screen
}
const codeOf = ({ view }: ScreenSocket) => (view?.state === 'waiting' ? view.code : '')
const goalOn = ({ showing }: ScreenSocket): Extract<ScreenContent, { kind: 'goal' }> | null =>
  showing?.content.kind === 'goal' ? showing.content : null

type Goal = { id: string; documentId: string; hash: string }

test('a screen in one process follows a chair in another, and outlives that process', async () => {
  const fatima = person('fatima')
  const ids = (await fatima.call('GET', '/api/plans/plan-01')).body as {
    people: { id: string; key: string }[]
  }
  const idOf = (key: string) => ids.people.find((one) => one.key === key)!.id
  const planned = await fatima.call('POST', '/api/plans/plan-01/meetings', {
    onAt: inDays(14),
    minutes: 30,
    place: 'Huiskamer',
    link: '',
    people: ['ria', 'marjan', 'fatima', 'bakker'].map(idOf),
  })
  expect(planned.status).toBe(201)
  const { id: meetingId } = planned.body as MeetingView

  // let in by its letters, through the chair's own process
  const chair = new SeatSocket(here.base, fatima.cookie)
  const screens = [await bigScreen(there), await bigScreen(here)]
  const [far, near] = screens as [ScreenSocket, ScreenSocket]
  await until(() => chair.here.length > 0)
  for (const screen of screens)
    expect(await chair.admit(meetingId, codeOf(screen))).toMatchObject({ ok: true })
  await until(() => screens.every(({ showing }) => showing !== null))
  const take = async (by: SeatSocket, step: Step) =>
    expect(await by.step(meetingId, step)).toMatchObject({ ok: true })
  await take(chair, { do: 'start' })

  // every step is seen in both: the item, a hand from over there, who is here, what is pointed at
  const marjan = new SeatSocket(there.base, person('marjan').cookie)
  await take(chair, { do: 'next' })
  await until(() => screens.every(({ showing }) => showing?.meeting.item === 'who-i-am'))
  await until(() => marjan.meeting?.item === 'who-i-am')
  await take(marjan, { do: 'raise' })
  await take(chair, { do: 'point', words: 'De bloemen' })
  await until(() =>
    screens.every(
      ({ showing }) =>
        showing?.meeting.hands[0] === idOf('marjan') &&
        showing.meeting.pointing?.words === 'De bloemen' &&
        showing.here.some(({ personId }) => personId === idOf('marjan')) &&
        showing.chairConnected,
    ),
  )

  // words written over here are read over there; who reads, and who says yes, as well
  const made = await fatima.call('POST', '/api/plans/plan-01/goals', { area: 'living' })
  const goal = made.body as Goal
  await take(chair, { do: 'bring', goal: goal.id, title: '' })
  await until(() => screens.every((one) => goalOn(one) !== null))
  const pen = await new Pen(
    here.base.replace('http', 'ws'),
    goal.documentId,
    fatima.cookie,
  ).synced()
  ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, 'Ria eet mee in de zaal.')
  await pen.stored()
  const words = 'Ria eet mee in de zaal.'
  await until(() => screens.every((one) => goalOn(one)?.words.plainText === words))
  pen.close()
  const shown = await fatima.call('POST', `/api/goals/${goal.id}/present`, {
    parties: [idOf('marjan')],
  })
  const { hash } = shown.body as Goal
  await until(() => screens.every((one) => goalOn(one)?.state === 'presented'))
  expect(await marjan.reads({ goalId: goal.id, hash })).toMatchObject({ ok: true })
  const readers = (one: ScreenSocket) =>
    goalOn(one)?.answers.flatMap(({ personId, reads }) => (reads ? personId : [])) ?? []
  await until(() => screens.every((one) => readers(one).join() === idOf('marjan')))
  await until(() => chair.reading.some(({ people: all }) => all.includes(idOf('marjan'))))
  const says = (who: string, running: Running) =>
    fetch(`${running.base}/api/goals/${goal.id}/answers`, {
      method: 'POST',
      headers: { cookie: person(who).cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ hash, answer: 'yes', method: 'own_device', key: `two-${who}` }),
    })
  expect((await says('ria', here)).status).toBe(200)
  const saidYes = (one: ScreenSocket, key: string) =>
    goalOn(one)?.answers.some((a) => a.personId === idOf(key) && a.answer === 'yes') === true
  await until(() => screens.every((one) => saidYes(one, 'ria')))

  // the process of the chair dies: over there everything stands as it stood, and nobody else leads
  const bakker = new SeatSocket(there.base, person('bakker').cookie)
  await until(() => bakker.meeting?.item === `goal-${goal.id}`)
  const before = far.showing!.meeting
  await here.kill()
  near.close()
  await until(() => far.showing?.chairConnected === false, 60_000)
  expect(far.showing!.meeting).toMatchObject({ chair: idOf('fatima'), item: before.item })
  expect(far.showing!.meeting.hands).toEqual([idOf('marjan')])
  expect(saidYes(far, 'ria')).toBe(true)
  expect(await bakker.step(meetingId, { do: 'next' })).toMatchObject({ refusal: 'not-the-chair' })
  expect((await says('marjan', there)).status).toBe(200)
  await until(() => saidYes(far, 'marjan'))

  // she comes back through the other process, says the last yes, and goes on leading
  const back = new SeatSocket(there.base, fatima.cookie)
  await until(() => back.meeting?.chair === idOf('fatima'))
  await until(() => far.showing?.chairConnected === true)
  expect((await says('fatima', there)).status).toBe(200)
  await until(() => goalOn(far)?.state === 'agreed')
  await take(back, { do: 'go-to', item: 'close' })
  await until(() => far.showing?.content.kind === 'summary')
  const summary = far.showing!.content
  expect(summary.kind === 'summary' && summary.agreed).toContain(words)
  chair.close()
  for (const one of [back, bakker, marjan]) one.close()
  far.close()
})

/** What every answer must have and every door must refuse, whoever asks (OWASP ASVS 5.0). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'

let server: Running
let ria: Caller
beforeAll(async () => {
  server = await start()
  ria = await caller(server.base, 'ria@plan-01.example')
})
afterAll(() => server.stop())

const EVIL = 'https://kwaad.example'
const boardOf = async () => {
  const { body } = await ria.call('GET', '/api/plans/plan-01')
  return (body as { documents: { id: string }[] }).documents[0]!.id
}

function upgrade(path: string, origin: string): Promise<number> {
  const ws = new WebSocket(`${server.base.replace('http', 'ws')}${path}`, {
    headers: { cookie: ria.cookie, origin },
  })
  return new Promise((done) => {
    ws.on('unexpected-response', (_request, response) => done(response.statusCode ?? 0))
    ws.on('open', () => (done(101), ws.terminate()))
    ws.on('error', () => {})
  })
}

test('an address of the API that is not there says so to the program that asks', async () => {
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${server.base}/api/nergens/x`, {
      method,
      headers: { 'content-type': 'application/json' },
    })
    expect([answer.status, await answer.json()]).toMatchObject([404, { refusal: 'unknown-page' }])
  }
})

test('an address that is not there says so, and does not ask to try again', async () => {
  const answer = await fetch(`${server.base}/bestaat-niet`, {
    headers: { 'accept-language': 'nl' },
  })
  const page = await answer.text()
  expect(answer.status).toBe(404)
  expect(page).toContain('Deze bladzijde is er niet.')
  expect(page).not.toContain('Probeer het zo nog een keer.')
})

test('a foreign page gets in by none of the three doors, and it is in the security log', async () => {
  const post = (origin: string) =>
    fetch(`${server.base}/api/plans/plan-01/goals`, {
      method: 'POST',
      headers: { cookie: ria.cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify({ area: 'living' }),
    })
  const refused = await post(EVIL)
  expect([refused.status, await refused.json()]).toMatchObject([403, { refusal: 'foreign-origin' }])
  const sync = `/sync/${await boardOf()}`
  expect(await upgrade(sync, EVIL)).toBe(403)
  expect([400, 403]).toContain(await upgrade('/socket.io/?EIO=4&transport=websocket', EVIL))
  expect(await upgrade(sync, 'null')).toBe(403)
  expect(await upgrade(sync, server.base)).toBe(101)
  expect((await post(server.base)).status).toBe(201)
  const socket = io(server.base, {
    transports: ['polling'],
    reconnection: false,
    extraHeaders: { cookie: ria.cookie, origin: EVIL },
  })
  const connected = await new Promise<boolean>((done) => {
    socket.on('connect', () => done(true)).on('connect_error', () => done(false))
  })
  socket.disconnect()
  expect(connected).toBe(false)
  expect(server.log()).toContain('a call from a foreign origin was refused')
})

test('pages run no script but their own, come from nowhere else, and wait in no cache', async () => {
  const get = (path: string) => fetch(`${server.base}${path}`, { headers: { cookie: ria.cookie } })
  const nonces = new Set<string>()
  for (const path of [
    '/plannen',
    '/plan/plan-01',
    '/plan/plan-01/mensen',
    '/plan/plan-01/wie-keek',
  ]) {
    const answer = await get(path)
    expect(answer.status, path).toBe(200)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    const scripts = /script-src ([^;]+)/.exec(policy)![1]!
    expect(scripts).not.toMatch(/unsafe|\*|https?:/)
    nonces.add(/'nonce-([^']+)'/.exec(scripts)![1]!)
  }
  expect(nonces.size).toBe(4)
  for (const path of [
    '/plan/plan-01',
    '/api/plans',
    '/nergens',
    '/api/plans/plan-03',
    '/inloggen',
  ]) {
    const { headers } = await get(path)
    expect(headers.get('cache-control'), path).toMatch(/no-store/)
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('x-frame-options'), path).toBe('DENY')
    expect(headers.get('referrer-policy'), path).toBe('same-origin')
    expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
  }
})

test('letters and drawings are kept, and so are there without a network; what is not there is not', async () => {
  const kept = async (path: string) =>
    (await fetch(`${server.base}${path}`)).headers.get('cache-control')
  for (const path of ['/icons.svg', '/mark.svg', '/art/tuin.svg', '/fonts/LICENSE-literata.txt'])
    expect(await kept(path), path).toContain('max-age=86400')
  for (const path of ['/fonts/nergens.woff2', '/nergens.svg', '/plan/icons.svg'])
    expect(await kept(path), path).toBe('no-store')
  const people = await screens(server.base)
  const page = await people.browser.newPage()
  await page.goto(server.base)
  const address = await page.locator('use').first().getAttribute('href')
  await page.goto(`${server.base}/mark.svg`) // nothing holds the drawings any more
  await page.context().setOffline(true)
  const read = page.evaluate((url) => fetch(url).then(({ ok }) => ok), address!)
  expect(await read).toBe(true)
  await people.close()
})

test('a body that is too large is refused at the door, and nothing of it is done', async () => {
  const body = JSON.stringify({ area: 'living', wishes: ['x'.repeat(3_000_000)] })
  const answer = await fetch(`${server.base}/api/plans/plan-01/goals`, {
    method: 'POST',
    headers: { cookie: ria.cookie, 'content-type': 'application/json' },
    body,
  }).catch(() => null)
  expect(answer === null || [400, 413].includes(answer.status)).toBe(true)
  expect((await ria.call('GET', '/api/plans')).status).toBe(200)
})

test('in a browser: nothing is asked of another server, and nothing of care is left behind', async () => {
  const people = await screens(server.base)
  const page = await people.sit('Ria Hofland')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.reload()
  await page.getByText('Alles is bewaard').waitFor()
  expect(asked.length).toBeGreaterThan(5)
  const own = new URL(server.base).host
  expect(asked.filter((url) => !url.startsWith('data:') && new URL(url).host !== own)).toEqual([])
  expect(asked.filter((url) => /token|session|password/i.test(url))).toEqual([])
  const kept = await page.evaluate(async () => ({
    local: Object.values({ ...localStorage }).join(' '),
    session: Object.values({ ...sessionStorage }).join(' '),
    databases: (await indexedDB.databases()).length,
    cookie: document.cookie,
  }))
  expect(kept.databases).toBe(0)
  expect(kept.local + kept.session).not.toMatch(/tuin|bloemen|Ria/)
  expect(kept.cookie).not.toContain('session')
  await people.close()
  expect(server.log()).not.toMatch(/bloemenwinkel|rollator/)
})

test('behind https the cookie is for https only, and browsers are told to stay there', async () => {
  const behind = await start({ ORIGIN: 'https://tafel.example' })
  const headers = { 'content-type': 'application/json', origin: 'https://tafel.example' }
  const body = JSON.stringify({ email: 'ria@plan-01.example', password: 'aan-tafel' })
  const url = `${behind.base}/api/session`
  const answer = await fetch(url, { method: 'POST', headers, body })
  expect(answer.status).toBe(204)
  const cookie = answer.headers.get('set-cookie') ?? ''
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure']) expect(cookie).toContain(part)
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000')
  const plain = { ...headers, origin: behind.base }
  expect((await fetch(url, { method: 'POST', headers: plain, body })).status).toBe(403)
  await behind.stop()
})

test('a zero in an address or in what is sent is unreadable, and no fault of ours', async () => {
  const { plan, goal } = { plan: '/api/plans/plan%00x', goal: '/api/goals/a%00b' }
  for (const path of [plan, goal, '/plan/a%00b', '/api/documents/a%00/cards/%00/photo']) {
    const answer = await fetch(`${server.base}${path}`, { headers: { cookie: ria.cookie } })
    expect([answer.status, await answer.json()], path).toMatchObject([
      400,
      { refusal: 'unreadable' },
    ])
  }
  const email = 'ria\0@plan-01.example'
  const sent: [string, unknown][] = [
    ['/api/session', { email, password: 'x' }],
    ['/api/plans/plan-01/remarks', { goalId: 'x', kind: 'remark', text: 'a\0b' }],
    ['/api/plans/plan-01/remarks', { goalId: 'x', kind: 'remark', text: 'half \ud83d' }],
  ]
  for (const [path, body] of sent)
    expect(await ria.call('POST', path, body), path).toMatchObject({
      status: 400,
      body: { refusal: 'unreadable' },
    })
  expect(server.log()).not.toContain('0x00')
})

test('a refusal at the first door has the headers of every answer', async () => {
  const headers = { origin: EVIL, cookie: ria.cookie, 'content-type': 'application/json' }
  const foreign = await fetch(`${server.base}/api/plans`, { method: 'POST', headers })
  const zero = await fetch(`${server.base}/api/plans/%00`)
  for (const answer of [foreign, zero]) {
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
  }
})

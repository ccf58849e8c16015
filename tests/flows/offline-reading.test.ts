/** The last seen plan on a device of one's own: read without a network, and gone when it must be. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { THEMES } from '../visits.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

const WORDS = 'Ria drinkt haar koffie <b>buiten</b> & niet binnen.'
let server: Running
let people: Screens
let fatima: Caller
let ria: Caller
let secrets: string[]
let agreedId: string
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  ria = await caller(server.base, 'ria@plan-01.example')
  await laidBefore(server.base, fatima, 'plan-01', WORDS)
  const { body } = await ria.call('GET', '/api/plans/plan-01/export.json')
  const { plan, boards } = body as {
    plan: { goals: { id: string; state: string; words: { plainText: string } }[] }
    boards: { cards: { text: string }[] }[]
  }
  const agreed = plan.goals.find(({ state }) => state === 'agreed')!
  agreedId = agreed.id
  secrets = [
    ...boards.flatMap(({ cards }) => cards.map(({ text }) => text)),
    ...plan.goals.map(({ words }) => words.plainText),
  ].filter((text) => text.length > 15)
  expect(secrets.length).toBeGreaterThan(10)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

/** Everything this origin keeps in the browser, as text. */
const held = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }]
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const answer = await cache.match(request)
        const type = answer?.headers.get('content-type') ?? ''
        found.push(name, request.url, /font|octet/.test(type) ? '' : await answer?.text())
      }
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const asked = indexedDB.open(name!)
        asked.onsuccess = () => done(asked.result)
        asked.onerror = () => fail(new Error(name))
      })
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((done) => {
          const asked = database.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => done(asked.result as unknown[])
        })
        const decoder = new TextDecoder()
        found.push(
          name,
          all.map((one) => (one instanceof Uint8Array ? decoder.decode(one) : one)),
        )
      }
      database.close()
    }
    return JSON.stringify(found)
  })
/** Which words of care a text holds, also where it was written as JSON. */
const leaks = (text: string) =>
  secrets.filter((one) => text.includes(one) || text.includes(JSON.stringify(one).slice(1, -1)))

/** Marjan on her phone, at home, who says that it is hers; the plan is kept when this is done. */
async function hers(size = PHONE, look = ''): Promise<Page> {
  const phone = await finger(people, size)
  if (look) await phone.context().addCookies([{ name: 'look', value: look, url: server.base }])
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await tap(phone, 'Ook op dit apparaat bewaren')
  await phone.getByText('En u kunt het plan lezen zonder internet').waitFor()
  await tap(phone, 'Ja, dit is mijn eigen apparaat')
  await phone.getByRole('button', { name: 'Dit apparaat bewaart mee' }).waitFor()
  await expect.poll(async () => leaks(await held(phone)).length).toBeGreaterThan(5)
  await phone.waitForFunction(() => navigator.serviceWorker.controller !== null)
  return phone
}
const without = async (phone: Page, path: string) => {
  await phone.context().setOffline(true)
  await phone.goto(`${server.base}${path}`)
}

test('without the word of an owner no cache and no storage holds a word of care', async () => {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  for (const path of ['/thuis', '/plan/plan-01', `/plan/plan-01/doel/${agreedId}`, '/plannen']) {
    await phone.goto(`${server.base}${path}`)
    await phone.waitForLoadState('networkidle')
  }
  expect(leaks(await held(phone))).toEqual([])
  const workers = () =>
    phone.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  expect(await workers()).toBe(0)
  await phone.context().close()
})

test('on her own phone she reads what it said, and when that was, without a network', async () => {
  const phone = await hers()
  const kept = await held(phone)
  const { body } = await ria.call('GET', '/api/plans/plan-01/export.json')
  const { boards } = body as { boards: { zone: string; cards: { text: string }[] }[] }
  const apart = boards.filter(({ zone }) => zone !== 'shared').flatMap(({ cards }) => cards)
  expect(apart.length).toBeGreaterThan(0)
  expect(apart.filter(({ text }) => text.length > 15 && kept.includes(text))).toEqual([])
  await without(phone, '/plan/plan-01')
  await phone
    .getByText(/Er is nu geen internet\. U leest wat er stond op \d+\s\w+\s\d{4}, \d+\.\d+\suur/)
    .waitFor()
  await phone.getByText(WORDS).waitFor() // markup in it stays text
  await phone.getByRole('heading', { name: 'Dit is afgesproken' }).waitFor()
  await phone.getByText('Antwoorden en schrijven kan pas als er weer internet is.').waitFor()
  await expect.poll(() => phone.getByRole('button').count()).toBe(0) // nothing to press that would wait
  await expect.poll(() => phone.locator('script').count()).toBe(0)
  expect(
    await phone.evaluate(() => document.fonts.check('16px "Atkinson Hyperlegible Next"')),
  ).toBe(true)
  expect(await violations(phone)).toEqual([])
  const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await wide()).toBeLessThanOrEqual(0)
  await phone.reload()
  await phone.getByText(WORDS).waitFor()
  await phone.goto(`${server.base}/plan/plan-01/doel/${agreedId}`)
  await phone.getByRole('heading', { level: 2 }).waitFor()
  await expect.poll(() => phone.getByText(WORDS).count()).toBe(0) // this goal alone
  await phone.getByRole('link', { name: 'Heel het plan lezen' }).tap()
  await phone.getByText(WORDS).waitFor()
  await phone.context().setOffline(false)
  await phone.getByRole('link', { name: 'Kijk of er weer internet is' }).tap()
  await phone.getByText('Alles is bewaard').first().waitFor()
  await phone.context().close()
})

test.each(Object.entries(THEMES))(
  'in %s and on a narrow phone the copy is as readable',
  async (_name, look) => {
    const phone = await hers({ width: 320, height: 640 }, look)
    await without(phone, '/plan/plan-01')
    await phone.getByText(WORDS).waitFor()
    await expect.poll(() => phone.getAttribute('html', 'data-theme')).toBe(look.split('.')[0])
    const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await wide()).toBeLessThanOrEqual(0)
    expect(await violations(phone)).toEqual([])
    await phone.context().close()
  },
)

test('a link that is tapped without a network leads to the copy', async () => {
  const phone = await hers()
  await phone.context().setOffline(true)
  await phone.getByRole('link', { name: 'Het plan bekijken' }).tap()
  await phone.getByText('U leest wat er stond op').waitFor()
  await phone.context().close()
})

test('the seats of the demo and the big screen show nothing of it', async () => {
  const phone = await hers()
  for (const path of ['/', '/scherm', '/klant/plan-01']) {
    await without(phone, path)
    await phone.getByText('Er is nu geen internet').waitFor()
    expect(leaks((await phone.textContent('body')) ?? '')).toEqual([])
  }
  await phone.context().close()
})

test('what is kept is of this version, and the cache of an earlier one is gone', async () => {
  const phone = await hers()
  const names = () => phone.evaluate(() => caches.keys())
  const [now] = await names()
  await phone.evaluate(async () => {
    await caches.open('shell-earlier')
    const [worker] = await navigator.serviceWorker.getRegistrations()
    await worker!.unregister()
  })
  await phone.reload()
  await expect.poll(names).toEqual([now])
  const paths = await phone.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]!)
    return (await cache.keys()).map(({ url }) => new URL(url).pathname)
  })
  expect(paths.length).toBeGreaterThan(3)
  expect(paths.filter((path) => !/^\/(fonts\/|icons\.svg|mark\.svg)/.test(path))).toEqual([])
  await phone.context().close()
})

test('signing out wipes it', async () => {
  const phone = await hers()
  await phone.goto(`${server.base}/plannen`)
  await tap(phone, /stop|uit/i)
  await phone.waitForURL(`${server.base}/`)
  await expect.poll(async () => leaks(await held(phone))).toEqual([])
  await phone.context().close()
})

test('signing out elsewhere wipes it at the next contact, and somebody else finds nothing', async () => {
  const phone = await hers()
  const cookie = (await phone.context().cookies()).find(({ name }) => name === 'session')
  await phone.context().setOffline(true)
  await fetch(`${server.base}/api/session`, {
    method: 'DELETE',
    headers: {
      cookie: `${cookie!.name}=${cookie!.value}`,
      'content-type': 'application/json',
    },
  })
  await phone.context().setOffline(false)
  await phone.goto(`${server.base}/thuis`)
  await expect.poll(async () => leaks(await held(phone))).toEqual([])
  await phone.context().close()

  const shared = await hers()
  await seated(shared, server.base, 'toos@plan-03.example')
  await shared.goto(`${server.base}/plannen`)
  await expect.poll(async () => leaks(await held(shared))).toEqual([])
  await shared.context().close()
})

test('a tablet that goes into her hands keeps nothing of its owner', async () => {
  const tablet = await finger(people, PHONE)
  await seated(tablet, server.base, 'fatima@plan-01.example')
  await tablet.goto(`${server.base}/plan/plan-01`)
  await tablet.getByText('Alles is bewaard').first().waitFor()
  await tap(tablet, 'Ook op dit apparaat bewaren')
  await tap(tablet, 'Ja, dit is mijn eigen apparaat')
  await expect.poll(async () => leaks(await held(tablet)).length).toBeGreaterThan(5)
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const { goals } = body as { goals: { id: string; words: { plainText: string } }[] }
  const asked = goals.find(({ words }) => words.plainText === WORDS)!
  const scripts = Promise.withResolvers<void>()
  await tablet.route('**/_app/**/*.js', (route) => scripts.promise.then(() => route.continue()))
  const goal = `${server.base}/plan/plan-01/doel/${asked.id}`
  await tablet.goto(goal, { waitUntil: 'commit' })
  await tap(tablet, /^Geef aan/) // also before the page is alive
  scripts.resolve()
  await heading(tablet, 'Dag Ria.')
  await expect.poll(async () => leaks(await held(tablet))).toEqual([])
  await without(tablet, '/plan/plan-01').catch(() => null) // the worker that would draw it is gone too
  expect(leaks((await tablet.textContent('body')) ?? '')).toEqual([])
  await tablet.context().close()
})

test('a copy that is too old is not shown, and is gone', async () => {
  const phone = await hers()
  await phone.evaluate(
    () =>
      new Promise<void>((done) => {
        const asked = indexedDB.open('aan-tafel-reading')
        asked.onsuccess = () => {
          const store = asked.result.transaction('plans', 'readwrite').objectStore('plans')
          const all = store.getAll()
          all.onsuccess = () => {
            const at = new Date(Date.now() - 15 * 86_400_000).toISOString()
            const again = store.put({ ...(all.result[0] as object), at })
            again.onsuccess = () => {
              asked.result.close()
              done()
            }
          }
        }
      }),
  )
  await without(phone, '/plan/plan-01')
  await phone.getByText('Op dit apparaat staat geen plan om te lezen.').waitFor()
  await phone.context().setOffline(false)
  await phone.context().close()
})

test('access that ends wipes it: at once at the table and at home, else at the next contact', async () => {
  const marjan = async () => {
    const { body } = await fatima.call('GET', '/api/plans/plan-01')
    return (body as { people: { id: string; key: string }[] }).people.find(
      ({ key }) => key === 'marjan',
    )!.id
  }
  const away = await hers()
  await away.context().setOffline(true)
  const home = await hers()
  await home.waitForLoadState('networkidle')
  const phone = await hers()
  await phone.goto(`${server.base}/plan/plan-01`)
  await phone.getByText('Alles is bewaard').first().waitFor()
  const ended = await ria.call('DELETE', `/api/plans/plan-01/people/${await marjan()}`)
  expect(ended.status).toBeLessThan(300)
  const left = async () => [...leaks(await held(phone)), ...leaks(await held(home))]
  await expect.poll(left, { interval: 50 }).toEqual([])
  await home.context().close()
  await away.context().setOffline(false)
  await away.goto(`${server.base}/thuis`)
  await expect.poll(async () => leaks(await held(away))).toEqual([])
  await phone.context().close()
  await away.context().close()
  expect(people.faults).toEqual([])
})

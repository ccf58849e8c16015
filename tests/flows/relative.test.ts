/** A relative on her phone, and the client on her own screen: by taps alone, over a real mail server. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { postbox, type Postbox } from '../postbox.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'
import { until } from '../table.ts'

const FORTY =
  'Ria loopt elke dag na de koffie samen met iemand van het team door de tuin naar de rozen ' +
  'en terug, ook als het een beetje regent. Want buiten zijn is voor haar heel belangrijk en ' +
  'dan slaapt zij goed.'

let box: Postbox
let server: Running
let people: Screens
let fatima: Caller
let ria: Caller
let ids: Record<string, string>
beforeAll(async () => {
  box = await postbox()
  server = await start({ SMTP_URL: box.url, DEMO: '1' })
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  ria = await caller(server.base, 'ria@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const plan = body as { people: { id: string; key: string }[] }
  ids = Object.fromEntries(plan.people.map(({ key, id }) => [key, id]))
})
afterAll(async () => {
  await people.close()
  await server.stop()
  await box.close()
})

const isIn = (page: Page, words: string) =>
  page.evaluate((text) => document.body.innerText.includes(text), words)

test('a link from the mail opens her home on the phone that opened it, and on no other', async () => {
  const asked = {
    name: 'Kees Hofland',
    email: 'kees@example.org',
    role: 'relative',
    consent: 'Ja.',
  }
  expect((await ria.call('POST', '/api/plans/plan-01/people', asked)).status).toBe(201)
  let path = ''
  await until(() => {
    const letter = box.letters.find(({ to }) => to?.some((one) => one.address === asked.email))
    path = /\/link\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? ''
    expect(`${letter?.subject} ${letter?.text} ${letter?.html}`).not.toMatch(/Hofland|rozen/)
    return path !== ''
  }, 15_000)
  const phone = await finger(people, PHONE)
  await phone.goto(`${server.base}${path}`)
  await heading(phone, /Bent u Kees/)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Ja, dat ben ik')
  await heading(phone, 'Dag Kees.')
  const other = await finger(people, TABLET)
  await other.goto(`${server.base}${path}`)
  await other.getByRole('heading', { level: 1 }).waitFor()
  expect(await other.getByRole('button', { name: 'Ja, dat ben ik' }).count()).toBe(0)
  expect(await violations(other)).toEqual([])
  await other.goto(`${server.base}/thuis`)
  expect(new URL(other.url()).pathname).toBe('/inloggen') // the link alone let nobody in here
  await phone.context().close()
  await other.context().close()
})

test('an answer on the way when the internet goes ends in the truth, and counts once', async () => {
  const asked = { parties: [ids.marjan!] }
  const { id } = await laidBefore(server.base, fatima, 'plan-01', FORTY, asked)
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.getByRole('heading', { name: 'Dit wacht op uw antwoord' }).waitFor()
  await phone.goto(`${server.base}/plan/plan-01/doel/${id}`)
  const choose = (word: string) =>
    phone
      .getByRole('group', { name: 'Zegt u hier ja tegen?' })
      .getByText(word, { exact: true })
      .tap()
  await choose('Nee')
  await tap(phone, 'Toch niet') // a wrong tap
  await choose('Ja')
  await phone.context().setOffline(true)
  await tap(phone, 'Goed zo')
  await phone.getByText('Dit antwoord is niet aangekomen: ja').waitFor({ timeout: 20_000 })
  expect(await answers(id)).toEqual([])
  await phone.context().setOffline(false)
  await expect
    .poll(
      async () => {
        const again = phone.getByRole('button', { name: 'Probeer opnieuw' })
        if (await again.isVisible()) await again.tap()
        return phone.getByText('U zei:').isVisible()
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBe(true)
  expect(await answers(id)).toEqual(['yes'])
  await phone.context().close()
})
const answers = async (id: string) => {
  const { body } = await fatima.call('GET', `/api/goals/${id}`)
  const goal = body as { answers: { partyId: string; answer: string }[] }
  return goal.answers.filter(({ partyId }) => partyId === ids.marjan).map(({ answer }) => answer)
}

test.each([
  ['phone', PHONE],
  ['tablet', TABLET],
])(
  'on her own %s the client reads forty words without scrolling, in order, by taps',
  async (_name, size) => {
    const page = await finger(people, size)
    await seated(page, server.base, 'ria@plan-01.example')
    await page.goto(`${server.base}/klant/plan-01`)
    await heading(page, 'Dag Ria.')
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('button', { name: 'Lees voor' }).count()).toBe(0) // no Dutch voice
    await tap(page, 'Verder')
    await page.getByText('Ria loopt elke dag').waitFor()
    await isWhole(page)
    await tap(page, 'Verder')
    await isWhole(page)
    expect(await order(page)).toEqual(
      ['Terug', 'Dit spreken we af:', FORTY, 'Klopt dit voor u?', 'Ja, dat klopt', 'Nee'].concat(
        'Ik wil erover praten',
        'Help mij',
      ),
    )
    await tap(page, 'Nee')
    await heading(page, 'Dat mag.')
    await isWhole(page)
    await tap(page, 'Terug')
    await tap(page, 'Ja, dat klopt')
    await isWhole(page)
    await tap(page, 'Toch niet')
    await page.getByRole('heading', { name: 'Klopt dit voor u?' }).waitFor()
    await page.context().close()
  },
)

/** Nothing to scroll, every button 64 px, and axe finds nothing. */
async function isWhole(page: Page): Promise<void> {
  const over = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
  await expect.poll(over).toBeLessThanOrEqual(0)
  const least = await page.evaluate(() =>
    Math.min(
      ...[...document.querySelectorAll('button')]
        .filter((one) => one.checkVisibility())
        .map((one) => one.getBoundingClientRect().height),
    ),
  )
  expect(least).toBeGreaterThanOrEqual(63.5)
  expect(await violations(page)).toEqual([])
}

/** What a screen reader meets, one thing after another, as the browser tells it. */
async function order(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  type Node = {
    nodeId: string
    ignored: boolean
    childIds?: string[]
    role?: { value: string }
    name?: { value: string }
  }
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as {
    nodes: Node[]
  }
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const met: string[] = []
  const walk = (node: Node): void => {
    const role = node.role?.value ?? ''
    const name = (node.name?.value ?? '').trim()
    if (!node.ignored && ['button', 'heading', 'StaticText'].includes(role) && name !== '') {
      if (met.at(-1) !== name) met.push(name)
      if (role !== 'StaticText') return
    }
    for (const id of node.childIds ?? []) {
      const child = byId.get(id)
      if (child) walk(child)
    }
  }
  if (nodes[0]) walk(nodes[0])
  const about = ['Terug', 'Dit spreken we af:', 'Klopt dit voor u?', 'Ja, dat klopt', 'Nee']
  const asked = new Set([...about, FORTY, 'Ik wil erover praten', 'Help mij'])
  return met.filter((name) => asked.has(name))
}

test('a Dutch voice reads sentence by sentence, and marks the one it is at', async () => {
  const page = await finger(people, TABLET)
  await page.addInitScript(() => {
    const spoken: string[] = []
    let last: { onend?: () => void } | null = null
    class Utterance {
      onend?: () => void
      readonly text: string
      constructor(text: string) {
        this.text = text
      }
    }
    const voice = { lang: 'nl-NL', name: 'stem' }
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => [voice],
      cancel: () => (last = null),
      speak: (one: Utterance) => {
        spoken.push(one.text)
        last = one
      },
    })
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.assign(window, {
      SpeechSynthesisUtterance: Utterance,
      spoken,
      said: () => last?.onend?.(),
    })
  })
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/klant/plan-01`)
  await heading(page, 'Dag Ria.')
  await page.getByRole('button', { name: 'Lees voor' }).waitFor()
  await tap(page, 'Verder')
  await page.getByText('Ria loopt elke dag').waitFor()
  await tap(page, 'Lees voor')
  const marked = () => page.locator('mark.reading').allInnerTexts()
  const next = () => page.evaluate(() => (window as unknown as { said(): void }).said())
  await next() // "Dit spreken we af:" has no words of hers to mark
  const [one, two] = FORTY.split(/(?<=regent\.) /) as [string, string]
  await expect.poll(marked).toEqual([one])
  await next()
  await expect.poll(marked).toEqual([two])
  const spoken = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
  expect((await spoken()).map((text) => text.trim())).toEqual(['Dit spreken we af:', one, two])
  await tap(page, 'Stop met lezen')
  await expect.poll(marked).toEqual([])
  await page.context().close()
})

test('words that are changed while she is away are not answered by an old tap', async () => {
  const page = await finger(people, TABLET)
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/klant/plan-01`)
  await page.waitForLoadState('networkidle')
  await tap(page, 'Verder')
  await tap(page, 'Verder')
  await tap(page, 'Ja, dat klopt')
  await page.context().setOffline(true)
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const goal = (body as { goals: { id: string; words: { plainText: string } }[] }).goals.find(
    ({ words }) => words.plainText === FORTY,
  )!
  expect((await fatima.call('POST', `/api/goals/${goal.id}/revise`, {})).status).toBe(201)
  await page.context().setOffline(false)
  await page.getByText('Er wordt weer geschreven aan deze afspraak.').waitFor({ timeout: 20_000 })
  const sent = page.getByRole('button', { name: 'Goed zo' })
  expect(await sent.getAttribute('aria-disabled')).toBe('true')
  await page.context().close()
})

type Added = { text: string; saidBy: string; basis: string; about: string | null; kind: string }
const onBoard = async (text: string): Promise<Added | undefined> => {
  const { body } = await fatima.call('GET', '/api/plans/plan-01/export.json')
  const { boards } = body as { boards: { zone: string; cards: Added[] }[] }
  const shared = boards.filter(({ zone }) => zone === 'shared').flatMap(({ cards }) => cards)
  return shared.find((card) => card.text === text)
}

test('at home she adds what her mother would say, for herself alone first, and shares it', async () => {
  const words = 'Ik wil mijn eigen koffie zetten.'
  const phone = await finger(people, PHONE)
  const marjan = await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/thuis`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await tap(phone, 'Nog niet delen') // with nothing written
  await phone.getByText('Schrijf eerst').waitFor()
  await phone.getByRole('radio', { name: 'Wat Ria zou zeggen' }).tap()
  await phone.getByLabel('Wat zou Ria zelf zeggen?').fill(words)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Nog niet delen')
  await phone.getByText('Alleen u ziet het.').waitFor()
  const board = async (who: Caller) => {
    const headers = { cookie: who.cookie }
    return (await fetch(`${server.base}/plan/plan-01`, { headers })).text()
  }
  expect(await board(marjan)).toContain(words)
  expect(await board(fatima)).not.toContain(words)
  expect(await violations(phone)).toEqual([])
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Dit staat nu op het bord.').waitFor()
  expect(await onBoard(words)).toMatchObject({
    basis: 'proxy_as_client',
    saidBy: ids.marjan,
  })
  await phone.context().close()
})

test('what she adds at a goal without internet stands nowhere until it has arrived', async () => {
  const words = 'Ik loop op zondag graag met haar mee.'
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const [goal] = (body as { goals: { id: string }[] }).goals
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/plan/plan-01/doel/${goal!.id}`)
  await phone.waitForLoadState('networkidle')
  await tap(phone, 'Ik wil iets toevoegen')
  await phone.getByLabel('Wat wilt u zeggen?').fill(words)
  await phone.context().setOffline(true)
  await tap(phone, 'Deel dit nu')
  await phone.getByText('Uw woorden zijn nog niet aangekomen.').waitFor({ timeout: 20_000 })
  expect(await onBoard(words)).toBeUndefined()
  await phone.context().setOffline(false)
  await phone.getByText('Dit staat nu op het bord.').waitFor({ timeout: 20_000 })
  expect(await onBoard(words)).toMatchObject({
    kind: 'point',
    basis: 'proxy_own_view',
    saidBy: ids.marjan,
    about: goal!.id,
  })
  await phone.context().close()
})

test('when her access ends while she reads, the page is empty within two seconds', async () => {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const goal = (
    body as { goals: { id: string; state: string; words: { plainText: string } }[] }
  ).goals.find(({ state }) => state === 'agreed')!
  const { plainText } = goal.words
  await phone.goto(`${server.base}/plan/plan-01/doel/${goal.id}`)
  await phone.waitForLoadState('networkidle')
  await expect.poll(() => isIn(phone, plainText)).toBe(true)
  const before = Date.now()
  const ended = await ria.call('DELETE', `/api/plans/plan-01/people/${ids.marjan}`, {})
  expect(ended.status).toBeLessThan(300)
  await expect.poll(() => isIn(phone, plainText), { interval: 50, timeout: 5000 }).toBe(false)
  expect(Date.now() - before).toBeLessThan(2000)
  expect(await violations(phone)).toEqual([])
  await phone.context().close()
  expect(people.faults).toEqual([])
})

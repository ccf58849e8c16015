/** The client on her own screen: forty words, in order, seen whole and read aloud; by taps alone. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, violations, type Screens } from '../browser.ts'
import { caller, start, type Caller, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

const FORTY =
  'Ria loopt elke dag na de koffie samen met iemand van het team door de tuin naar de rozen ' +
  'en terug, ook als het een beetje regent. Want buiten zijn is voor haar heel belangrijk en ' +
  'dan slaapt zij goed.'

let server: Running
let people: Screens
let fatima: Caller
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  fatima = await caller(server.base, 'fatima@plan-01.example')
  await laidBefore(server.base, fatima, 'plan-01', FORTY)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

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
    await expect.poll(() => page.getByRole('button', { name: 'Lees voor' }).count()).toBe(0) // no Dutch voice
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
    await heading(page, 'U zegt Nee tegen:')
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
  const spoken = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
  await expect.poll(spoken).toHaveLength(1)
  await next() // "Dit spreken we af:" has no words of hers to mark
  const [one, two] = FORTY.split(/(?<=regent\.) /) as [string, string]
  await expect.poll(marked).toEqual([one])
  await next()
  await expect.poll(marked).toEqual([two])
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
  await page.getByText('Er wordt weer geschreven aan deze afspraak.').waitFor()
  const sent = page.getByRole('button', { name: 'Goed zo' })
  await expect.poll(() => sent.getAttribute('aria-disabled')).toBe('true')
  await page.context().close()
  expect(people.faults).toEqual([])
})

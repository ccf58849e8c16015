/** Getting in, on phones and by taps: links, codes, passkeys, an app, one's own account. */
import { expect, test } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, PHONE, violations, type Screens } from '../browser.ts'
import { postbox, type Postbox } from '../postbox.ts'
import { caller, start, type Running } from '../process.ts'

let box: Postbox
let server: Running
let people: Screens
let base: string
beforeAll(async () => {
  box = await postbox()
  server = await start({ SMTP_URL: box.url, SECOND_FACTOR: 'required' })
  base = server.base.replace('127.0.0.1', 'localhost') // a passkey belongs to a name
  people = await screens(base)
})
afterAll(async () => {
  await people.close()
  await server.stop()
  await box.close()
  expect(people.faults).toEqual([])
})

/** A phone nobody used before. */
async function phone(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await people.browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    locale: 'nl-NL',
    baseURL: base,
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => people.faults.push(error.message))
  return { context, page }
}
/** What the newest letter to an address holds. */
async function letter(to: string, part: RegExp): Promise<string> {
  let found: string | undefined
  await expect
    .poll(() => {
      const mine = box.letters.filter((got) => got.to?.some(({ address }) => address === to))
      found = part.exec(mine.at(-1)?.text ?? '')?.[0]
      return found
    })
    .toBeTruthy()
  box.letters.length = 0
  return found!
}
const LINK = /\/link\/[\w-]+/
const CODE = /\b\d{6}\b/
const tap = (page: Page, name: string | RegExp, role: 'button' | 'link' = 'button') =>
  page.getByRole(role, { name }).tap()
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { name }).first().waitFor()
/** Wide enough at 320 pixels, and nothing axe objects to. */
async function fits(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide, await page.title()).toBeLessThanOrEqual(320)
  await page.setViewportSize(PHONE)
}

test('a link opens on the first phone, is refused on a second, and is renewed there', async () => {
  const ria = await caller(server.base, 'ria@plan-01.example')
  const invited = await ria.call('POST', '/api/plans/plan-01/people', {
    name: 'Kees Hofland',
    email: 'kees@example.org',
    role: 'relative',
    consent: 'Kees mag meelezen.',
  })
  expect(invited.status).toBe(201)
  const link = await letter('kees@example.org', LINK)

  const first = await phone()
  await first.page.goto(link)
  await heading(first.page, 'Bent u Kees Hofland?')
  await fits(first.page)
  await tap(first.page, 'Nee', 'link')
  await heading(first.page, 'Dan is deze link niet voor u')
  await tap(first.page, 'Terug', 'link')
  await tap(first.page, 'Ja, dat ben ik')
  await first.page.waitForURL('**/plan/plan-01')

  const second = await phone()
  await second.page.goto(link)
  await heading(second.page, 'Deze link hoort bij een ander apparaat')
  expect(await second.page.content()).not.toContain('Kees')
  await fits(second.page)
  await tap(second.page, 'Stuur een nieuwe link')
  await heading(second.page, 'Er komt een nieuwe link')
  const fresh = await letter('kees@example.org', LINK)
  expect(fresh).not.toBe(link)
  await second.page.goto(fresh)
  await tap(second.page, 'Ja, dat ben ik')
  await second.page.waitForURL('**/plan/plan-01')

  await first.page.goto('/plannen')
  await first.page.waitForURL('**/inloggen') // one device at a time
  await first.page.goto(link)
  await heading(first.page, 'Deze link is oud')
  await first.page.goto('/link/' + 'x'.repeat(43))
  await heading(first.page, 'Deze link werkt niet')
  await fits(first.page)
  await first.context.close()
  await second.context.close()
})

test('who lost the link asks for it; before the first answer comes a code, pasted', async () => {
  const fatima = await people.sit('Fatima')
  const made = await fatima.request.post(base + '/api/plans/plan-01/goals', {
    data: { area: 'mental' },
  })
  const { id: goalId } = (await made.json()) as { id: string }
  await fatima.goto(`${base}/plan/plan-01/doel/${goalId}`)
  await fatima.getByRole('textbox', { name: 'Waar gaan we voor?' }).fill('Ria belt elke dag.')
  await fatima.getByText('Alles is bewaard').first().waitFor()
  const plan = (await (await fatima.request.get(base + '/api/plans/plan-01')).json()) as {
    people: { id: string; key: string }[]
  }
  const parties = plan.people.filter(({ key }) => key === 'marjan').map(({ id }) => id)
  const shown = await fatima.request.post(`${base}/api/goals/${goalId}/present`, {
    data: { parties },
  })
  expect(shown.status()).toBe(200)

  const { context, page } = await phone()
  await page.goto('/')
  await page.getByLabel('Link kwijt? Vul uw mailadres in').fill('marjan@plan-01.example')
  await tap(page, 'Stuur mij een link')
  await heading(page, 'Kijk in uw mail')
  await fits(page)
  await page.goto(await letter('marjan@plan-01.example', LINK))
  await tap(page, 'Ja, dat ben ik')
  await page.waitForURL('**/plan/plan-01')
  await page.goto(`/plan/plan-01/doel/${goalId}`)
  await tap(page, /^Ja/)
  await tap(page, /Goed zo/)
  await heading(page, 'Bent u het echt?')
  await fits(page)
  await tap(page, 'Stuur mij een code')
  const code = await letter('marjan@plan-01.example', CODE)
  const field = page.getByRole('textbox', { name: 'De code uit de mail' })
  await expect.poll(() => field.getAttribute('autocomplete')).toBe('one-time-code')
  await field.fill(code === '111111' ? '222222' : '111111')
  await tap(page, 'Ga verder')
  await page.getByText('Deze code klopt niet').waitFor()
  await field.fill(code)
  await tap(page, 'Ga verder')
  await page.getByText('U zei').first().waitFor()
  const goal = (await (await fatima.request.get(`${base}/api/goals/${goalId}`)).json()) as {
    answers: unknown[]
  }
  expect(goal.answers).toHaveLength(1)
  await context.close()
})

test('who works in care makes a passkey before seeing a plan, and signs in with it', async () => {
  const { context, page } = await phone()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signIn(page, 'fatima')
  await page.waitForURL('**/account')
  await page.goto('/plan/plan-01')
  await page.waitForURL('**/account') // nothing before that
  await fits(page)
  await tap(page, 'Maak een passkey')
  await heading(page, 'Bewaar deze reservecodes')
  await expect.poll(() => page.locator('.spare code').count()).toBe(10)
  await fits(page)
  expect(await letter('fatima@plan-01.example', /passkey/)).toBe('passkey')
  await tap(page, 'Ik heb de codes bewaard', 'link')
  await page.waitForURL('**/plannen')
  await leave(page)
  await page.goto('/inloggen')
  await fits(page)
  await tap(page, 'Log in met een passkey')
  await page.waitForURL('**/plannen')
  await leave(page)
  await signIn(page, 'fatima')
  await page.waitForURL('**/inloggen/stap') // the password alone is not enough any more
  await expect.poll(() => page.getByRole('button', { name: 'Stuur mij een code' }).count()).toBe(0)
  await tap(page, 'Gebruik mijn passkey')
  await page.waitForURL('**/plannen')
  await context.close()
})

test('a code app, and a recovery code when the phone is lost', async () => {
  const { context, page } = await phone()
  await signIn(page, 'joost')
  await page.waitForURL('**/account')
  await tap(page, 'Stel de code-app in')
  await page.getByRole('img', { name: 'Beeld om te scannen met uw code-app' }).waitFor()
  await fits(page)
  const secret = (await page.locator('.way code').textContent())!.replace(/\s/g, '')
  const app = new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 })
  await page.getByLabel('De code uit uw app').fill(app.generate())
  await tap(page, 'Zet de code-app aan')
  await heading(page, 'Bewaar deze reservecodes')
  const spare = (await page.locator('.spare code').first().textContent())!
  await tap(page, 'Ik heb de codes bewaard', 'link')
  await page.waitForURL('**/plannen')
  await leave(page)

  await signIn(page, 'joost')
  await page.waitForURL('**/inloggen/stap')
  await fits(page)
  await tap(page, 'Gebruik mijn code-app')
  const field = page.getByLabel('De code uit uw app')
  await field.fill(app.generate({ timestamp: Date.now() + 30_000 })) // the one before was used
  await tap(page, 'Ga verder')
  await page.waitForURL('**/plannen')
  await leave(page)

  await signIn(page, 'joost')
  await tap(page, 'Gebruik mijn code-app')
  await field.fill(spare.toUpperCase())
  await tap(page, 'Ga verder')
  await page.waitForURL('**/plannen')
  await letter('joost@plan-01.example', /reservecode/)
  await page.goto('/account')
  await page.getByText('U hebt er nog 9.').waitFor()
  await context.close()
})

test('a forgotten password is chosen anew, and everywhere else one is out', async () => {
  const elsewhere = await caller(server.base, 'ria@plan-01.example')
  const { context, page } = await phone()
  await page.goto('/inloggen')
  await tap(page, 'Wachtwoord vergeten', 'link')
  await heading(page, 'Wachtwoord vergeten')
  await fits(page)
  await page.getByLabel('Mailadres').fill('ria@plan-01.example')
  await tap(page, 'Stuur mij een link')
  await heading(page, 'Kijk in uw mail')
  const link = await letter('ria@plan-01.example', /\/wachtwoord\/[\w-]+/)
  await page.goto(link)
  await page.getByLabel('Nieuw wachtwoord').fill('drie rode bloemen')
  await fits(page)
  await tap(page, 'Bewaar het wachtwoord')
  await heading(page, 'Uw wachtwoord is veranderd')
  expect((await elsewhere.call('GET', '/api/plans')).status).toBe(401)
  await page.goto(link)
  await heading(page, 'Deze link werkt niet')
  await signIn(page, 'ria', 'drie rode bloemen')
  await page.waitForURL('**/plannen')

  const there = await caller(server.base, 'ria@plan-01.example', 'drie rode bloemen')
  await page.goto('/account')
  await fits(page)
  await tap(page, /^Log hier uit/)
  await page.getByRole('button', { name: /^Log hier uit/ }).waitFor({ state: 'detached' })
  expect((await there.call('GET', '/api/plans')).status).toBe(401)
  await page.getByLabel('Uw wachtwoord van nu').fill('verkeerd geraden')
  await page.getByLabel('Nieuw wachtwoord').fill('vier gele bloemen')
  await tap(page, 'Bewaar het wachtwoord')
  await page.getByText('horen niet bij elkaar').waitFor()
  await context.close()
})

async function leave(page: Page): Promise<void> {
  await tap(page, 'Uitloggen')
  await heading(page, 'Welkom aan tafel')
}
async function signIn(page: Page, key: string, password = 'aan-tafel'): Promise<void> {
  await page.goto('/inloggen')
  await page.getByLabel('Mailadres').fill(`${key}@plan-01.example`)
  await page.getByLabel('Wachtwoord').fill(password)
  await tap(page, 'Inloggen')
}

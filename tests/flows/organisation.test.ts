/** Signing in through one's own organisation: a real OpenID provider beside a real server. */
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { CLIENT, employer, type Employer } from '../organisation.ts'
import { start, type Running } from '../process.ts'

let work: Employer
let server: Running
let people: Screens
beforeAll(async () => {
  work = await employer()
  const settings = { OIDC_ISSUER: work.issuer, OIDC_NAME: 'De Lindehof', ...CLIENT }
  server = await start({ ...settings, SECOND_FACTOR: 'required' })
  work.serve(`${server.base}/inloggen/organisatie/terug`)
  people = await screens(server.base)
})
afterAll(async () => {
  await people.close()
  await server.stop()
  await work.close()
})

async function phone(): Promise<Page> {
  const size = { viewport: PHONE, hasTouch: true, isMobile: true, locale: 'nl-NL' }
  const context = await people.browser.newContext({ ...size, baseURL: server.base })
  return context.newPage()
}
async function through(page: Page): Promise<void> {
  await page.goto('/inloggen')
  await page.getByRole('link', { name: 'Log in via De Lindehof' }).tap()
  await page.getByRole('button', { name: 'Ik ben het' }).tap()
}
const fatima = { sub: 'medewerker-7', email: 'fatima@plan-01.example', verified: true }

test('who the organisation knows with two factors is in, and nothing more is asked', async () => {
  work.next = { ...fatima, amr: ['pwd', 'otp'] }
  const page = await phone()
  await page.goto('/inloggen')
  expect(await violations(page)).toEqual([])
  await through(page)
  await page.waitForURL('**/plannen')
  await page.goto('/account')
  await page.getByText('Via uw werk').waitFor()
  const session = await page.request.get(`${server.base}/api/session`)
  expect(await session.json()).toMatchObject({ assurance: 'substantial', step: null })
  await page.context().close()
})

test('with one factor there, a second is made here', async () => {
  work.next = fatima
  const page = await phone()
  await through(page)
  await page.waitForURL('**/account')
  await page.getByText('Nog één stap').waitFor()
  const session = await page.request.get(`${server.base}/api/session`)
  expect(await session.json()).toMatchObject({ assurance: 'low', step: 'enrol' })
  await page.context().close()
})

test('who has no seat here, or an address nobody verified, is told so and is not in', async () => {
  const strangers = [
    { sub: 'medewerker-8', email: 'iemand@lindehof.example', verified: true },
    { sub: 'medewerker-9', email: 'joost@plan-01.example', verified: false },
  ]
  for (const stranger of strangers) {
    work.next = stranger
    const page = await phone()
    await through(page)
    await page.getByText('u zit hier nog niet aan tafel').waitFor()
    expect(await page.context().cookies()).not.toContainEqual(
      expect.objectContaining({ name: 'session' }),
    )
    await page.context().close()
  }
})

test('a way back that nobody set out on leads nowhere', async () => {
  work.next = { ...fatima, amr: ['mfa'] }
  const [mine, theirs] = [await phone(), await phone()]
  await mine.goto('/inloggen')
  await mine.getByRole('link', { name: 'Log in via De Lindehof' }).tap()
  await mine.getByRole('button', { name: 'Ik ben het' }).waitFor()
  let back = ''
  mine.on('request', (request) => {
    if (request.url().includes('/terug?')) back = request.url()
  })
  await mine.context().clearCookies({ name: 'organisatie' }) // so that the code stays unused
  await mine.getByRole('button', { name: 'Ik ben het' }).tap()
  await mine.getByText('niet gelukt').waitFor()
  expect(back).toContain('code=')
  await theirs.goto(back) // a link somebody made her open: she would be in as another
  await theirs.getByText('niet gelukt').waitFor()
  expect((await theirs.request.get(`${server.base}/api/session`)).status()).toBe(401)
  await theirs.goto(`${server.base}/inloggen/organisatie/terug?error=access_denied`)
  await theirs.getByText('niet gelukt').waitFor()
  expect(await violations(theirs)).toEqual([])
  await mine.context().close()
  await theirs.context().close()
})

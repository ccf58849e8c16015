/** A tablet in the client's hands goes back to who handed it over, who shows it with a passkey. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { screens, TABLET, violations, type Screens } from '../browser.ts'
import { caller, start, type Running } from '../process.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

let server: Running
let base: string
let people: Screens
beforeAll(async () => {
  server = await start()
  base = server.base.replace('127.0.0.1', 'localhost') // a passkey belongs to a name
  people = await screens(base)
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

/** An authenticator of the tablet itself; whether it recognises the finger can be changed. */
async function authenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    recognises: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

test('her own passkey takes it back, and a finger that is not hers does not', async () => {
  const fatima = await caller(base, 'fatima@plan-01.example')
  const { id } = await laidBefore(base, fatima, 'plan-01', 'Ria eet haar ontbijt in de tuin.')
  const tablet = await finger(people, TABLET)
  const own = await authenticator(tablet)
  await seated(tablet, base, 'fatima@plan-01.example')
  await tablet.goto(`${base}/account`)
  await tablet.waitForLoadState('networkidle')
  await tap(tablet, 'Maak een passkey')
  await tablet.getByRole('heading', { name: 'Bewaar deze reservecodes' }).waitFor()
  await tablet.goto(`${base}/plan/plan-01/doel/${id}`)
  await tap(tablet, /^Geef aan/)
  await heading(tablet, 'Dag Ria.')
  await tablet.waitForLoadState('networkidle')
  await tap(tablet, 'Alleen voor Fatima')
  await heading(tablet, 'Geef het scherm aan Fatima.')
  expect(await violations(tablet)).toEqual([])
  await tablet.getByLabel('Wachtwoord van Fatima').fill('raden')
  await tap(tablet, 'Neem terug')
  await tablet.getByText('Dat klopt niet. Probeer het nog een keer.').waitFor()
  await tablet.waitForLoadState('networkidle')
  await own.recognises(false)
  await tap(tablet, 'Neem terug met een passkey') // a wrong password leaves the other way open
  await tablet.getByRole('alert').getByText('passkey').waitFor()
  expect(new URL(tablet.url()).pathname).toBe('/klant/plan-01')
  await tablet.goto(`${base}/plannen`)
  expect(new URL(tablet.url()).pathname).toBe('/klant/plan-01') // still hers
  await tablet.waitForLoadState('networkidle')
  await tap(tablet, 'Alleen voor Fatima')
  await own.recognises(true)
  await tap(tablet, 'Neem terug met een passkey')
  await tablet.waitForURL('**/plan/plan-01')
  await tablet.goto(`${base}/plannen`)
  expect(new URL(tablet.url()).pathname).toBe('/plannen')

  // handed over once more: a passkey also leads on to writing her answer down
  await tablet.goto(`${base}/plan/plan-01/doel/${id}`)
  await tap(tablet, /^Geef aan/)
  await heading(tablet, 'Dag Ria.')
  await tablet.waitForLoadState('networkidle')
  await tap(tablet, 'Verder')
  await tablet.getByText('Ria eet haar ontbijt in de tuin.').waitFor()
  await tap(tablet, 'Alleen voor Fatima')
  expect(await violations(tablet)).toEqual([])
  await tap(tablet, 'Met een passkey, en schrijf het antwoord op')
  await tablet.waitForURL(`**/doel/${id}/opschrijven`)
  await heading(tablet, 'Hoe laat Ria weten wat het antwoord is?')
  expect(people.faults).toEqual([])
})

test('handed over at one goal it begins with that goal, and comes back to it', async () => {
  const joost = await caller(base, 'joost@plan-01.example')
  await laidBefore(base, joost, 'plan-01', 'Ria belt elke avond met Lotte.')
  const { id } = await laidBefore(base, joost, 'plan-01', 'Ria eet op zondag vis.')
  const tablet = await people.sit('Fatima', TABLET)
  const press = (name: string) => tablet.getByRole('button', { name, exact: true }).click()
  await tablet.goto(`${base}/plan/plan-01/doel/${id}`)
  await press('Geef aan Ria')
  await heading(tablet, 'Dag Ria.')
  await tablet.waitForLoadState('networkidle')
  await press('Verder')
  await tablet.getByText('Ria eet op zondag vis.').waitFor()
  await press('Alleen voor Fatima')
  const takeBack = async (password: string) => {
    await tablet.getByLabel('Wachtwoord van Fatima').fill(password)
    await press('Neem terug')
  }
  await takeBack('raden')
  await tablet.getByText('Dat klopt niet. Probeer het nog een keer.').waitFor()
  await tablet.waitForLoadState('networkidle')
  await takeBack('aan-tafel')
  await tablet.waitForURL(`**/plan/plan-01/doel/${id}`)
  expect(people.faults).toEqual([])
})

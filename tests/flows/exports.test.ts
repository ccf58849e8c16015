/** Looking back, printing and taking along: on real screens, on paper and by keyboard. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Page } from 'playwright'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, violations, type Screens } from '../browser.ts'
import { caller, start, type Running } from '../process.ts'

let server: Running
let room: Screens
let ria: Page
let goalId: string
const plan = () => `${server.base}/plan/plan-01`
beforeAll(async () => {
  server = await start()
  room = await screens(server.base)
  ria = await room.sit('Ria')
  const { call } = await caller(server.base, 'ria@plan-01.example')
  const { goals } = (await call('GET', '/api/plans/plan-01')).body as {
    goals: { id: string; words: { plainText: string } }[]
  }
  goalId = goals.find(({ words }) => words.plainText.includes('rollator'))!.id
})
afterAll(async () => {
  await room.close()
  await server.stop()
})

test('Ria walks through what happened, step by step, with the keyboard', async () => {
  await ria.goto(plan())
  await ria.getByRole('link', { name: 'Terugkijken' }).click()
  await ria.waitForURL('**/terugkijken')
  await ria.getByRole('link', { name: /Ria loopt voor 1 september/ }).click()
  await ria.waitForURL('**/terugkijken?doel=*')
  const slider = ria.getByRole('slider')
  await slider.waitFor()
  await expect
    .poll(() => slider.getAttribute('aria-valuetext'))
    .toMatch(/uur\. Samen teruggekeken: “Gelukt\./)
  await slider.press('Home')
  await expect
    .poll(() => slider.getAttribute('aria-valuetext'))
    .toContain('Dit kwam mee uit een eerder plan.')
  await slider.press('ArrowRight')
  await expect
    .poll(() => slider.getAttribute('aria-valuetext'))
    .toContain('Fatima legde deze tekst voor.')
  await ria.getByRole('button', { name: 'Volgende' }).click()
  const now = ria.locator('[aria-current=step]')
  await expect.poll(() => now.textContent()).toContain('Ria antwoordde: ja, met een opmerking')
  await expect.poll(() => ria.getByText('Alle stappen kloppen met elkaar.').isVisible()).toBe(true)
  expect(await violations(ria)).toEqual([])
})

test('on paper stands the paper and nothing else, and no goal is cut in two', async () => {
  await ria.goto(`${plan()}/afdrukken`)
  await ria.getByRole('heading', { name: 'Mijn afspraken' }).waitFor()
  expect(await violations(ria)).toEqual([])
  await ria.emulateMedia({ media: 'print' })
  await expect.poll(() => ria.getByRole('button', { name: 'Druk af' }).isVisible()).toBe(false)
  await expect.poll(() => ria.getByRole('banner').first().isVisible()).toBe(false)
  for (const goal of await ria.locator('.pgoal').all()) {
    expect(await goal.evaluate((element) => getComputedStyle(element).breakInside)).toBe('avoid')
  }
  const pdf = await ria.pdf({ preferCSSPageSize: true, tagged: true })
  expect(pdf.length).toBeGreaterThan(5000)
  await ria.emulateMedia({ media: 'screen' })
  await ria.getByRole('link', { name: /Voor het zorgdossier/ }).click()
  await ria.getByRole('heading', { name: 'Bewijs' }).waitFor()
  expect(await violations(ria)).toEqual([])
})

test('the files she takes along are the files themselves, and the proof in them holds', async () => {
  await ria.goto(`${plan()}/afdrukken`)
  const take = async (name: string) => {
    const [file] = await Promise.all([
      ria.waitForEvent('download'),
      ria.getByRole('link', { name }).click(),
    ])
    return file
  }
  expect((await take('Dit papier als bestand (PDF)')).suggestedFilename()).toBe(
    'mijn-afspraken.pdf',
  )
  expect((await take('De dag van terugkijken')).suggestedFilename()).toBe('gesprek.ics')
  expect((await take('Voor het systeem van de zorg')).suggestedFilename()).toBe('plan.fhir.json')
  const folder = mkdtempSync(join(tmpdir(), 'aan-tafel-'))
  const path = join(folder, 'plan.json')
  await (await take('Alles, met het bewijs')).saveAs(path)
  const verify = (file: string) =>
    promisify(execFile)(process.execPath, ['server/verify.ts', file], {
      cwd: new URL('../..', import.meta.url).pathname,
    })
  expect((await verify(path)).stdout).toContain('plan-01: holds')
  const changed = readFileSync(path, 'utf8').replace('"shared_screen"', '"own_device"')
  const forged = join(folder, 'forged.json')
  writeFileSync(forged, changed.replaceAll('met de rollator', 'zonder rollator'))
  await expect(verify(forged)).rejects.toThrow()
  rmSync(folder, { recursive: true })
})

test('a daughter who may read and not take along is told whom to ask', async () => {
  const marjan = await room.sit('Marjan', PHONE)
  await marjan.goto(`${plan()}/afdrukken`)
  await marjan.getByText('U kunt dit plan lezen, maar niet meenemen.').waitFor()
  await expect.poll(() => marjan.getByText(/Vraag het aan Fatima/).isVisible()).toBe(true)
  await expect.poll(() => marjan.getByRole('link', { name: /PDF/ }).count()).toBe(0)
  expect(await violations(marjan)).toEqual([])
  await marjan.goto(`${plan()}/terugkijken?doel=${goalId}`)
  await marjan.getByRole('slider').waitFor()
  await marjan.setViewportSize({ width: 320, height: 640 })
  const wide = await marjan.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(320)
  expect(room.faults).toEqual([])
})

test('a text that takes more lines on paper than on the screen is not cut off there', async () => {
  const fatima = await room.sit('Fatima')
  await fatima.getByRole('button', { name: 'Nieuw doel' }).click()
  await fatima.getByRole('button', { name: 'Wonen en mijn dag' }).click()
  await fatima.waitForURL('**/doel/*')
  const words = fatima.getByRole('textbox', { name: 'Waar gaan we voor?' })
  await words.fill('Ria loopt elke dag een stukje door de tuin. '.repeat(30))
  await fatima.getByText('Alles is bewaard').waitFor()
  const box = fatima.locator('.held', { hasText: 'Ria loopt elke dag een stukje' })
  await expect.poll(() => box.getAttribute('style')).toContain('block-size')
  await fatima.emulateMedia({ media: 'print' })
  // a printer lays the page out anew and asks nobody to measure it
  const paper = await box.evaluate((held) => {
    held.style.blockSize = '40px'
    const mirror = held.querySelector<HTMLElement>('.mirror')!
    return {
      cut: mirror.offsetHeight - held.clientHeight,
      ink: getComputedStyle(mirror.querySelector('span')!).color,
      field: held.querySelector('textarea')!.checkVisibility(),
    }
  })
  expect(paper).toMatchObject({ cut: 0, field: false })
  expect(paper.ink).not.toBe('rgba(0, 0, 0, 0)')
})

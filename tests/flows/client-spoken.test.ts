/** What a screen reader says, phrase by phrase, of the client's screens and of a relative's goal. */
import { expect, test } from 'vitest'
import { afterAll, beforeAll } from '../anew.ts'
import { PHONE, screens, TABLET, type Screens } from '../browser.ts'
import { caller, start, type Running } from '../process.ts'
import { spokenOn } from '../spoken.ts'
import { finger, heading, laidBefore, seated, tap } from '../touch.ts'

const WORDS = 'Ria loopt elke dag door de tuin.'
let server: Running
let people: Screens
let goal: string
beforeAll(async () => {
  server = await start()
  people = await screens(server.base)
  const fatima = await caller(server.base, 'fatima@plan-01.example')
  const { body } = await fatima.call('GET', '/api/plans/plan-01')
  const marjan = (body as { people: { id: string; key: string }[] }).people.find(
    ({ key }) => key === 'marjan',
  )!.id
  goal = (await laidBefore(server.base, fatima, 'plan-01', WORDS, { parties: [marjan] })).id
})
afterAll(async () => {
  await people.close()
  await server.stop()
})

/** What stands below every screen of hers. */
const FOOT = [
  'contentinfo',
  'paragraph',
  'Vragen? Fatima helpt u.',
  'end of paragraph',
  'button, Help mij',
  'end of contentinfo',
  'end of document',
]

test('the client hears each screen whole, one thing after another, and nothing besides', async () => {
  const page = await finger(people, TABLET)
  await seated(page, server.base, 'ria@plan-01.example')
  await page.goto(`${server.base}/klant/plan-01`)
  await heading(page, 'Dag Ria.')
  await page.waitForLoadState('networkidle')
  expect(await spokenOn(page)).toEqual([
    ...['document', 'banner', 'link, Naar het begin', 'end of banner', 'main', 'status'],
    'heading, Dag Ria., level 1',
    ...['paragraph', 'Wij hebben samen gepraat. Nu lezen we wat we afspreken.', 'end of paragraph'],
    ...['paragraph', 'Het is één afspraak.', 'end of paragraph'],
    'button, Verder',
    'end of main',
    ...FOOT,
  ])
  const head = ['document', 'banner', 'button, Terug', 'end of banner', 'main', 'status']
  const agreement = [
    ...['paragraph', 'Dit spreken we af:', 'end of paragraph'],
    `heading, ${WORDS}, level 1`,
  ]
  await tap(page, 'Verder')
  await page.getByText(WORDS).waitFor()
  expect(await spokenOn(page)).toEqual([
    ...head,
    ...agreement,
    'button, Verder',
    'end of main',
    ...FOOT,
  ])
  await tap(page, 'Verder')
  await page.getByRole('heading', { name: 'Klopt dit voor u?' }).waitFor()
  expect(await spokenOn(page)).toEqual([
    ...head,
    ...agreement, // the words first, then the question, then the three answers
    'region, Klopt dit voor u?',
    'heading, Klopt dit voor u?, level 2',
    'group, Klopt dit voor u?',
    ...['button, Ja, dat klopt', 'button, Nee', 'button, Ik wil erover praten'],
    'end of group, Klopt dit voor u?',
    'end of region, Klopt dit voor u?',
    'end of main',
    ...FOOT,
  ])
  await tap(page, 'Ja, dat klopt')
  await heading(page, /U zegt/)
  expect(await spokenOn(page)).toEqual([
    ...head,
    'heading, U zegt Ja tegen:, level 1',
    ...['U zegt', 'Ja', 'tegen:', 'end of heading, U zegt Ja tegen:, level 1'],
    ...['paragraph', WORDS, 'end of paragraph'],
    ...['button, Goed zo', 'button, Toch niet'],
    'end of main',
    ...FOOT,
  ])
  await page.context().close()
})

test('a relative hears the words, then the question and its answers, then what others said', async () => {
  const phone = await finger(people, PHONE)
  await seated(phone, server.base, 'marjan@plan-01.example')
  await phone.goto(`${server.base}/plan/plan-01/doel/${goal}`)
  await phone.getByText('Alles is bewaard').first().waitFor()
  const spoken = await spokenOn(phone)
  const order = [
    'link, Naar de inhoud', // the way past everything that stands above
    'link, Het plan van Ria',
    'heading, Dit leggen we voor, level 1',
    'main',
    'Klaar om ja te zeggen', // its state is a word, before the words themselves
    `heading, ${WORDS}, level 2`,
    'heading, Zegt u hier ja tegen?, level 2',
    'button, Ja',
    'button, Nee',
    'button, Ik wil erover praten',
    'U kunt uw antwoord veranderen. Dat kan tot het is afgesproken.',
    'heading, Wie zei wat?, level 2',
    'nog geen antwoord',
    'heading, Wat vinden mensen hiervan?, level 2',
    'De tekst ligt stil. U kunt lezen en antwoorden.',
    'button, Ik wil iets toevoegen',
    'end of document',
  ]
  const met = spoken.filter((phrase) => order.includes(phrase))
  expect(met.filter((phrase, at) => met.indexOf(phrase) === at)).toEqual(order)
  // every button and link has a name that is said
  expect(spoken.filter((phrase) => /^(button|link|textbox|img)$/.test(phrase))).toEqual([])
  await phone.context().close()
  expect(people.faults).toEqual([])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { onRecord } from '#server/export/on-record.ts'
import { paperOf } from '#server/export/paper.ts'
import { exportPdf } from '#server/export/pdf/export.ts'
import { minePdf } from '#server/export/pdf/mine.ts'
import { wholePdf } from '#server/export/pdf/whole.ts'
import { planRecord, type PlanRecord } from '#server/export/record.ts'
import type { AnswerView } from '#live/wire.ts'
import { readPdf, type ReadPdf } from '../../pdf.ts'
import { table, type Table } from '../../table.ts'

let at: Table
beforeAll(async () => {
  at = await table()
})
afterAll(() => at.close())

async function recordOf(planId: string): Promise<PlanRecord> {
  const plan = demo.plans.find(({ id }) => id === planId)!
  const { key } = plan.participants.find(({ role }) => role === 'client')!
  const record = await planRecord(at.app, (await at.person(key, planId)).account, planId)
  if (typeof record === 'string') throw new Error(record)
  return record
}
const mine = async (record: PlanRecord): Promise<ReadPdf> =>
  readPdf(await minePdf(paperOf(record, 'nl'), 'nl', false))
const whole = async (record: PlanRecord): Promise<ReadPdf> =>
  readPdf(await wholePdf(onRecord(record, 'nl'), 'nl', { compress: false }))
const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

test.each(demo.plans.map(({ id }) => id))(
  '%s on paper says every agreed goal whole',
  async (planId) => {
    const record = await recordOf(planId)
    const [hers, all] = [await mine(record), await whole(record)]
    for (const { agreed } of record.plan.goals) {
      if (!agreed) continue
      const { words } = agreed
      const said = [words.plainText, ...words.actions.flatMap(({ what, when }) => [what, when])]
      for (const text of said) {
        expect(hers.text).toContain(flat(text))
        expect(all.text).toContain(flat(text))
      }
      expect(all.text).toContain(flat(words.professionalText))
      if (agreed.dissent) expect(hers.text).toContain(flat(agreed.dissent.text))
    }
    for (const { text } of record.dissents) expect(all.text).toContain(flat(text))
    for (const { remark } of record.answers) expect(all.text).toContain(flat(remark))
    for (const { hash } of record.versions) expect(all.text.replaceAll(' ', '')).toContain(hash)
    expect(all.text.replaceAll(' ', '')).toContain(record.chain.head)
  },
)

test('a goal that nobody wrote in yet has a heading all the same', async () => {
  const record = await recordOf('plan-01')
  const [goal] = record.plan.goals
  const empty = { ...goal!, agreed: null, words: { ...goal!.words, plainText: '' } }
  const [shown] = onRecord({ ...record, plan: { ...record.plan, goals: [empty] } }, 'nl').goals
  expect(shown?.title).toBe('Een doel zonder woorden')
})

test('L5: a wish that is not followed leaves the house with its ground, why and who says so', async () => {
  const record = await recordOf('plan-05')
  const [not] = record.decided.notFollowed
  const wish = record.cards.find(({ id }) => id === not!.cardId)!
  for (const { text } of [await mine(record), await whole(record)]) {
    expect(text).toContain(flat(wish.text))
    expect(text).toContain('Anderen zouden er last van hebben.')
    expect(text).toContain(flat(not!.reason))
    expect(text).toMatch(/Opgeschreven door \S+ op \d/)
  }
  expect((await mine(record)).text).toContain('Deze wensen volgen we nu niet')
  const followed = { ...record, decided: { ...record.decided, notFollowed: [] } }
  for (const { text } of [await mine(followed), await whole(followed)])
    expect(text).not.toContain('volgen we nu niet')
})

test('no word of another zone than the shared one is on paper', async () => {
  for (const plan of demo.plans) {
    const record = await recordOf(plan.id)
    const text = `${(await mine(record)).text} ${(await whole(record)).text}`
    const kept = [
      ...('restricted' in plan ? (plan.restricted ?? []) : []),
      ...plan.discussionPoints.filter(({ visibility }) => visibility !== 'shared'),
    ]
    for (const one of kept) expect(text).not.toContain(flat(one.text))
  }
})

test('who hears the paper hears its language, its title, its headings and tables, and no ornament', async () => {
  const record = await recordOf('plan-01')
  const pdf = await mine(record)
  expect(pdf.catalog).toContain('/Lang (nl-NL)')
  expect(pdf.catalog).toContain('/Marked true')
  expect(pdf.catalog).toContain('/DisplayDocTitle true')
  expect(pdf.structure).toEqual(
    expect.arrayContaining(['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']),
  )
  expect(pdf.untagged).toBe(0)
  expect(pdf.pages).toBeGreaterThan(1)
  expect((await whole(record)).structure).toEqual(
    expect.arrayContaining(['H1', 'H2', 'H3', 'H4', 'L', 'LI']),
  )
})

test('every page has its number and the code of what stands on the paper', async () => {
  const record = await recordOf('plan-01')
  const paper = paperOf(record, 'nl')
  const pdf = await mine(record)
  expect(paper.foot).toMatch(/ · code [0-9A-F]{4}-[0-9A-F]{4}$/)
  for (let page = 1; page <= pdf.pages; page++) {
    expect(pdf.ornaments).toContain(`Bladzijde ${page} van ${pdf.pages}`)
  }
  expect(pdf.ornaments.split(flat(paper.foot)).length - 1).toBe(pdf.pages)
})

test('what is asked of the client stands with boxes, and what she resists is not asked', async () => {
  const record = await recordOf('plan-07')
  const resisted = record.plan.goals.find(({ standing }) => standing === 'resisted')!
  expect(paperOf(record, 'nl').asked.map(({ id }) => id)).not.toContain(resisted.id)
  const asked = { ...resisted, standing: 'waiting' as const, answers: [] }
  const goals = record.plan.goals.map((goal) => (goal.id === asked.id ? asked : goal))
  const pdf = await mine({ ...record, plan: { ...record.plan, goals } })
  for (const word of ['Ja, dat klopt', 'Nee', 'Ik wil erover praten'])
    expect(pdf.text).toContain(word)
})

test('what she answered stands with its day, and no boxes are left to tick', async () => {
  const record = await recordOf('plan-09')
  const client = record.people.find(({ role }) => role === 'client')!
  const open = record.plan.goals.filter(({ state }) => state === 'presented')
  const said: Omit<AnswerView, 'version' | 'hash'> = {
    ...{ partyId: client.id, actorId: client.id, remark: '', witnesses: [], imported: false },
    ...{ answer: 'no', method: 'own_device', reaction: null, ways: [] },
    at: '2026-07-04T09:00:00Z',
  }
  const goals = open.map((goal) => ({
    ...goal,
    answers: [{ ...said, version: goal.version!, hash: goal.hash! }],
  }))
  const pdf = await mine({ ...record, plan: { ...record.plan, goals } })
  expect(flat(pdf.text)).toContain('Dit antwoordde ik op zaterdag 4 juli 2026: Nee.')
  expect(pdf.text).not.toContain('Wat vind ik hiervan?')
  expect(pdf.text).not.toContain('Ja, dat klopt')
})

test('words longer than a page go on on the next, and signs from other scripts are written', async () => {
  const record = await recordOf('plan-01')
  const [goal] = record.plan.goals
  const long = `${'Ria gaat naar de tuin als het kan. '.repeat(200)}Ώρα ≥ 4 ${'w'.repeat(300)} einde.`
  const words = { ...goal!.words, plainText: long }
  const goals = [{ ...goal!, agreed: { ...goal!.agreed!, words } }]
  const pdf = await mine({ ...record, plan: { ...record.plan, goals } })
  expect(pdf.pages).toBeGreaterThan(4)
  expect(pdf.text).toContain('Ώρα ≥ 4')
  expect(pdf.text).toContain('einde.')
})

test('it is in English for who reads English', async () => {
  const record = await recordOf('plan-01')
  const pdf = readPdf(await minePdf(paperOf(record, 'en'), 'en', false))
  expect(pdf.catalog).toContain('/Lang (en-GB)')
  expect(pdf.text).toContain('What we agreed')
})

test('only who may take a copy gets one', async () => {
  const ask = async (key: string) =>
    exportPdf(at.app, (await at.person(key)).account, 'plan-01', { reader: 'me', locale: 'nl' })
  expect(await ask('marjan')).toBe('no-access')
  const bytes = await ask('ria')
  if (typeof bytes === 'string') throw new Error(bytes)
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7')
})

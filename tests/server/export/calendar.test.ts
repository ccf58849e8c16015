import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarOf, reviewCalendar, type Entry } from '#server/export/calendar.ts'
import * as goals from '#server/db/goals.ts'
import { goalOf } from '#live/documents.ts'
import { presentGoal, reviseGoal } from '#server/goals.ts'
import { goal, say } from '../../goal.ts'
import { table, type Table } from '../../table.ts'

let at: Table
beforeAll(async () => {
  at = await table()
})
afterAll(() => at.close())

const made = new Date('2026-11-24T12:00:00Z')
const one = (when: Entry['at'], more: Partial<Entry> = {}): string =>
  calendarOf([{ uid: 'a@aan-tafel', sequence: 3, cancelled: false, at: when, ...more }], 'nl', made)
const ask = async (key: string, planId = 'plan-01'): Promise<string> => {
  const { account } = await at.person(key, planId)
  const calendar = await reviewCalendar(at.app, account, planId, 'nl')
  return typeof calendar === 'string' ? calendar : calendar.file
}

test('ten in the morning in Amsterdam stays ten, in winter and in summer, wherever the server stands', () => {
  const start = (iso: string) =>
    /DTSTART[^\r]*/.exec(
      one({ start: new Date(iso), end: new Date(Date.parse(iso) + 1_800_000) }),
    )![0]
  expect(start('2026-12-01T10:00:00+01:00')).toBe('DTSTART:20261201T090000Z')
  expect(start('2027-05-22T10:00:00+02:00')).toBe('DTSTART:20270522T080000Z')
  expect(start('2027-03-28T10:00:00+02:00')).toBe('DTSTART:20270328T080000Z')
})

test.each(['UTC', 'Europe/Amsterdam', 'Pacific/Auckland', 'America/Los_Angeles'])(
  'a day is that day, with the clock of the server in %s',
  (zone) => {
    const script = `
      import { calendarOf } from './server/export/calendar.ts'
      const at = (day) => ({ uid: 'a', sequence: 0, cancelled: false, at: { day } })
      const made = new Date('2026-11-24T12:00:00Z')
      console.log(calendarOf([at('2026-10-25'), at('2027-03-28')], 'nl', made))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      cwd: new URL('../../..', import.meta.url).pathname,
    }).toString()
    const starts = said.match(/DTSTART[^\r\n]*/g)
    expect(starts).toEqual(['DTSTART;VALUE=DATE:20261025', 'DTSTART;VALUE=DATE:20270328'])
  },
)

test('a calendar that others see tells nothing of the care', async () => {
  const file = await ask('ria')
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/)
  expect(file).toContain('SUMMARY:Gesprek aan tafel')
  for (const word of ['Ria', 'Hofland', 'tuin', 'bloemen', 'plan-01']) {
    expect(file).not.toContain(word)
  }
})

test('a day that was looked back on is over; one that stands keeps its name in every file', async () => {
  const [first, second] = [await ask('ria'), await ask('marjan')]
  const uids = (file: string) => file.match(/UID:[^\r]*/g)
  expect(uids(first)).toHaveLength(1)
  expect(uids(second)).toEqual(uids(first))
  const { sql } = at.app.db
  for (const goal of await goals.ofPlan(sql, 'plan-01')) {
    await goals.addReview(sql, 'plan-01', {
      goalId: goal.id,
      onDay: '2026-09-02',
      outcome: 'achieved',
      text: 'Gelukt.',
      version: goal.agreedVersion,
      personId: null,
      said: '',
    })
  }
  expect(await ask('ria')).toBe('nothing-to-decide')
})

test('a day that was agreed and is agreed no longer leaves the calendar', async () => {
  const [ank, toos] = [await at.person('ank', 'plan-03'), await at.person('toos', 'plan-03')]
  const { sql } = at.app.db
  const file = await ask('toos', 'plan-03')
  const goals3 = await goals.ofPlan(sql, 'plan-03')
  const [old] = /(?<=DTSTART;VALUE=DATE:)\d+/.exec(file)!
  const versions = await goals.versions(sql, 'plan-03')
  for (const { id } of goals3.filter((row) => row.agreedVersion !== null)) {
    const was = versions.find(({ goalId }) => goalId === id)!
    if (was.words.reviewOn?.replaceAll('-', '') !== old) continue
    const round = goal(await reviseGoal(at.app.acts, ank.account, id))
    const pen = await ank.open(round.documentId!).synced()
    goalOf(pen.doc).goal.set('reviewOn', '2027-02-03')
    await pen.stored()
    const shown = goal(await presentGoal(at.app.acts, ank.account, { goalId: id, parties: [] }))
    for (const who of [toos, ank]) goal(await say(at, who, shown, 'yes'))
  }
  const days = (await ask('toos', 'plan-03'))
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) => [/DTSTART;VALUE=DATE:(\d+)/.exec(event)![1], /STATUS:(\w+)/.exec(event)![1]])
  expect(days).toContainEqual([old, 'CANCELLED'])
  expect(days).toContainEqual(['20270203', 'CONFIRMED'])
})

test('who does not sit at the table gets no day', async () => {
  const { account } = await at.person('toos', 'plan-03')
  expect(await reviewCalendar(at.app, account, 'plan-01', 'nl')).toBe('no-access')
})

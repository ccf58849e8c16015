import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { Step } from '#plan/steps.ts'
import type { MeetingView } from '#live/meeting.ts'
import { addCard, goalOf } from '#live/documents.ts'
import { presentGoal, createGoal } from '#server/goals.ts'
import { answerGoal } from '#server/agreement.ts'
import { currentMeeting, stepMeeting } from '#server/meetings.ts'
import { cancelMeeting, planMeeting } from '#server/planning.ts'
import { admitScreen, openScreen, removeScreen } from '#server/screens.ts'
import { correctReport, giveFeedback, setReport } from '#server/reports.ts'
import { meetingPage } from '#server/gathering.ts'
import { called, prepare, preparationOf } from '#server/preparation.ts'
import { compose } from '#server/mail/compose.ts'
import * as events from '#server/db/events.ts'
import { hashOf } from '#server/ids.ts'
import { ScreenSocket, SeatSocket } from '../sockets.ts'
import { table, until, type Guest, type Table } from '../table.ts'

let t: Table
let cast: Record<'ria' | 'marjan' | 'fatima' | 'joost' | 'bakker', Guest>
beforeAll(async () => {
  t = await table()
  cast = {
    ria: await t.person('ria'),
    marjan: await t.person('marjan'),
    fatima: await t.person('fatima'),
    joost: await t.person('joost'),
    bakker: await t.person('bakker'),
  }
})
afterAll(() => t.close())

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})
const seat = (who: keyof typeof cast) => {
  const made = new SeatSocket(t.base, cast[who].cookie)
  open.push(made)
  return made
}
async function bigScreen(): Promise<ScreenSocket> {
  const { token } = ok(await openScreen(t.app.db.sql))
  const made = new ScreenSocket(t.base, token)
  open.push(made)
  await until(() => made.view?.state === 'waiting')
  return made
}
const codeOf = (screen: ScreenSocket) => (screen.view?.state === 'waiting' ? screen.view.code : '')

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}
const asked = (more: object = {}) => ({
  planId: 'plan-01',
  onAt: '2026-08-25T12:00:00.000Z',
  minutes: 30,
  place: 'Huiskamer',
  link: '',
  people: Object.values(cast).map(({ id }) => id),
  ...more,
})
const step = (who: keyof typeof cast, meetingId: string, one: Step) =>
  stepMeeting(t.app.acts, cast[who].account, { meetingId, step: one })

/** A meeting that Fatima leads, begun; what was there before is called off or finished. */
async function begun(): Promise<MeetingView> {
  const circle = await t.app.seats.circle('plan-01')
  const before = await currentMeeting(t.app.db.sql, circle)
  if (before?.state === 'planned')
    ok(await cancelMeeting(t.app.acts, cast.fatima.account, before.id))
  else if (before) await t.app.db.sql`update meeting set state = 'set' where id = ${before.id}`
  const planned = ok(await planMeeting(t.app.acts, cast.fatima.account, asked()))
  return ok(await step('fatima', planned.id, { do: 'start' }))
}

test('who may lead plans a meeting, and its agenda is there', async () => {
  expect(await planMeeting(t.app.acts, cast.marjan.account, asked())).toBe('no-access')
  expect(await planMeeting(t.app.acts, cast.fatima.account, asked({ people: ['nobody'] }))).toBe(
    'unknown-person',
  )
  const planned = ok(await planMeeting(t.app.acts, cast.fatima.account, asked()))
  const kinds = planned.agenda.map(({ kind }) => kind)
  expect(kinds.slice(0, 4)).toEqual(['welcome', 'who-i-am', 'look-back', 'look-back'])
  expect(planned.agenda.find(({ kind }) => kind === 'wish')!.title).toMatch(/^Ik wil niet om zeven/)
  expect(kinds.at(-1)).toBe('close')
  expect(planned).toMatchObject({ chair: cast.fatima.id, state: 'planned' })
  expect(await planMeeting(t.app.acts, cast.fatima.account, asked())).toBe('not-now')

  // what comes up after the planning is on the agenda as well; what was taken off is not
  const wish = planned.agenda.find(({ kind }) => kind === 'wish')!
  ok(await step('bakker', planned.id, { do: 'remove', item: wish.id }))
  const pen = await cast.marjan.open(await t.board()).synced()
  const card = { id: 'puntvanm', kind: 'point' as const, area: null, text: 'Mag de kat mee?' }
  addCard(pen.doc, { ...card, order: 'zz', saidBy: cast.marjan.id, basis: 'proxy_own_view' })
  await pen.stored()
  const started = ok(await step('fatima', planned.id, { do: 'start' }))
  expect(started.agenda.some(({ cardId }) => cardId === 'puntvanm')).toBe(true)
  expect(started.agenda.some(({ id }) => id === wish.id)).toBe(false)
  const kindsOfEvents = (await events.ofPlan(t.app.db.sql, 'plan-01')).map(({ kind }) => kind)
  expect(kindsOfEvents.slice(-2)).toEqual(['meeting-planned', 'meeting-started'])
})

test('everyone at the plan hears each step, and who comes later hears how it stands', async () => {
  const meeting = await begun()
  const [fatima, marjan] = [seat('fatima'), seat('marjan')]
  await until(() => marjan.meeting?.id === meeting.id && fatima.meeting?.id === meeting.id)
  await fatima.step(meeting.id, { do: 'next' })
  await marjan.step(meeting.id, { do: 'raise' })
  await until(() => fatima.meeting?.hands[0]?.person === cast.marjan.id)
  expect(marjan.meeting?.item).toBe('who-i-am')
  const late = seat('joost')
  await until(() => late.meeting?.hands.length === 1)
  expect(late.meeting).toEqual(fatima.meeting)
  const refused = await marjan.step(meeting.id, { do: 'next' })
  expect(refused).toMatchObject({ ok: false, refusal: 'not-the-chair' })
  const broken = await marjan.step(meeting.id, { do: 'dance' } as never)
  expect(broken).toMatchObject({ ok: false, refusal: 'unreadable' })
})

test('steps that arrive together are taken one after another, each on the newest', async () => {
  const meeting = await begun()
  const hands = (['ria', 'marjan', 'joost', 'bakker'] as const).map((who) =>
    step(who, meeting.id, { do: 'raise' }),
  )
  await Promise.all(hands)
  const circle = await t.app.seats.circle('plan-01')
  const now = await currentMeeting(t.app.db.sql, circle)
  expect(now!.hands.map(({ person }) => person).sort()).toEqual(
    [cast.ria.id, cast.marjan.id, cast.joost.id, cast.bakker.id].sort(),
  )
  expect(now!.revision).toBe(meeting.revision + 4)
})

test('when the chair is gone the meeting stays as it is, and is taken over by name only', async () => {
  const meeting = await begun()
  const fatima = seat('fatima')
  const bakker = seat('bakker')
  const screen = await bigScreen()
  await until(() => fatima.meeting !== null && bakker.here.length === 2)
  await fatima.step(meeting.id, { do: 'next' })
  await fatima.admit(meeting.id, codeOf(screen))
  await until(() => screen.showing?.chairConnected === true)
  fatima.close()
  await until(() => screen.showing?.chairConnected === false)
  expect(screen.showing!.meeting).toMatchObject({ chair: cast.fatima.id, item: 'who-i-am' })
  const taken = await bakker.step(meeting.id, { do: 'take-over', from: cast.fatima.id })
  expect(taken.ok).toBe(true)
  await until(() => screen.showing?.meeting.chair === cast.bakker.id)
  const back = seat('fatima')
  await until(() => back.meeting?.chair === cast.bakker.id)
  await back.step(meeting.id, { do: 'take-over', from: cast.bakker.id })
  await until(() => bakker.meeting?.chair === cast.fatima.id)
})

test('a big screen shows nothing until the chair lets it in, and nothing once it is taken away', async () => {
  const meeting = await begun()
  const [first, second] = [await bigScreen(), await bigScreen()]
  const code = codeOf(first)
  expect(code).toMatch(/^[A-Z]{6}$/)
  const { acts } = t.app
  const { fatima, bakker } = cast
  const admit = (who: Guest, letters: string) =>
    admitScreen(acts, who.account, { meetingId: meeting.id, code: letters })
  expect(await admit(bakker, code)).toBe('not-the-chair')
  expect(await admit(fatima, 'AAAAAA')).toBe('unknown-screen')
  ok(await admit(fatima, ` ${code.toLowerCase()} `))
  ok(await admit(fatima, codeOf(second)))
  await until(() => first.showing !== null && second.showing !== null)
  expect(first.showing!.content).toEqual({ kind: 'people' })
  expect(await admit(fatima, code)).toBe('unknown-screen') // letters count once
  const known = ok(await step('fatima', meeting.id, { do: 'next' }))
  expect(known.screens).toHaveLength(2)
  await until(() => second.showing?.content.kind === 'sayings')
  const away = { meetingId: meeting.id, screenId: known.screens[0]!.id }
  ok(await removeScreen(acts, fatima.account, away))
  await until(() => first.view?.state === 'gone')
  expect(second.showing).not.toBeNull()
  // a dead screen is replaced by opening the address anew
  second.close()
  const third = await bigScreen()
  ok(await admit(fatima, codeOf(third)))
  await until(() => third.showing?.meeting.item === 'who-i-am')
})

test('a big screen is nobody: it has no seat, no act and no byte of what is not shared', async () => {
  const meeting = await begun()
  const { token, row } = ok(await openScreen(t.app.db.sql))
  const screen = new ScreenSocket(t.base, token)
  open.push(screen)
  await until(() => screen.view !== null)
  ok(await admitScreen(t.app.acts, cast.fatima.account, { meetingId: meeting.id, code: row.code }))
  for (const item of meeting.agenda) {
    ok(await step('fatima', meeting.id, { do: 'go-to', item: item.id }))
    await until(() => screen.showing?.meeting.item === item.id)
  }
  const said = JSON.stringify(screen.shown)
  expect(said).toContain('bloemenwinkel')
  expect(said).not.toContain(cast.fatima.account.id)
  expect(said).not.toContain('@plan-01')
  const restricted = await t.app.db.sql<{ text: string }[]>`select remark as text from answer`
  expect(restricted.length).toBeGreaterThan(0)
  for (const cookie of [`screen=${token}`, '']) {
    const door = io(t.base.replace('ws', 'http'), {
      transports: ['websocket'],
      extraHeaders: { cookie },
      forceNew: true,
      reconnection: false,
    })
    const why = await new Promise<string>((done) =>
      door.on('connect_error', ({ message }) => done(message)),
    )
    expect(why).toBe('not-signed-in')
    door.close()
  }
  const strange = new ScreenSocket(t.base, 'x'.repeat(32))
  open.push(strange)
  await until(() => strange.refused === 'unknown-screen')
})

test('the screen gets finished phrases while people type, and the frozen words at once', async () => {
  const { acts } = t.app
  const made = ok(
    await createGoal(acts, cast.fatima.account, { planId: 'plan-01', area: 'living', wishes: [] }),
  )
  const pen = await cast.marjan.open(made.documentId!).synced()
  const text = goalOf(pen.doc).goal.get('plainText') as Y.Text
  text.insert(0, 'Ria eet mee.')
  await pen.stored()
  const meeting = await begun()
  const item = `goal-${made.id}`
  ok(await step('fatima', meeting.id, { do: 'go-to', item }))
  const screen = await bigScreen()
  ok(await admitScreen(acts, cast.fatima.account, { meetingId: meeting.id, code: codeOf(screen) }))
  const words = () => {
    const content = screen.showing?.content
    return content?.kind === 'goal' ? content.words.plainText : null
  }
  await until(() => words() === 'Ria eet mee.')
  for (const part of [' Elke', ' dag', ' in de', ' zaal.']) {
    text.insert(text.length, part)
    await pen.stored()
    await screen.ask()
  }
  await until(() => words() === 'Ria eet mee. Elke dag in de zaal.')
  const writing = screen.shown.some(
    ({ view }) => view.state === 'showing' && view.writing.includes(cast.marjan.id),
  )
  expect(writing).toBe(true)
  text.insert(text.length, ' Ook op')
  await pen.stored()
  const asked = [cast.joost.id, cast.marjan.id]
  const presented = ok(
    await presentGoal(acts, cast.fatima.account, { goalId: made.id, parties: asked }),
  )
  await until(() => words() === 'Ria eet mee. Elke dag in de zaal. Ook op')
  const answers = () => {
    const content = screen.showing?.content
    return content?.kind === 'goal' ? content.answers : []
  }
  expect(answers().map(({ personId }) => personId)).toEqual(
    [cast.ria, cast.marjan, cast.fatima, cast.joost].map(({ id }) => id),
  )
  const say = { goalId: made.id, hash: presented.hash!, method: 'own_device' as const }
  for (const who of ['ria', 'fatima', 'joost', 'marjan'] as const) {
    ok(await answerGoal(acts, cast[who].account, { ...say, answer: 'yes', key: who }))
  }
  await until(() => {
    const content = screen.showing?.content
    return content?.kind === 'goal' && content.state === 'agreed' && content.agreedAt !== null
  })
})

test('words that come as soon as a goal is on the table reach the screen as well', async () => {
  const { acts } = t.app
  const meeting = await begun()
  const screen = await bigScreen()
  ok(await admitScreen(acts, cast.fatima.account, { meetingId: meeting.id, code: codeOf(screen) }))
  const words = () => {
    const content = screen.showing?.content
    return content?.kind === 'goal' ? content.words.plainText : null
  }
  for (const drink of ['thee', 'koffie', 'water', 'melk', 'sap', 'soep']) {
    const goal = { planId: 'plan-01', area: 'living' as const, wishes: [] }
    const made = ok(await createGoal(acts, cast.fatima.account, goal))
    const pen = await cast.fatima.open(made.documentId!).synced()
    ok(await step('fatima', meeting.id, { do: 'bring', goal: made.id, title: '' }))
    await until(() => words() === '')
    ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, `Ria drinkt ${drink}.`)
    await until(() => words() === `Ria drinkt ${drink}.`)
    pen.close()
  }
  expect(words()).toBe('Ria drinkt soep.')
})

test('what was parked and then agreed after all waits for no other time', async () => {
  const { acts } = t.app
  const make = async (words: string) => {
    const goal = { planId: 'plan-01', area: 'living' as const, wishes: [] }
    const made = ok(await createGoal(acts, cast.fatima.account, goal))
    const pen = await cast.fatima.open(made.documentId!).synced()
    ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, words)
    await pen.stored()
    return made.id
  }
  const [agreed, waits] = [await make('Ria zit buiten.'), await make('Ria leest de krant.')]
  const meeting = await begun()
  for (const id of [agreed, waits])
    ok(await step('fatima', meeting.id, { do: 'park', item: `goal-${id}` }))
  const { hash } = ok(await presentGoal(acts, cast.fatima.account, { goalId: agreed, parties: [] }))
  const say = { goalId: agreed, hash: hash!, method: 'own_device' as const, answer: 'yes' as const }
  for (const who of ['ria', 'fatima'] as const)
    ok(await answerGoal(acts, cast[who].account, { ...say, key: who }))
  // the big screen says the same while the meeting is summed up
  const screen = await bigScreen()
  ok(await admitScreen(acts, cast.fatima.account, { meetingId: meeting.id, code: codeOf(screen) }))
  ok(await step('fatima', meeting.id, { do: 'go-to', item: 'close' }))
  await until(() => screen.showing?.content.kind === 'summary')
  expect(screen.showing?.content).toMatchObject({
    agreed: ['Ria zit buiten.'],
    parked: [expect.stringContaining('Ria leest de krant.')],
  })
  const { agenda } = ok(await step('fatima', meeting.id, { do: 'finish' }))
  const stateOf = (id: string) => agenda.find(({ goalId }) => goalId === id)?.state
  expect([stateOf(agreed), stateOf(waits)]).toEqual(['done', 'parked'])
})

test('a wish is dealt with as soon as the goal made of it is agreed', async () => {
  const { acts } = t.app
  const meeting = await begun()
  const screen = await bigScreen()
  ok(await admitScreen(acts, cast.fatima.account, { meetingId: meeting.id, code: codeOf(screen) }))
  const wish = meeting.agenda.find(({ kind }) => kind === 'wish')!
  ok(await step('fatima', meeting.id, { do: 'go-to', item: wish.id }))
  const goal = { planId: 'plan-01', area: 'living' as const, wishes: [wish.cardId!] }
  const made = ok(await createGoal(acts, cast.fatima.account, goal))
  ok(await step('fatima', meeting.id, { do: 'bring', goal: made.id, title: '' }))
  const pen = await cast.fatima.open(made.documentId!).synced()
  ;(goalOf(pen.doc).goal.get('plainText') as Y.Text).insert(0, 'Ria slaapt uit.')
  await pen.stored()
  const { hash } = ok(
    await presentGoal(acts, cast.fatima.account, { goalId: made.id, parties: [] }),
  )
  const say = {
    goalId: made.id,
    hash: hash!,
    method: 'own_device' as const,
    answer: 'yes' as const,
  }
  for (const who of ['ria', 'fatima'] as const)
    ok(await answerGoal(acts, cast[who].account, { ...say, key: who }))
  // on the big screen while the meeting goes on, and for who goes on to what is left
  await until(() => screen.showing?.agenda.find(({ id }) => id === wish.id)?.state === 'done')
  const { agenda } = ok(await step('fatima', meeting.id, { do: 'next' }))
  expect(agenda.find(({ id }) => id === wish.id)?.state).toBe('done')
})

test('a report is corrected with marks, set once, and then stays as it is', async () => {
  const meeting = await begun()
  const { acts } = t.app
  const { fatima, bakker, ria, marjan } = cast
  ok(await step('ria', meeting.id, { do: 'arrive', how: 'here' }))
  ok(await step('fatima', meeting.id, { do: 'minutes', to: bakker.id }))
  ok(await step('fatima', meeting.id, { do: 'next' }))
  ok(await step('fatima', meeting.id, { do: 'next' }))
  const [, , about] = meeting.agenda
  ok(await step('fatima', meeting.id, { do: 'next' }))
  ok(await step('fatima', meeting.id, { do: 'finish' }))
  const line = `item-${about!.id}`
  const write = (who: Guest, text: string) =>
    correctReport(acts, who.account, { meetingId: meeting.id, line, text })
  expect(await write(marjan, 'Niet waar.')).toBe('not-the-chair')
  ok(await write(bakker, 'Het lopen gaat goed.'))
  const view = ok(await write(fatima, 'Het lopen gaat beter.'))
  expect(view.corrections.map(({ was, becomes }) => [was, becomes])).toEqual([
    ['', 'Het lopen gaat goed.'],
    ['Het lopen gaat goed.', 'Het lopen gaat beter.'],
  ])
  const faces = { meetingId: meeting.id, couldSay: 3, wasHeard: 2, knows: 3 }
  expect(await giveFeedback(acts, marjan.account, { ...faces, party: ria.id })).toBe('not-for-her')
  ok(await giveFeedback(acts, fatima.account, { ...faces, party: ria.id }))
  const found = ok(await giveFeedback(acts, marjan.account, { ...faces, wasHeard: 1 }))
  expect(found.feedback).toEqual([
    { kind: 'client', people: 1, values: [3, 2, 3] },
    { kind: 'family', people: 1, values: [3, 1, 3] },
  ])
  expect(await setReport(acts, bakker.account, meeting.id)).toBe('not-the-chair')
  const set = ok(await setReport(acts, fatima.account, meeting.id))
  expect(set.set?.hash).toBe(hashOf(set.report))
  expect(await setReport(acts, fatima.account, meeting.id)).toBe('not-now')
  expect(await write(bakker, 'Toch anders.')).toBe('not-now')
  await expect(t.app.db.sql`update meeting_set set hash = 'x'`).rejects.toThrow('only added to')
  await expect(t.app.db.sql`delete from meeting_correction`).rejects.toThrow('only added to')
  const last = (await events.ofPlan(t.app.db.sql, 'plan-01')).at(-1)!
  expect(last).toMatchObject({ kind: 'report-set', body: { hash: set.set!.hash } })
  const letters = await t.app.db.sql<{ kind: string }[]>`
    select kind from letter where kind in ('meeting', 'meeting-ended')`
  expect(letters.filter(({ kind }) => kind === 'meeting-ended')).toHaveLength(5)
})

test('L3: what is handed in before the meeting is on record; what is better said in private becomes a call for the primary carer, and nothing else', async () => {
  const meeting = await begun()
  const { acts, db } = t.app
  const { fatima, marjan, joost } = cast
  const answers = { 'you-think': 'Ze eet weinig.', alone: 'Ik slaap slecht.' } as const
  const asked = { meetingId: meeting.id, answers, cards: { 'you-think': 'kaart1' } }
  ok(await prepare(acts, marjan.account, { ...asked, handIn: false }))
  expect((await preparationOf(db.sql, meeting.id, joost.id)).answers).toEqual({})
  const page = async (who: Guest) => ok(await meetingPage(t.app, who.account, 'plan-01'))
  expect((await page(fatima)).calls).toEqual([])
  ok(await prepare(acts, marjan.account, { ...asked, handIn: true }))
  ok(await prepare(acts, marjan.account, { ...asked, handIn: true })) // twice is once
  const { calls, prepared } = await page(fatima)
  expect(calls.map(({ from, text }) => [from, text])).toEqual([[marjan.id, 'Ik slaap slecht.']])
  expect(prepared).toEqual([marjan.id])
  for (const who of [joost, marjan, cast.ria, cast.bakker]) {
    expect(JSON.stringify(await page(who))).not.toContain('Ik slaap slecht')
  }
  const chain = JSON.stringify(await events.ofPlan(db.sql, 'plan-01'))
  expect(chain).toContain('preparation-handed-in')
  expect(chain).not.toContain('Ik slaap slecht')
  const call = { meetingId: meeting.id, callId: calls[0]!.id }
  expect(await called(acts, joost.account, call)).toBe('nothing-to-decide')
  ok(await called(acts, fatima.account, call))
  expect((await page(fatima)).calls).toEqual([])
})

test('D17, L7: an invitation says when and where and what the law wants said, and nothing of care', async () => {
  await begun()
  const letters = await t.app.db.sql<
    { kind: string; facts: Record<string, unknown>; planId: string }[]
  >`select kind, facts, plan_id as "planId" from letter where kind = 'meeting' limit 1`
  const names = { reader: 'Marjan Hofland', client: 'Ria Hofland', callMe: 'Ria', own: false }
  const mail = compose(letters[0]!, names, 'https://tafel.example')
  expect(mail.text).toContain('cliëntondersteuner')
  expect(mail.text).toContain('persoonlijk plan')
  expect(mail.text).toContain('https://tafel.example/plan/plan-01/voorbereiden')
  expect(mail.text).not.toMatch(/Hofland|rollator|tuin/)
  expect(mail.calendar?.content).toContain('DTSTART:20260825T120000Z')
  // that it was said is on record
  const planned = (await events.ofPlan(t.app.db.sql, 'plan-01')).findLast(
    ({ kind }) => kind === 'meeting-planned',
  )
  expect(planned?.body).toMatchObject({ told: ['client-supporter', 'own-plan'] })
})

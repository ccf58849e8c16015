/** Consent for some goals of a plan and not for the rest: who was let in so sees those, and nothing else. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { goalOf } from '#live/documents.ts'
import { answerGoal } from '#server/agreement.ts'
import { changeSeat, invite } from '#server/circle.ts'
import * as access from '#server/db/access.ts'
import * as accounts from '#server/db/accounts.ts'
import * as documents from '#server/db/documents.ts'
import { firstBreak } from '#server/chain.ts'
import { goalProof } from '#server/evidence.ts'
import { exportJson } from '#server/export/json.ts'
import { meetingPage } from '#server/gathering.ts'
import { createGoal, presentGoal, reviseGoal } from '#server/goals.ts'
import { history } from '#server/history.ts'
import { homePlans } from '#server/home.ts'
import { contributionsOf, lookBack } from '#server/look-back.ts'
import { markGoal } from '#server/marks.ts'
import { newFor } from '#server/notices.ts'
import { ownPlanPage } from '#server/own-plan-page.ts'
import { planLines } from '#server/plan-lines.ts'
import { goalPage, planPage, readGoalView, readPlan, writersOf } from '#server/plans.ts'
import { proofOf } from '#server/proof.ts'
import { addRemark, readRemarks } from '#server/remarks.ts'
import { setPage } from '#server/setting.ts'
import { seatsPage } from '#server/table-seats.ts'
import { SeatSocket } from '../sockets.ts'
import { table, until, type Guest, type Table } from '../table.ts'

const planId = 'plan-07'
let t: Table
let noor: Guest
let mark: Guest
let bas: Guest
beforeAll(async () => {
  t = await table()
  noor = await t.person('noor', planId)
  mark = await t.person('mark', planId)
  bas = await t.person('bas', planId)
})
afterAll(() => t.close())
const open: SeatSocket[] = []
afterEach(() => open.splice(0).forEach((one) => one.close()))

const ok = <T>(value: T): Exclude<T, Refusal> => {
  if (isRefusal(value)) throw new Error(value)
  return value as Exclude<T, Refusal>
}
const goals = async () => {
  const all = ok(await readPlan(t.app, bas.account, planId)).goals
  const of = (words: string) => all.find((goal) => goal.words.plainText.includes(words))!
  return { walking: of('loopt elke dag'), calling: of('zien elkaar elke zondag') }
}

test('D23: a 16-year-old relative with limited consent sees only the listed goals', async () => {
  const { app } = t
  const { walking, calling } = await goals()
  const plan = ok(await readPlan(app, noor.account, planId))
  expect(plan.goals.map(({ id }) => id)).toEqual([calling.id])
  expect(plan.client).toMatchObject({ callMe: 'San', about: '', setting: '', age: null })
  const page = ok(await goalPage(app, noor.account, planId, calling.id))
  expect(page).toMatchObject({ wishes: [], otherWishes: [], deciding: null })
  expect(Object.values(page.may).some(Boolean)).toBe(false)
  expect(ok(await readGoalView(app, noor.account, calling.id)).id).toBe(calling.id)
  expect(ok(await goalProof(app, noor.account, calling.id)).fault).toBe(null)

  const closed: Promise<unknown>[] = [
    planPage(app, noor.account, planId),
    readGoalView(app, noor.account, walking.id),
    goalPage(app, noor.account, planId, walking.id),
    goalProof(app, noor.account, walking.id),
    history(app, noor.account, planId),
    lookBack(app, noor.account, planId, calling.id),
    contributionsOf(app, noor.account, planId),
    exportJson(app, noor.account, planId),
    meetingPage(app, noor.account, planId),
    setPage(app, noor.account, planId),
    ownPlanPage(app, noor.account, planId),
    seatsPage(app, noor.account, planId),
  ]
  for (const one of closed) expect(await one).toBe('no-access')

  // all that she gets, held against every word of the rest
  const given = JSON.stringify([
    plan,
    page,
    await homePlans(app, noor.account),
    await planLines(app, noor.account, '2026-06-18'),
    await readRemarks(app.acts, noor.account, planId),
    await newFor(app, noor.account, planId),
  ])
  const whole = ok(await planPage(app, bas.account, planId))
  const rest = [
    walking.words.plainText,
    whole.plan.client.about,
    ...whole.boards.flatMap(({ cards }) => cards.map(({ text }) => text)),
    ...whole.plan.standingActions.map(({ what }) => what),
  ].filter((words) => words !== '')
  expect(rest.length).toBeGreaterThan(8)
  expect(rest.filter((words) => given.includes(JSON.stringify(words).slice(1, -1)))).toEqual([])
})

test('D23: no document of the plan opens for her but that of a goal she was let in for', async () => {
  const { app } = t
  const { calling } = await goals()
  ok(await reviseGoal(app.acts, bas.account, calling.id)) // a draft to read along in
  let opened = 0
  for (const row of await documents.ofPlan(app.db.sql, planId)) {
    const hers = row.goalId === calling.id
    const opens = hers && row.open
    const pen = noor.open(row.id)
    // of her own goal a closed round is read once, and then closed
    await until(() => (opens ? pen.provider.synced : pen.closes.length > 0))
    if (!hers) expect(pen.doc.store.clients.size, `${row.kind} ${row.zone}`).toBe(0)
    expect(isRefusal(await writersOf(app, noor.account, row.id))).toBe(!hers)
    if (opens) opened++
    pen.provider.destroy()
  }
  expect(opened).toBe(1)
})

test('D23: she hears of her goals and of no other, nor of a meeting or who sits there', async () => {
  const { acts } = t.app
  const seat = new SeatSocket(t.base, noor.cookie, planId)
  open.push(seat)
  const { walking, calling } = await goals()
  const heard: string[] = []
  seat.socket.on('goal', (goal: { id: string }) => heard.push(goal.id))
  seat.socket.on('here', () => heard.push('here'))
  seat.socket.on('meeting', () => heard.push('meeting'))
  const joined = await seat.socket.emitWithAck('join', planId)
  expect(joined).toMatchObject({ ok: true, value: { people: [] } })
  const say = (goalId: string) =>
    addRemark(acts, bas.account, { planId, goalId, kind: 'remark', text: 'Ik zag haar lachen.' })
  ok(await say(calling.id))
  ok(await say(walking.id))
  const remarks = ok(await readRemarks(acts, noor.account, planId))
  expect(remarks.map(({ goalId }) => goalId)).toEqual([calling.id])
  const said = { mark: 'statement', text: 'Ik lees mee.', instead: '', informed: false } as const
  expect(await markGoal(acts, noor.account, { ...said, goalId: walking.id })).toBe('no-access')
  ok(await createGoal(acts, bas.account, { planId, area: 'mental', wishes: [] }))
  t.app.acts.tellGoal(walking)
  t.app.acts.tellGoal(calling)
  await until(() => heard.length > 0)
  expect(heard).toEqual([calling.id])
})

test('D23: which goals is a consent of its own, kept with what was said; narrowed, it is over at once', async () => {
  const { app } = t
  const { acts } = app
  const { walking, calling } = await goals()
  const change = (who: Guest, to: string[] | null, consent?: string) =>
    changeSeat(acts, who.account, {
      planId,
      personId: noor.id,
      goals: to,
      ...(consent !== undefined && { consent }),
    })
  expect(await change(noor, null, 'Ik wil alles zien.')).toBe('no-access')
  expect(await change(mark, [calling.id, walking.id])).toBe('reason-missing')
  expect(await change(mark, [calling.id, 'gone'], 'Goed.')).toBe('unknown-goal')
  expect(await change(mark, [calling.id], 'Goed.')).toBe('nothing-to-decide')
  ok(await change(mark, [calling.id, walking.id], 'San wil dat Noor weet hoe zij loopt.'))
  expect(ok(await readPlan(app, noor.account, planId)).goals).toHaveLength(2)
  ok(await change(mark, [calling.id], 'Alleen het bellen.'))
  expect(await readGoalView(app, noor.account, walking.id)).toBe('no-access')
  const kept = (await access.consents(app.db.sql, planId)).filter((c) => c.personId === noor.id)
  expect(kept.slice(-2)).toMatchObject([
    { text: 'San wil dat Noor weet hoe zij loopt.', goals: [calling.id, walking.id] },
    { text: 'Alleen het bellen.', goals: [calling.id] },
  ])
  const seats = ok(await seatsPage(app, bas.account, planId)).seats
  const hers = seats.find(({ person }) => person.id === noor.id)!
  expect(hers.goals?.map(({ id }) => id)).toEqual([calling.id])
  expect(seats.filter(({ goals: some }) => some !== null)).toHaveLength(1)
  expect(firstBreak(await proofOf(app.db.sql, planId))).toBe(null)
})

test('D23: somebody is let in for one goal, is asked about that one and about no other', async () => {
  const { app } = t
  const { acts } = app
  const { calling, walking } = await goals()
  const asked = {
    planId,
    name: 'Tess',
    email: 'tess@plan-07.example',
    role: 'relative',
    consent: 'Tess mag meelezen bij het bellen.',
    goals: [calling.id],
  } as const
  expect(await invite(acts, bas.account, { ...asked, role: 'nurse' })).toBe('needs-the-plan')
  expect(await invite(acts, mark.account, { ...asked, goals: ['gone'] })).toBe('unknown-goal')
  const { personId } = ok(await invite(acts, mark.account, asked))
  const account = (await accounts.byEmail(app.db.sql, asked.email))!
  const tess = { ...bas.account, id: account.id, name: 'Tess' }
  expect(ok(await readPlan(app, tess, planId)).goals.map(({ id }) => id)).toEqual([calling.id])
  const made = ok(await createGoal(acts, bas.account, { planId, area: 'mental', wishes: [] }))
  const pen = await bas.open(made.documentId!).synced()
  const text = goalOf(pen.doc).goal.get('plainText') as Y.Text
  text.insert(0, 'San luistert elke dag muziek.')
  await pen.stored()
  const present = (goalId: string, parties: string[]) =>
    presentGoal(acts, bas.account, { goalId, parties })
  expect(await present(made.id, [personId])).toBe('sees-other-goals')
  expect(await present(made.id, [])).toMatchObject({ state: 'presented' })
  const adding = { mark: 'party-added', personId, text: '', instead: '', informed: true } as const
  expect(await markGoal(acts, bas.account, { ...adding, goalId: made.id })).toBe('sees-other-goals')
  const again = ok(await present(calling.id, [personId]))
  expect(again.parties.map((party) => party.personId)).toContain(personId)
  const answer = { answer: 'yes', method: 'own_device', key: 'tess-1' } as const
  const yes = { ...answer, goalId: calling.id, hash: again.hash! }
  expect(ok(await answerGoal(acts, tess, yes)).answers.at(-1)).toMatchObject({ partyId: personId })
  const other = { ...answer, goalId: walking.id, hash: walking.hash! }
  expect(await answerGoal(acts, tess, other)).toBe('no-access')
})

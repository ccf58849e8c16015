/** Every seat at every kind of document of its own plan, against the table of domain.md §3.2–3.3. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { addCard, goalOf } from '#live/documents.ts'
import { SEATS, seatOf, type Person, type Seat } from '#plan/people.ts'
import type { Step } from '#plan/steps.ts'
import { createGoal } from '#server/goals.ts'
import { isRefusal } from '#plan/refusals.ts'
import { stepMeeting } from '#server/meetings.ts'
import { offlinePlan } from '#server/offline.ts'
import { planMeeting } from '#server/planning.ts'
import { ownDraft } from '#server/drafts.ts'
import * as documents from '#server/db/documents.ts'
import * as plans from '#server/db/plans.ts'
import { SeatSocket } from '../../sockets.ts'
import { table, until, type Guest, type Table } from '../../table.ts'

type Access = 'writes' | 'reads' | 'nothing'
type Of = 'shared' | 'care' | 'therapist’s part' | 'client' | 'goal'
type Kind = Of | 'own part' | 'draft of another' | 'own draft'

const ALL: Record<Of, Access> = {
  shared: 'writes',
  care: 'writes',
  'therapist’s part': 'writes',
  client: 'nothing',
  goal: 'writes',
}
const SHARED: Record<Of, Access> = { ...ALL, care: 'nothing', 'therapist’s part': 'nothing' }
const READS: Record<Of, Access> = { ...SHARED, shared: 'reads', goal: 'reads' }
const NOTHING: Record<Of, Access> = { ...SHARED, shared: 'nothing', goal: 'nothing' }

/**
 * By hand, from the permission matrix. Who the client picked for her own zone stands apart, and so
 * do the part of the care zone that is a therapist's own, and an interpreter: a seat in a talk only.
 */
const EXPECTED: Record<Seat, Record<Of, Access>> = {
  client: { ...ALL, client: 'writes' },
  'acting-representative': ALL,
  relative: SHARED,
  'informal-carer': SHARED,
  nurse: ALL,
  physician: ALL,
  therapist: SHARED,
  'social-team': SHARED,
  'client-supporter': SHARED,
  interpreter: SHARED,
  guest: READS,
  manager: NOTHING,
  outsider: NOTHING,
}

let here: Table
beforeAll(async () => (here = await table()))
afterAll(() => here.close())

/** Everybody at a plan of the demo, in the seat they have there. */
async function castOf(planId: string): Promise<{ guest: Guest; person: Person; seat: Seat }[]> {
  const people = await plans.people(here.app.db.sql, planId)
  return Promise.all(
    people.map(async (person) => {
      const guest = await here.person(person.key, planId)
      return { guest, person, seat: seatOf(person, people) }
    }),
  )
}

/** Whether a byte of it comes. */
async function hears(id: string, cookie: string): Promise<boolean> {
  const ws = new WebSocket(`${here.base}/sync/${id}`, { headers: { cookie } })
  ws.on('open', () => ws.send(new Uint8Array([0, 0, 1, 0])))
  const came = await new Promise<number>((done) => {
    ws.on('message', () => done(0))
    ws.on('close', done)
  })
  ws.terminate()
  expect([0, 4403]).toContain(came)
  return came === 0
}

/**
 * Between talks an interpreter gets no byte; from its start they read along, until it ends. Begins a
 * talk, and answers with how to end it.
 */
async function talkWith(tolk: Guest, planId: string): Promise<() => Promise<void>> {
  const { acts } = here.app
  const { account } = await here.person('dejong', planId)
  const shared = await here.board('shared', planId)
  expect(await hears(shared, tolk.cookie)).toBe(false)
  const asked = { planId, onAt: new Date().toISOString(), minutes: 45, place: '', link: '' }
  const meeting = await planMeeting(acts, account, { ...asked, people: [tolk.id] })
  if (isRefusal(meeting)) throw new Error(meeting)
  const seat = new SeatSocket(here.base, tolk.cookie, planId)
  const ended: boolean[] = []
  seat.socket.on('ended', (_plan, talkOver) => ended.push(talkOver))
  expect(await hears(shared, tolk.cookie)).toBe(false) // asked to come is not yet there
  const step = async (one: Step) =>
    expect(isRefusal(await stepMeeting(acts, account, { meetingId: meeting.id, step: one }))).toBe(
      false,
    )
  await step({ do: 'start' })
  const join = () => seat.socket.timeout(8000).emitWithAck('join', planId)
  expect(await join()).toMatchObject({ ok: true })
  const pen = await tolk.open(shared).synced()
  // what would stay on a device would outlast the talk
  expect(await offlinePlan(here.app, tolk.account, planId, 'nl')).toBe('no-access')
  await step({ do: 'presence', person: tolk.id, how: 'absent' })
  await until(() => pen.closedWith === 4403 && ended.length === 1)
  expect(await hears(shared, tolk.cookie)).toBe(false)
  expect(await join()).toMatchObject({ ok: false, refusal: 'between-talks' })
  await step({ do: 'presence', person: tolk.id, how: 'remote' })
  const again = await tolk.open(shared).synced()
  expect(await join()).toMatchObject({ ok: true })
  return async () => {
    await step({ do: 'finish' })
    await until(() => again.closedWith === 4403)
    expect(await hears(shared, tolk.cookie)).toBe(false)
    expect(ended).toEqual([true, true])
    expect(seat.meeting?.state).toBe('under-way') // of what came after the end they heard nothing
    seat.close()
  }
}

let made = 0
async function accessOf(guest: Guest, client: Guest, id: string, kind: Kind): Promise<Access> {
  if (!(await hears(id, guest.cookie))) return 'nothing'
  const pen = await guest.open(id).synced()
  if (kind === 'goal') {
    pen.doc.transact(() =>
      (goalOf(pen.doc).goal.get('plainText') as { insert(at: number, text: string): void }).insert(
        0,
        'Zo. ',
      ),
    )
  } else {
    const voice = { saidBy: client.id, basis: 'own_words' as const }
    const order = `a${++made}V`
    addCard(pen.doc, {
      id: `card-${made}`,
      kind: 'wish',
      area: null,
      text: 'Zo.',
      order,
      ...voice,
    })
  }
  const clock = Y.getState(pen.doc.store, pen.doc.clientID)
  const isSaved = () => (pen.saved.get(pen.doc.clientID) ?? 0) >= clock
  await until(() => pen.refused.length > 0 || isSaved())
  const wrote = isSaved()
  if (!wrote) expect(pen.refused).toEqual(['read-only'])
  pen.close()
  return wrote ? 'writes' : 'reads'
}

const PLANS = Array.from({ length: 10 }, (_, at) => `plan-${String(at + 1).padStart(2, '0')}`)
const met = new Set<Seat>()

test.each(PLANS)(
  'at %s each seat reads and writes what the table says, and nothing else',
  async (planId) => {
    const { app } = here
    const { sql } = app.db
    const waits = (await castOf(planId)).filter(({ person }) => person.role === 'interpreter')
    const talks = await Promise.all(waits.map(({ guest }) => talkWith(guest, planId)))
    const cast = await castOf(planId)
    const carer =
      cast.find(({ seat }) => seat === 'nurse')?.guest ??
      cast.find(({ seat }) => seat === 'physician')!.guest
    const goal = await createGoal(app.acts, carer.account, { planId, area: 'living', wishes: [] })
    if (isRefusal(goal)) throw new Error(goal)
    const client = cast.find(({ seat }) => seat === 'client')!.guest
    const drafts = new Map<string, string>()
    for (const { guest } of cast) {
      const draft = await ownDraft(app.acts, guest.account, planId)
      if (!isRefusal(draft)) drafts.set(guest.id, draft.documentId)
    }
    const rows = await documents.ofPlan(sql, planId)
    const board = (zone: string) =>
      rows.find((row) => row.kind === 'board' && row.zone === zone && row.ownerId === null)!.id
    const parts = new Map(
      rows
        .filter(({ kind, zone, ownerId }) => kind === 'board' && zone === 'care' && ownerId)
        .map(({ ownerId, id }) => [ownerId!, id]),
    )
    const therapists = cast.filter(({ seat }) => seat === 'therapist').map(({ guest }) => guest.id)
    expect([...parts.keys()].sort()).toEqual(therapists.sort())
    const wrong: string[] = []
    for (const { guest, person, seat } of cast) {
      met.add(seat)
      const other = drafts.get(guest.id === client.id ? carer.id : client.id)!
      const [owner, part] = [...parts].find(([ownerId]) => ownerId !== guest.id) ?? []
      const { 'therapist’s part': closed, ...known } = EXPECTED[seat]
      const inPart = person.letIn?.includes(owner ?? '') ? ('writes' as const) : closed
      const expected: Partial<Record<Kind, Access>> = {
        ...known,
        ...(person.goals && NOTHING), // let in for other goals than this one
        ...(part !== undefined && { 'therapist’s part': inPart }),
        ...(parts.has(guest.id) && { 'own part': 'writes' as const }),
        ...(person.confidantOfClient && { client: 'writes' as const }),
        'draft of another': 'nothing',
        ...(drafts.has(guest.id) && { 'own draft': 'writes' as const }),
      }
      const ids: Partial<Record<Kind, string>> = {
        shared: board('shared'),
        care: board('care'),
        ...(part !== undefined && { 'therapist’s part': part }),
        'own part': parts.get(guest.id)!,
        client: board('client'),
        goal: goal.documentId!,
        'draft of another': other,
        'own draft': drafts.get(guest.id)!,
      }
      for (const [kind, should] of Object.entries(expected) as [Kind, Access][]) {
        const is = await accessOf(guest, client, ids[kind]!, kind)
        if (is !== should) wrong.push(`${guest.key} (${seat}) at ${kind}: ${is}, not ${should}`)
      }
    }
    expect(wrong).toEqual([])
    for (const end of talks) await end()
  },
)

test('nearly every seat there is was met', () => {
  expect(SEATS.filter((seat) => !met.has(seat))).toEqual(['manager', 'outsider'])
})

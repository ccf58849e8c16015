/** Every seat at every kind of document of its own plan, against the table of domain.md §3.2–3.3. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { addCard, goalOf } from '#live/documents.ts'
import { SEATS, seatOf, type Person, type Seat } from '#plan/people.ts'
import { createGoal } from '#server/goals.ts'
import { isRefusal } from '#plan/refusals.ts'
import { ownDraft } from '#server/drafts.ts'
import * as documents from '#server/db/documents.ts'
import * as plans from '#server/db/plans.ts'
import { table, until, type Guest, type Table } from '../../table.ts'

type Access = 'writes' | 'reads' | 'nothing'
type Kind = 'shared' | 'care' | 'client' | 'goal' | 'draft of another' | 'own draft'

/** By hand, from the permission matrix. Who the client picked for her own zone stands apart. */
const EXPECTED: Record<Seat, Record<Exclude<Kind, 'own draft' | 'draft of another'>, Access>> = {
  client: { shared: 'writes', care: 'writes', client: 'writes', goal: 'writes' },
  'acting-representative': { shared: 'writes', care: 'writes', client: 'nothing', goal: 'writes' },
  relative: { shared: 'writes', care: 'nothing', client: 'nothing', goal: 'writes' },
  'informal-carer': { shared: 'writes', care: 'nothing', client: 'nothing', goal: 'writes' },
  nurse: { shared: 'writes', care: 'writes', client: 'nothing', goal: 'writes' },
  physician: { shared: 'writes', care: 'writes', client: 'nothing', goal: 'writes' },
  therapist: { shared: 'writes', care: 'writes', client: 'nothing', goal: 'writes' },
  'social-team': { shared: 'writes', care: 'nothing', client: 'nothing', goal: 'writes' },
  'client-supporter': { shared: 'writes', care: 'nothing', client: 'nothing', goal: 'writes' },
  interpreter: { shared: 'writes', care: 'nothing', client: 'nothing', goal: 'writes' },
  guest: { shared: 'reads', care: 'nothing', client: 'nothing', goal: 'reads' },
  manager: { shared: 'nothing', care: 'nothing', client: 'nothing', goal: 'nothing' },
  outsider: { shared: 'nothing', care: 'nothing', client: 'nothing', goal: 'nothing' },
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
      rows.find((row) => row.kind === 'board' && row.zone === zone)!.id
    const wrong: string[] = []
    for (const { guest, person, seat } of cast) {
      met.add(seat)
      const other = drafts.get(guest.id === client.id ? carer.id : client.id)!
      const expected: Partial<Record<Kind, Access>> = {
        ...EXPECTED[seat],
        ...(person.goals && EXPECTED.outsider), // let in for other goals than this one
        ...(person.confidantOfClient && { client: 'writes' as const }),
        'draft of another': 'nothing',
        ...(drafts.has(guest.id) && { 'own draft': 'writes' as const }),
      }
      const ids: Partial<Record<Kind, string>> = {
        shared: board('shared'),
        care: board('care'),
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
  },
)

test('nearly every seat there is was met', () => {
  expect(SEATS.filter((seat) => !met.has(seat))).toEqual(['manager', 'outsider'])
})

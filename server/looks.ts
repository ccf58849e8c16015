/** Reading the access log (NEN 7513): for the client in plain words, for an auditor line by line. */
import type { Act } from '#plan/access.ts'
import { addDays, dayOf } from '#plan/deadlines.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { LOOKS, type Look, type LookLine, type LooksPage } from '#live/looks.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as access from './db/access.ts'
import * as accounts from './db/accounts.ts'
import * as plans from './db/plans.ts'
import { allows, seatOf, type Circle } from './seats.ts'
import { personView } from './plan-views.ts'

type Row = access.Looked & { seq: number }
export type Period = { from?: string | null; to?: string | null }

const SHOWN = 5000
const EXPORTED = 100_000
const USUAL_DAYS = 30

/** The seat from which somebody may do one of these; asking is logged as well. */
async function asking(app: App, account: Account, planId: string, acts: readonly Act[]) {
  const circle = await app.seats.circle(planId)
  const me = seatOf(circle, account.id)
  const act = me && acts.find((one) => allows(circle, me, one, { zone: 'shared' }))
  if (me && act) {
    app.accessLog.did(circle, me, act)
    return { circle, me, act }
  }
  if (circle.people.length === 0) return 'no-access'
  if (me) app.accessLog.did(circle, me, acts[0]!, { allowed: false })
  else app.accessLog.turnedAway(planId, account.id, acts[0]!)
  return 'no-access'
}

/** The days asked for, made whole: at most up to today, and the first not after the last. */
function period({ from, to }: Period, today: string): { from: string; to: string } {
  const last = to && to < today ? to : today
  const first = from ?? addDays(last, 1 - USUAL_DAYS)
  return first <= last ? { from: first, to: last } : { from: last, to: last }
}
/** From the first moment of a day in the Netherlands, give or take: a line too many is left out later. */
const around = (from: string, to: string): [Date, Date] => [
  new Date(`${addDays(from, -1)}T00:00:00Z`),
  new Date(`${addDays(to, 2)}T00:00:00Z`),
]

async function rowsOf(
  app: App,
  planId: string,
  days: { from: string; to: string },
  limit: number,
): Promise<Row[]> {
  await app.accessLog.flush() // what was done a moment ago belongs to it
  const rows = await access.ofPlan(app.db.sql, planId, ...around(days.from, days.to), limit)
  return rows.filter(({ at }) => dayOf(at) >= days.from && dayOf(at) <= days.to)
}

/** "Wie heeft gekeken?": everybody for the client and who acts for her; their own for the care team. */
export async function looksPage(
  app: App,
  account: Account,
  planId: string,
  asked: Period,
): Promise<LooksPage | Refusal> {
  const seat = await asking(app, account, planId, ['see-who-looked', 'see-own-looks'])
  if (isRefusal(seat)) return seat
  const plan = await plans.find(app.db.sql, planId)
  if (!plan) return 'unknown-plan'
  const days = period(asked, dayOf(new Date()))
  const rows = await rowsOf(app, planId, days, SHOWN)
  const ownOnly = seat.act === 'see-own-looks'
  const shown = ownOnly ? rows.filter(({ accountId }) => accountId === account.id) : rows
  return {
    plan: { id: plan.id, title: plan.title, callMe: plan.callMe },
    ...days,
    ownOnly,
    more: rows.length === SHOWN,
    lines: await together(app, seat.circle, shown),
  }
}

/** Lines of one person on one day taken together, newest first. */
async function together(app: App, circle: Circle, rows: readonly Row[]): Promise<LookLine[]> {
  const names = new Map<string, string>()
  const lines = new Map<string, LookLine & { seen: Set<Look> }>()
  for (const row of rows) {
    const day = dayOf(row.at)
    const who = row.accountId ?? ''
    const known = lines.get(`${day} ${who}`)
    const at = row.at.toISOString()
    const manages = row.ground === 'manager' ? 'care_manager' : null
    if (known) {
      known.role ??= manages
      known.first = at < known.first ? at : known.first
      known.last = at > known.last ? at : known.last
      known.times++
      known.seen.add(lookOf(row))
      continue
    }
    const person = circle.people.find((one) => one.accountId === row.accountId)
    if (!person && !names.has(who)) names.set(who, (await accounts.nameOf(app.db.sql, who)) ?? '')
    const view = person && personView(person)
    lines.set(`${day} ${who}`, {
      day,
      first: at,
      last: at,
      name: view?.name ?? names.get(who) ?? '',
      role: view?.role ?? manages,
      relation: view?.relation ?? null,
      number: view?.number ?? null,
      kind: view?.kind ?? null,
      times: 1,
      looks: [],
      seen: new Set([lookOf(row)]),
    })
  }
  return [...lines.values()].map(({ seen, ...line }) => ({
    ...line,
    looks: LOOKS.filter((look) => seen.has(look)),
  }))
}

const ZONES = { shared: 'board', care: 'care', client: 'own', draft: 'draft' } as const

function lookOf({ act, zone, goalId, allowed }: Row): Look {
  if (!allowed) return 'refused'
  switch (act) {
    case 'read':
    case 'open':
    case 'leave':
      return goalId !== null ? 'goal' : ZONES[zone ?? 'shared']
    case 'write':
      return 'wrote'
    case 'see-numbers':
      return 'numbers'
    case 'read-history':
      return 'history'
    case 'invite':
    case 'end-access':
    case 'forget-person':
    case 'change-seat':
    case 'record-representation':
      return 'people'
    case 'see-who-looked':
    case 'see-own-looks':
    case 'audit':
      return 'log'
    default:
      return act.startsWith('export') ? 'copy' : 'decided'
  }
}

export type AuditLine = {
  seq: number
  at: string
  planId: string
  account: string
  accountId: string
  personId: string
  role: string
  zone: string
  documentId: string
  goalId: string
  act: string
  ground: string
  allowed: boolean
}

/** Every line of a period, for an auditor, the client or who acts for her; oldest first. */
export async function auditLines(
  app: App,
  account: Account,
  planId: string,
  asked: Period,
): Promise<AuditLine[] | Refusal> {
  const seat = await asking(app, account, planId, ['see-who-looked', 'audit'])
  return isRefusal(seat) ? seat : auditRows(app, planId, asked)
}

/** The lines themselves, for who was asked about already. */
export async function auditRows(app: App, planId: string, asked: Period): Promise<AuditLine[]> {
  const days = period(asked, dayOf(new Date()))
  const { people } = await app.seats.circle(planId)
  const rows = await rowsOf(app, planId, days, EXPORTED)
  const ids = [...new Set(rows.flatMap(({ accountId }) => accountId ?? []))]
  const names = new Map((await accounts.namesOf(app.db.sql, ids)).map((one) => [one.id, one.name]))
  return rows.reverse().map((row) => ({
    seq: row.seq,
    at: row.at.toISOString(),
    planId: row.planId,
    account: names.get(row.accountId ?? '') ?? '',
    accountId: row.accountId ?? '',
    personId: row.personId ?? '',
    role: people.find(({ id }) => id === row.personId)?.role ?? '',
    zone: row.zone ?? '',
    documentId: row.documentId ?? '',
    goalId: row.goalId ?? '',
    act: row.act,
    ground: row.ground,
    allowed: row.allowed,
  }))
}

const COLUMNS = [
  'seq',
  'at',
  'planId',
  'account',
  'accountId',
  'personId',
  'role',
  'zone',
  'documentId',
  'goalId',
  'act',
  'ground',
  'allowed',
] as const satisfies readonly (keyof AuditLine)[]

/** As RFC 4180 has it; what a spreadsheet would take for a formula is kept text. */
export function csvOf(lines: readonly AuditLine[]): string {
  const cell = (value: string | number | boolean) => {
    const text = String(value).replace(/^[=+\-@\t\r]/, "'$&")
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const rows = lines.map((line) => COLUMNS.map((column) => cell(line[column])).join(','))
  return [COLUMNS.join(','), ...rows, ''].join('\r\n')
}

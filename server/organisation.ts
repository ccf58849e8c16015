/** What a manager sees of the plans of an organisation: terms, numbers, and who looked. */
import { addDays, dayOf, deadlinesOf, tapeOf, type Day } from '#plan/deadlines.ts'
import type { Act } from '#plan/access.ts'
import { chasesOf, mayOfOrganisation, WAITS_LONG_DAYS, type Numbers } from '#plan/organisation.ts'
import { responsibleProfessional } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { OrganisationPage, PlanNumbers } from '#live/organisation.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as organisations from './db/organisations.ts'
import { auditRows, type AuditLine, type Period } from './looks.ts'

/** The organisations somebody is a manager of. */
export async function managed(
  app: App,
  account: Account,
): Promise<organisations.OrganisationRow[]> {
  const members = await organisations.membersOf(app.db.sql, account.id)
  return members
    .filter(({ role }) => role === 'manager')
    .map(({ organisationId, name }) => ({ id: organisationId, name }))
}

/** The organisation, if its manager asks. The same no for one that is not there. */
async function asManager(
  app: App,
  account: Account,
  act: Act,
  id: string,
): Promise<organisations.OrganisationRow | Refusal> {
  if (account.handover !== null) return 'handed-over'
  const members = await organisations.membersOf(app.db.sql, account.id)
  const allowed = mayOfOrganisation(members, act, id)
  const found = allowed ? await organisations.find(app.db.sql, id) : undefined
  return found ?? 'no-access'
}

/** Every plan of the organisation with its terms and counts, what asks for an eye first. */
export async function organisationPage(
  app: App,
  account: Account,
  id: string,
  today: Day = dayOf(new Date()),
): Promise<OrganisationPage | Refusal> {
  const organisation = await asManager(app, account, 'see-numbers', id)
  if (isRefusal(organisation)) return organisation
  const { sql } = app.db
  const days = Map.groupBy(await organisations.daysOf(sql, id), ({ planId }) => planId)
  const plans: PlanNumbers[] = []
  for (const row of await organisations.counts(sql, id, today)) {
    const { people } = await app.seats.circle(row.id)
    plans.push(planNumbers(row, days.get(row.id) ?? [], today, responsibleProfessional(people)))
    looked(app, account, row.id, 'see-numbers')
  }
  const count = (of: (plan: PlanNumbers) => number) => plans.reduce((sum, one) => sum + of(one), 0)
  const late = plans.filter(({ chases }) =>
    chases.some((one) => one === 'set-late' || one === 'review-late'),
  ).length
  return {
    ...organisation,
    today,
    plans: plans.sort(
      (a, b) =>
        b.chases.length - a.chases.length ||
        (a.deadline?.by ?? '9999').localeCompare(b.deadline?.by ?? '9999'),
    ),
    totals: {
      plans: plans.length,
      late,
      waiting: count(({ waiting }) => waiting),
      withoutHerYes: count(({ withoutHerYes }) => withoutHerYes),
    },
  }
}

function planNumbers(
  { id, clientName, law, waitingSince, ...row }: organisations.CountRow,
  days: readonly { kind: string; onDay: Day }[],
  today: Day,
  contact: { name: string } | undefined,
): PlanNumbers {
  const of = (kind: string) => days.filter((one) => one.kind === kind).map(({ onDay }) => onDay)
  const course = { startedOn: of('started').at(-1) ?? null, reviewedOn: of('reviewed') }
  const deadlines = deadlinesOf({ law, ...course, setOn: of('set') })
  const since = waitingSince && dayOf(waitingSince)
  const numbers: Numbers = { ...row, deadlines, waitingSince: since }
  const [next] = deadlines
  return {
    ...row,
    id,
    client: clientName,
    contact: contact?.name ?? null,
    waitingSince: since,
    deadline: next ? { ...next, tape: tapeOf(next, today) } : null,
    chases: chasesOf(numbers, today, addDays(today, -WAITS_LONG_DAYS)),
  }
}

/** A line of the access log on the footing of a manager: they have no seat at the plan. */
function looked(app: App, account: Account, planId: string, act: Act): void {
  const nothing = { personId: null, zone: null, documentId: null, goalId: null }
  const line = { ...nothing, planId, accountId: account.id, act, ground: 'manager', allowed: true }
  app.accessLog.keep(line)
}

/** Who looked at which plan of the organisation, line by line, for an auditor. */
export async function organisationAudit(
  app: App,
  account: Account,
  id: string,
  asked: Period,
): Promise<AuditLine[] | Refusal> {
  const organisation = await asManager(app, account, 'audit', id)
  if (isRefusal(organisation)) return organisation
  const lines: AuditLine[] = []
  for (const planId of await organisations.plansEver(app.db.sql, id)) {
    looked(app, account, planId, 'audit')
    lines.push(...(await auditRows(app, planId, asked)))
  }
  return lines
}

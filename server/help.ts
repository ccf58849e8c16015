/** "Help mij": the client asks somebody to come, and hears whether anybody does. */
import { clientOf, isProfessional, type PersonId } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { HelpView } from '#live/client.ts'
import { seatFor } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import { clientSeat } from './client.ts'
import * as goals from './db/goals.ts'
import * as handovers from './db/handover.ts'
import { newId } from './ids.ts'
import type { Circle } from './seats.ts'

/** Who is told that she asks for help: those who care for her. */
export const helpersOf = (circle: Circle): PersonId[] =>
  circle.people.filter((p) => p.access === 'active' && isProfessional(p)).map(({ id }) => id)

/** What she asks for: somebody beside her, or that something agreed is changed. */
export type Calling = { about: handovers.HelpAbout; goalId?: string | undefined }

/** Calls for help. Answers whether somebody could be told now: nobody is left waiting for nothing. */
export async function callForHelp(
  app: App,
  account: Account,
  planId: string,
  asked: Calling,
): Promise<{ reached: boolean } | Refusal> {
  const seat = await clientSeat(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client, handedOver } = seat
  const goalId = asked.goalId ?? null
  if (goalId !== null && (await goals.find(app.db.sql, goalId))?.planId !== planId)
    return 'unknown-goal'
  const before = await handovers.openHelp(app.db.sql, planId)
  const same = before.some((call) => call.about === asked.about && call.goalId === goalId)
  if (!same) {
    await handovers.addHelp(app.db.sql, {
      planId,
      id: newId(),
      personId: client.id,
      besideId: handedOver ? me.id : null,
      goalId,
      about: asked.about,
    })
  }
  return { reached: await app.tellHelp(circle) }
}

/** Somebody comes: the call is heard, and she is told who. */
export async function hearHelp(
  app: App,
  account: Account,
  planId: string,
  id: string,
): Promise<null | Refusal> {
  const seat = await seatFor(app.acts, account, planId, 'answer-for-client')
  if (isRefusal(seat)) return seat
  const first = await handovers.hearHelp(app.db.sql, planId, id, seat.me.id)
  if (!first) return 'nothing-to-decide'
  await app.tellHelp(seat.circle, seat.me.id)
  return null
}

/** The calls nobody has heard yet, as a helper sees them. */
export async function openCalls(app: App, circle: Circle): Promise<HelpView[]> {
  const { planId, people } = circle
  const nameOf = (id: PersonId | null) => people.find((p) => p.id === id)?.name ?? null
  const rows = await handovers.openHelp(app.db.sql, planId)
  const views: HelpView[] = []
  for (const row of rows) {
    const goal = row.goalId === null ? undefined : await goals.find(app.db.sql, row.goalId)
    const versions = goal ? await goals.versions(app.db.sql, planId, goal.id) : []
    const text = versions.at(-1)?.words.plainText ?? ''
    views.push({
      id: row.id,
      client: nameOf(row.personId) ?? clientOf(people)?.name ?? '',
      beside: nameOf(row.besideId),
      goal: goal ? { id: goal.id, text } : null,
      about: row.about,
      at: row.at.toISOString(),
    })
  }
  return views
}

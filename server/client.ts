/** The client's own screens: what is laid before her, and what she says to it. */
import { standing } from '#plan/answers.ts'
import { versionCode } from '#plan/version-code.ts'
import { clientOf, responsibleProfessional } from '#plan/people.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { ClientGoal, ClientPage } from '#live/client.ts'
import type { CardView } from '#live/views.ts'
import type { AnswerView, GoalView } from '#live/wire.ts'
import { answer, type Answering } from './agreement.ts'
import { decideTelling, refuse } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as goals from './db/goals.ts'
import type { PersonRow } from './db/plans.ts'
import { told } from './goals.ts'
import { boards } from './plans.ts'
import { allows, seatOf, type Circle } from './seats.ts'
import { personView } from './plan-views.ts'
import { goalView, goalViews } from './views.ts'

/** Who acts on the client's screen: she herself, or who handed her the tablet. */
export type ClientSeat = {
  circle: Circle
  me: PersonRow
  client: PersonRow
  handedOver: boolean
}

const DAY_MS = 86_400_000

/** The client's seat: on her own device, or on a tablet in her hands. Nobody else has it. */
export async function clientSeat(
  app: App,
  account: Account,
  planId: string,
): Promise<ClientSeat | Refusal> {
  if (account.handover !== null && account.handover !== planId) return 'handed-over'
  const circle = await app.seats.circle(planId)
  const me = seatOf(circle, account.id)
  const handedOver = account.handover !== null
  const act = handedOver ? 'answer-for-client' : 'read'
  const client = clientOf(circle.people) as PersonRow | undefined // rows of the circle itself
  if (!me || !client || !allows(circle, me, act, { zone: 'shared' })) {
    if (client) app.accessLog.turnedAway(planId, account.id, act, 'shared')
    return 'no-access'
  }
  if (!handedOver && me.id !== client.id) return 'not-for-her'
  return { circle, me, client, handedOver }
}

/** What she is asked now, and what she was asked today. */
export async function clientPage(
  app: App,
  account: Account,
  planId: string,
): Promise<ClientPage | Refusal> {
  const seat = await clientSeat(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client, handedOver } = seat
  app.accessLog.did(circle, me, handedOver ? 'read-with-client' : 'read')
  const views = await goalViews(app.db.sql, circle)
  const shared = (await boards(app, { circle, me })).find(({ zone }) => zone === 'shared')
  const asked = views.filter((goal) => isBefore(goal, client.id))
  const shown = asked.map((goal) => clientGoal(goal, client.id, shared?.cards ?? []))
  const named = new Set(
    shown.flatMap(({ words, hears }) => [...hears, ...words.actions.map(({ who }) => who)]),
  )
  const responsible = responsibleProfessional(circle.people)
  const helper = handedOver ? me : circle.people.find(({ id }) => id === responsible?.id)
  return {
    planId,
    callMe: await callMe(app, planId, client),
    name: client.name,
    client: client.id,
    helper: helper ? personView(helper) : null,
    handedOver,
    people: circle.people.filter(({ id }) => named.has(id) || id === client.id).map(personView),
    goals: shown,
  }
}

/** How she wants to be called. */
async function callMe(app: App, planId: string, client: PersonRow): Promise<string> {
  const [row] = await app.db.sql<{ callMe: string }[]>`
    select call_me as "callMe" from plan where id = ${planId}`
  return row?.callMe ?? client.name
}

/** Laid before her now, or agreed today: she can still read it again. */
function isBefore(goal: GoalView, client: string): boolean {
  if (goal.version === null || goal.standing === 'resisted') return false
  if (!goal.parties.some(({ personId }) => personId === client)) return false
  if (goal.state === 'presented') return true
  const at = goal.agreed?.version === goal.version ? Date.parse(goal.agreed.at) : 0
  return goal.state.startsWith('agreed') && at > Date.now() - DAY_MS
}

function clientGoal(goal: GoalView, client: string, cards: readonly CardView[]): ClientGoal {
  const own = goal.answers.filter(({ method }) => method !== 'on_behalf')
  const isNow = ({ version }: AnswerView) => version === goal.version
  const now = standing(own.filter(isNow), client)
  const last = standing(
    own.filter((a) => !isNow(a)),
    client,
  )
  const read = goal.versions.find(({ version }) => version === last?.version)
  const said = cards.find(
    ({ id, saidBy, basis }) =>
      goal.wishes.includes(id) && saidBy === client && basis?.startsWith('own_words'),
  )
  const hash = goal.hash ?? ''
  return {
    id: goal.id,
    version: goal.version ?? 0,
    hash,
    code: versionCode(hash),
    words: goal.words,
    trialUntil: goal.trialUntil,
    said: said?.text ?? null,
    agreed: goal.state !== 'presented',
    given: now ? { answer: now.answer, at: now.at } : null,
    before: last && read ? { answer: last.answer, at: last.at, words: read.words } : null,
    hears: goal.parties.map(({ personId }) => personId).filter((id) => id !== client),
  }
}

export type ClientSays = Pick<
  Answering,
  'goalId' | 'hash' | 'answer' | 'remark' | 'sentence' | 'key'
>

/**
 * What she says, on her own device or on the tablet somebody handed her.
 *
 * On a tablet it is recorded as said by her on the shared screen, in the session of who handed it
 * over. Refuses as `answerGoal` does.
 */
export async function clientSays(
  app: App,
  account: Account,
  planId: string,
  said: ClientSays,
): Promise<GoalView | Refusal> {
  const seat = await clientSeat(app, account, planId)
  if (isRefusal(seat)) return seat
  const { circle, me, client, handedOver } = seat
  const found = await goals.find(app.db.sql, said.goalId)
  if (found?.planId !== planId) return 'unknown-goal'
  app.accessLog.did(circle, me, 'answer', { goalId: said.goalId })
  const method = handedOver ? 'shared_screen' : 'own_device'
  const view = await decideTelling(app.acts, planId, async (tx, tell) => {
    const asked = { ...said, method, party: client.id } as const
    await answer(tx, circle, me, asked, { assurance: account.assurance, tell })
    return (await goalView(tx, circle, said.goalId)) ?? refuse('unknown-goal')
  })
  return told(app.acts, view)
}

/** The acts of preparing a meeting: keeping answers, handing them in, and calls asked for in private. */
import { responsibleProfessional } from '#plan/people.ts'
import { goesTo, questionsFor, type Answers } from '#plan/preparation.ts'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { fold } from '#plan/words.ts'
import type { PreparationPage, PreparationView } from '#live/meeting.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { App } from './app.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as meetings from './db/meetings.ts'
import type { Db } from './db/open.ts'
import * as preparation from './db/preparation.ts'
import { newId } from './ids.ts'
import { seatAt, currentMeeting } from './meetings.ts'
import { keepItems } from './own-plan.ts'
import { planPage } from './plans.ts'
import { seated } from './seated.ts'

export type Preparing = {
  meetingId: string
  answers: Answers
  /** Which answer lies on the board as which card, in its writer's own hand. */
  cards: Record<string, string>
  handIn: boolean
}

/** What somebody prepared so far; theirs alone. */
export async function preparationOf(
  db: Db,
  meetingId: string,
  me: string,
): Promise<PreparationView> {
  const mine = (await preparation.ofMeeting(db, meetingId)).find(({ personId }) => personId === me)
  return {
    answers: mine?.answers ?? {},
    cards: mine?.cards ?? {},
    handedIn: mine?.handedIn ?? {},
    handedInAt: mine?.handedInAt?.toISOString() ?? null,
  }
}

/**
 * Keeps what somebody prepares; with `handIn` it is handed in.
 *
 * What is meant for the primary carer alone becomes a call that only they see. What the client, or
 * who is close to her, hands in is a persoonlijk plan: each item is kept (L4). Refuses with
 * `not-now` once the meeting is over.
 */
export async function prepare(
  deps: ActDeps,
  account: Account,
  asked: Preparing,
): Promise<PreparationView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { circle, me, planId } = seat
  const { meetingId } = asked
  const mine = questionsFor(me)
  const answers: Answers = {}
  for (const question of mine) {
    const text = fold(asked.answers[question] ?? '').slice(0, 4000)
    if (text !== '') answers[question] = text
  }
  return decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, meetingId)) ?? refuse('unknown-meeting')
    if (row.state !== 'planned' && row.state !== 'under-way') refuse('not-now')
    const before = await preparationOf(tx, meetingId, me.id)
    const { cards } = asked
    await preparation.keep(tx, { planId, meetingId }, { personId: me.id, answers, cards })
    if (asked.handIn) {
      await preparation.handIn(tx, meetingId, me.id)
      const carer = responsibleProfessional(circle.people)
      for (const question of mine) {
        const text = answers[question]
        const fresh = before.handedInAt === null || before.answers[question] !== text
        if (!carer || !text || !fresh || goesTo(question, me).to !== 'carer') continue
        const call = { planId, id: newId(), meetingId, fromId: me.id, toId: carer.id, text }
        await preparation.addCall(tx, call)
      }
      const items = await keepItems(tx, me, { planId, meetingId, answers, cards })
      await events.add(tx, {
        planId,
        kind: 'preparation-handed-in',
        actorId: me.id,
        goalId: null,
        body: { meetingId, cards: Object.values(cards), items },
      })
    }
    return preparationOf(tx, meetingId, me.id)
  })
}

/** A call that was asked for has been made. Refuses with `nothing-to-decide`. */
export async function called(
  deps: ActDeps,
  account: Account,
  asked: { meetingId: string; callId: string },
): Promise<{ callId: string } | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const done = await preparation.called(deps.sql, asked.callId, seat.me.id)
  return done ? { callId: asked.callId } : 'nothing-to-decide'
}

/** What the page on which one prepares is given. */
export async function preparationPage(
  app: App,
  account: Account,
  planId: string,
): Promise<PreparationPage | Refusal> {
  const seat = await seated(app, account, planId)
  if (typeof seat === 'string') return seat
  const page = await planPage(app, account, planId)
  if (typeof page === 'string') return page
  const { circle, me } = seat
  const meeting = await currentMeeting(app.db.sql, circle)
  const carer = responsibleProfessional(circle.people)
  return {
    page,
    meeting,
    carer: carer?.id ?? null,
    questions: [...questionsFor(me)],
    mine: meeting ? await preparationOf(app.db.sql, meeting.id, me.id) : null,
  }
}

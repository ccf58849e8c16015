/** Which act each event of the channel is: the same functions as behind the HTTP doors. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { Refusal } from '#plan/refusals.ts'
import type { ClientEvents } from '#live/wire.ts'
import { answerGoal, recordDissent } from '../agreement.ts'
import type { ActDeps } from '../acts.ts'
import type { Account } from '../auth/sessions.ts'
import * as doors from '../doors.ts'
import { createGoal, presentGoal, reviseGoal } from '../goals.ts'
import { markGoal } from '../marks.ts'
import { stepMeeting } from '../meetings.ts'
import { propose, withdraw } from '../proposals.ts'
import { reviewGoal } from '../reviews.ts'
import { admitScreen, removeScreen } from '../screens.ts'

/** Lets an event through its schema to its act. */
export type On = <S extends GenericSchema, T>(
  event: Exclude<keyof ClientEvents, 'join' | 'watch' | 'reading'>,
  schema: S,
  act: (asked: InferOutput<S>) => Promise<T | Refusal>,
) => void

/** Everything somebody can decide from their seat at the table. */
export function onActs(acts: ActDeps, account: Account, on: On): void {
  on('goal:create', doors.onPlan(doors.CreateGoal), (asked) => createGoal(acts, account, asked))
  on('goal:present', doors.onGoal(doors.Present), (asked) =>
    presentGoal(acts, account, {
      goalId: asked.goalId,
      trial: asked.trial,
      again: asked.again,
      ...(asked.parties && { parties: asked.parties }),
      ...(asked.heard && { heard: asked.heard }),
      ...(asked.informed && { informed: asked.informed }),
      ...(asked.topic && { topic: asked.topic }),
    }),
  )
  on('goal:answer', doors.onGoal(doors.Answer), (asked) => answerGoal(acts, account, asked))
  on('goal:mark', doors.onGoal(doors.MarkGoal), (asked) => markGoal(acts, account, asked))
  on('goal:review', doors.onGoal(doors.ReviewGoal), (asked) => reviewGoal(acts, account, asked))
  on('goal:revise', doors.onGoal(doors.Revise), (asked) =>
    reviseGoal(acts, account, asked.goalId, asked.proposal),
  )
  on('goal:propose', doors.onGoal(doors.Propose), (asked) => propose(acts, account, asked))
  on('goal:withdraw', doors.Withdraw, ({ documentId }) => withdraw(acts, account, documentId))
  on('goal:dissent', doors.onGoal(doors.Dissent), (asked) => recordDissent(acts, account, asked))
  on('meeting:step', doors.onMeeting(doors.Step), (asked) => stepMeeting(acts, account, asked))
  on('meeting:screen', doors.onMeeting(doors.AdmitScreen), (asked) =>
    admitScreen(acts, account, asked),
  )
  on('meeting:screen-away', doors.onMeeting(doors.RemoveScreen), (asked) =>
    removeScreen(acts, account, asked),
  )
}

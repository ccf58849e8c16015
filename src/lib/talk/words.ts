/** The questions that open a talk, in words. */
import type { TalkId } from '#plan/talk.ts'
import { m } from '#lib/paraglide/messages.js'

const questions: Record<TalkId, () => string> = {
  living_morning: m.plans_talk_living_morning,
  living_own: m.plans_talk_living_own,
  living_eating: m.plans_talk_living_eating,
  living_rest: m.plans_talk_living_rest,
  living_safe: m.plans_talk_living_safe,
  living_do: m.plans_talk_living_do,
  living_door: m.plans_talk_living_door,
  participation_see: m.plans_talk_participation_see,
  participation_past: m.plans_talk_participation_past,
  participation_where: m.plans_talk_participation_where,
  participation_for: m.plans_talk_participation_for,
  participation_outside: m.plans_talk_participation_outside,
  participation_days: m.plans_talk_participation_days,
  participation_learn: m.plans_talk_participation_learn,
  mental_glad: m.plans_talk_mental_glad,
  mental_sad: m.plans_talk_mental_sad,
  mental_calm: m.plans_talk_mental_calm,
  mental_believe: m.plans_talk_mental_believe,
  mental_decide: m.plans_talk_mental_decide,
  mental_whom: m.plans_talk_mental_whom,
  mental_how: m.plans_talk_mental_how,
  physical_sleep: m.plans_talk_physical_sleep,
  physical_wash: m.plans_talk_physical_wash,
  physical_food: m.plans_talk_physical_food,
  physical_pain: m.plans_talk_physical_pain,
  physical_keep: m.plans_talk_physical_keep,
  physical_fall: m.plans_talk_physical_fall,
  physical_medicine: m.plans_talk_physical_medicine,
}
export const talkWord = (id: TalkId): string => questions[id]()

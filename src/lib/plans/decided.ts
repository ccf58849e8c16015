/** The words of the grounds on which a wish is not followed, and of the nine topics. */
import type { Ground } from '#plan/not-followed.ts'
import type { Topic, TopicState } from '#plan/topics.ts'
import { m } from '#lib/paraglide/messages.js'

const grounds: Record<Ground, () => string> = {
  'law-or-abilities': m.plans_ground_law,
  'good-care': m.plans_ground_care,
  others: m.plans_ground_others,
  indication: m.plans_ground_indication,
}
export const groundWord = (ground: Ground): string => grounds[ground]()

const topics: Record<Topic, () => string> = {
  'own-life': m.plans_topic_own_life,
  washing: m.plans_topic_washing,
  food: m.plans_topic_food,
  home: m.plans_topic_home,
  respect: m.plans_topic_respect,
  faith: m.plans_topic_faith,
  day: m.plans_topic_day,
  outside: m.plans_topic_outside,
  growing: m.plans_topic_growing,
}
export const topicWord = (topic: Topic): string => topics[topic]()

const states: Record<TopicState, () => string> = {
  discussed: m.plans_topic_discussed,
  'not-needed': m.plans_topic_not_needed,
  later: m.plans_topic_later,
}
export const topicStateWord = (state: TopicState): string => states[state]()

/** The words of the nine topics, and of where each stands. */
import type { Topic, TopicState } from '#plan/topics.ts'
import { m } from '#lib/paraglide/messages.js'

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

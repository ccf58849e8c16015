/** The nine topics that get attention at every plan (Blz 6.1.1 a–i; L2), and where each stands. */
export const TOPICS = [
  'own-life', // a. say over one's own life
  'washing', // b. shower, toilet, incontinence material, in time
  'food', // c. enough and healthy food and drink
  'home', // d. a clean and cared-for living space
  'respect', // e. respect, a safe and pleasant atmosphere
  'faith', // f. living by one's faith or conviction
  'day', // g. a meaningful day, and exercise
  'outside', // h. going outside every day
  'growing', // i. development
] as const
export type Topic = (typeof TOPICS)[number]

export const TOPIC_STATES = ['discussed', 'not-needed', 'later'] as const
export type TopicState = (typeof TOPIC_STATES)[number]

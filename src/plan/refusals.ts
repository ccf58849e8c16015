/** Every "no" the product can say to a well-meant request. Each has one sentence in `messages/`. */
export const REFUSALS = [
  'not-signed-in',
  'wrong-sign-in',
  'too-many-tries',
  'foreign-origin',
  'no-access',
  'not-your-hand',
  'unknown-plan',
  'unknown-goal',
  'unknown-document',
  'unknown-person',
  'unknown-page',
  'unreadable',
  'too-large',
  'words-changed',
  'already-agreed',
  'already-presented',
  'not-presented',
  'not-a-party',
  'no-vote',
  'no-words',
  'reason-missing',
  'remark-missing',
  'witness-missing',
  'reaction-missing',
  'not-for-her',
  'ask-to-revise',
  'resistance',
  'key-used',
  'closed',
  'try-later',
  'nothing-to-decide',
] as const
export type Refusal = (typeof REFUSALS)[number]

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'string' && (REFUSALS as readonly string[]).includes(value)

/** What a refusal says and which status it has over HTTP. */
import type { Refusal } from '#plan/refusals.ts'
import nl from '../messages/refusal.nl.json' with { type: 'json' }
import en from '../messages/refusal.en.json' with { type: 'json' }

type Key<R extends string> = R extends `${infer A}-${infer B}` ? `${A}_${Key<B>}` : R
type Sentences = Record<`refusal_${Key<Refusal>}`, string>

const SENTENCES = { nl: nl satisfies Sentences, en: en satisfies Sentences } as const

const STATUS: Record<Refusal, number> = {
  'not-signed-in': 401,
  'wrong-sign-in': 401,
  'too-many-tries': 429,
  'second-factor': 403,
  'wrong-code': 422,
  'foreign-origin': 403,
  'no-access': 403,
  'between-talks': 403,
  'handed-over': 423,
  'not-your-hand': 403,
  'unknown-plan': 404,
  'unknown-goal': 404,
  'unknown-document': 404,
  'unknown-person': 400,
  'unknown-remark': 404,
  'unknown-page': 404,
  unreadable: 400,
  'too-large': 413,
  'words-changed': 409,
  'already-agreed': 409,
  'already-presented': 409,
  'not-presented': 409,
  'not-a-party': 403,
  'no-vote': 403,
  'sees-other-goals': 422,
  'no-words': 422,
  'reason-missing': 422,
  'link-missing': 422,
  'remark-missing': 422,
  'witness-missing': 422,
  'reaction-missing': 422,
  'not-for-her': 403,
  'ask-to-revise': 403,
  resistance: 409,
  'key-used': 409,
  closed: 409,
  'try-later': 503,
  'nothing-to-decide': 409,
  'nothing-agreed': 409,
  'always-asked': 409,
  'instead-missing': 422,
  expired: 409,
  'topic-missing': 422,
  'unknown-topic': 400,
  'duties-missing': 409,
  'unknown-meeting': 404,
  'unknown-item': 404,
  'unknown-screen': 404,
  'not-the-chair': 403,
  'chair-changed': 409,
  'not-now': 409,
  'ground-missing': 422,
  'consulted-missing': 422,
  'unknown-card': 404,
  'nothing-said': 422,
  'alt-missing': 422,
  'not-a-photo': 422,
  'name-differs': 422,
  'still-kept': 409,
  'record-needs-them': 409,
  'needs-the-plan': 409,
  'sits-elsewhere': 409,
}

export const statusOf = (refusal: Refusal): number => STATUS[refusal]

/** The sentence on screen: what is so, and what to do next. */
export function sentence(refusal: Refusal, locale: 'nl' | 'en' = 'nl'): string {
  const key = `refusal_${refusal.replaceAll('-', '_')}` as keyof Sentences
  return SENTENCES[locale][key]
}

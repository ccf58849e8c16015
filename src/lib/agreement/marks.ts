/** What is on record beside a goal, in sentences. */
import type { MarkBody, MarkKind } from '#plan/marks.ts'
import type { PersonId } from '#plan/people.ts'
import { m } from '#lib/paraglide/messages.js'

type Told = {
  kind: MarkKind
  personId: PersonId | null
  byId: PersonId | null
  body: MarkBody
}

/** Takes away what a quoted sentence brings itself: its full stop. */
export const oneStop = (said: string): string => said.replace(/([.!?…]’?”)\./g, '$1')

/** Who put what on record, with their words. */
export function tellMark(mark: Told, nameOf: (id: PersonId | null) => string): string {
  return oneStop(told(mark, nameOf))
}

function told(
  { kind, personId, byId, body }: Told,
  nameOf: (id: PersonId | null) => string,
): string {
  const both = { who: nameOf(byId), name: nameOf(personId) }
  const quoted = body.text ? `“${body.text}”` : ''
  const why = body.text ? m.agreement_mark_why({ text: body.text }) : ''
  const instead = body.instead ? m.agreement_mark_instead({ text: body.instead }) : ''
  const line = (...parts: string[]) => parts.filter(Boolean).join(' ')
  switch (kind) {
    case 'party-added':
      return body.informed ? m.agreement_mark_told(both) : m.agreement_mark_added(both)
    case 'party-removed':
      return line(m.agreement_mark_removed(both), why)
    case 'parties-checked':
      return m.agreement_mark_checked(both)
    case 'statement':
      return line(m.agreement_mark_statement(both), quoted)
    case 'yes-taken-back':
      return line(m.agreement_news_taken_back({ who: both.name }), quoted)
    case 'not-agreed':
      return line(m.agreement_mark_not_agreed(both), instead, why)
    case 'refused':
      return line(`${m.agreement_refused({ who: both.name })}.`, instead, why)
    case 'expired':
      return `${m.agreement_expired()}. ${m.agreement_expired_what()}`
    case 'topic-chosen':
      return ''
    default:
      return kind satisfies never
  }
}

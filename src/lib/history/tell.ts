/** What happened at a moment, in sentences. */
import { MARKS } from '#plan/marks.ts'
import { isBasis } from '#plan/voice.ts'
import type { AnswerWord, Method } from '#plan/answers.ts'
import { ANSWERS, METHODS } from '#plan/answers.ts'
import type { ContributionView, Moment } from '#live/look-back.ts'
import type { PersonView } from '#live/wire.ts'
import { oneStop, tellMark } from '#lib/agreement/marks.ts'
import { longDay } from '#lib/look/dates.ts'
import { shortName } from '#lib/look/people.ts'
import { methodWord } from '#lib/look/methods.ts'
import { answerWord, basisWord } from '#lib/look/words.ts'
import { m } from '#lib/paraglide/messages.js'

type Name = (id: string | null | undefined) => string

export const namesOf =
  (people: readonly PersonView[]): Name =>
  (id) => {
    const person = people.find((one) => one.id === id)
    return person ? shortName(person) : m.history_someone()
  }

/** The whole sentence: who did what, and whose words they were. */
export function tell(moment: Moment, name: Name): string {
  return oneStop(
    'wrote' in moment
      ? wrote(moment.wrote, name)
      : decided(moment.event.kind, moment.event.body, name, moment.personId),
  )
}

/** Whose sign stands beside it: whose answer or view it is, else who did it. */
export function subject(moment: Moment): string | null {
  if ('wrote' in moment) return moment.personId
  const { body } = moment.event
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return moment.personId
  const about = { 'goal-answered': body.partyId, 'dissent-recorded': body.personId }
  const found = about[moment.event.kind as keyof typeof about]
  return typeof found === 'string' ? found : moment.personId
}

const fields: Record<string, () => string> = {
  professionalText: m.history_field_care,
  success: m.history_field_success,
  what: m.history_field_what,
  when: m.history_field_when,
}

function wrote(one: ContributionView, name: Name): string {
  const who = name(one.personId)
  const key = one.field.split('/').at(-1) ?? ''
  if (key === 'reviewOn') {
    return one.after === ''
      ? m.history_no_day({ who })
      : m.history_day({ who, day: longDay(one.after) })
  }
  if (key === 'who') return m.history_doer({ who, name: name(one.after) })
  if (['area', 'kind', 'saidBy', 'basis', 'reaction', 'about'].includes(key)) {
    return isBasis(one.after)
      ? `${m.history_set({ who })} ${basisWord(one.after)}.`
      : m.history_set({ who })
  }
  const words = one.added.trim()
  const gone = one.deleted
    .map(({ text }) => text)
    .join('')
    .trim()
  const said: string[] = []
  if (words === '' && gone === '') said.push(m.history_set({ who }))
  else if (words === '') said.push(m.history_removed({ who, words: gone }))
  else if (gone !== '') said.push(m.history_changed({ who, gone, words }))
  else if (one.before.trim() === '') said.push(m.history_wrote({ who, words }))
  else said.push(m.history_added({ who, words }))
  if (one.saidBy !== null) said.push(m.history_said({ who: name(one.saidBy) }))
  const others = [...new Set(one.deleted.flatMap(({ writer }) => writer ?? []))]
  for (const id of others) if (id !== one.personId) said.push(m.history_whose({ who: name(id) }))
  const field = fields[key]
  if (field) said.push(m.history_in({ field: field() }))
  return said.join(' ')
}

const text = (body: Record<string, unknown>, key: string): string => {
  const found = body[key]
  return typeof found === 'string' ? found : ''
}

function decided(kind: string, raw: unknown, name: Name, actorId: string | null): string {
  const body = raw !== null && typeof raw === 'object' ? (raw as Record<string, unknown>) : {}
  const who = name(actorId)
  switch (kind) {
    case 'plan-imported':
      return m.history_imported()
    case 'goal-created':
      return body.imported === true ? m.history_imported() : m.history_created({ who })
    case 'goal-presented':
      return m.history_presented({ who })
    case 'goal-answered':
      return answered(body, name, actorId)
    case 'goal-agreed':
      return m.history_agreed()
    case 'goal-revised':
      return m.history_revised({ who })
    case 'dissent-recorded': {
      const by = m.history_by({ who })
      const words = text(body, 'text')
      return `${m.history_dissent({ who: name(text(body, 'personId')), words })} ${by}`
    }
    case 'proposal-sent':
      return m.history_proposal({ who })
    case 'proposal-withdrawn':
      return m.history_proposal_back({ who })
    case 'goal-reviewed': {
      const words = [text(body, 'text'), text(body, 'said')].filter((one) => one !== '').join(' ')
      return m.history_reviewed({ words })
    }
    case 'goal-marked': {
      const inner = body.body !== null && typeof body.body === 'object' ? body.body : {}
      const said = inner as Record<string, unknown>
      const mark = MARKS.find((one) => one === body.mark)
      if (!mark) return m.history_other({ who })
      const told = {
        kind: mark,
        personId: text(body, 'personId') || null,
        byId: actorId,
        body: {
          text: text(said, 'text'),
          instead: text(said, 'instead'),
          informed: said.informed === true,
        },
      }
      return tellMark(told, name)
    }
    case 'person-invited':
      return m.history_invited({ who })
    case 'card-opened':
      return m.history_card()
    case 'access-ended':
      return m.history_ended({ who })
    case 'preparation-handed-in':
      return m.history_handed_in({ who })
    case 'own-plan-item':
      return m.history_own_plan({ who })
    case 'plan-set':
      return m.history_plan_set({ who })
    default:
      return kind.startsWith('meeting-') || kind.startsWith('screen-')
        ? m.history_meeting()
        : m.history_other({ who })
  }
}

function answered(body: Record<string, unknown>, name: Name, actorId: string | null): string {
  const party = text(body, 'partyId')
  const answer = ANSWERS.find((one) => one === body.answer) ?? ('seen' satisfies AnswerWord)
  const method = METHODS.find((one) => one === body.method) ?? ('own_device' satisfies Method)
  const words = text(body, 'remark')
  return [
    m.history_answered({ who: name(party), answer: answerWord(answer), how: methodWord(method) }),
    ...(words === '' ? [] : [m.history_remark({ words })]),
    ...(party === actorId || actorId === null ? [] : [m.history_by({ who: name(actorId) })]),
    ...(body.imported === true ? [m.history_imported()] : []),
  ].join(' ')
}

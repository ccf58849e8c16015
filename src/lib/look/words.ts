/** The words and signs of roles, grounds, areas, states and answers; a missing one does not compile. */
import type { GoalState } from '#plan/agreement.ts'
import type { AnswerWord } from '#plan/answers.ts'
import type { Area } from '#plan/areas.ts'
import type { Role } from '#plan/people.ts'
import type { Basis } from '#plan/voice.ts'
import type { PersonView } from '#live/wire.ts'
import { m } from '#lib/paraglide/messages.js'
import { longDay } from './dates.ts'

const roles: Record<Role, () => string> = {
  client: m.role_client,
  first_contact: m.role_first_contact,
  relative: m.role_relative,
  informal_carer: m.role_informal_carer,
  curator: m.role_curator,
  mentor: m.role_mentor,
  authorised_rep: m.role_authorised_rep,
  partner_rep: m.role_partner_rep,
  family_rep: m.role_family_rep,
  administrator: m.role_administrator,
  primary_carer: m.role_primary_carer,
  carer: m.role_carer,
  nurse: m.role_nurse,
  district_nurse: m.role_district_nurse,
  elderly_care_physician: m.role_elderly_care_physician,
  gp: m.role_gp,
  physiotherapist: m.role_physiotherapist,
  occupational_therapist: m.role_occupational_therapist,
  speech_therapist: m.role_speech_therapist,
  dietician: m.role_dietician,
  psychologist: m.role_psychologist,
  spiritual_carer: m.role_spiritual_carer,
  activity_coordinator: m.role_activity_coordinator,
  care_responsible_wzd: m.role_care_responsible_wzd,
  social_district_team: m.role_social_district_team,
  client_supporter: m.role_client_supporter,
  confidant: m.role_confidant,
  interpreter: m.role_interpreter,
  volunteer: m.role_volunteer,
  care_manager: m.role_care_manager,
}
export const roleWord = (role: Role): string => roles[role]()
/** What somebody is to the client: the relation where it is known, else the role. */
export const roleOf = (person: Pick<PersonView, 'role' | 'relation' | 'kind'>): string =>
  person.kind === 'family' && person.relation ? person.relation : roleWord(person.role)

const areas: Record<Area, () => string> = {
  living: m.area_living,
  participation: m.area_participation,
  mental: m.area_mental,
  physical: m.area_physical,
}
export const areaWord = (area: Area): string => areas[area]()
export const areaIcon: Record<Area, string> = {
  living: 'house',
  participation: 'users-round',
  mental: 'cloud-sun',
  physical: 'heart-pulse',
}

const bases: Record<Basis, () => string> = {
  own_words: m.basis_own_words,
  own_words_supported: m.basis_own_words_supported,
  observed: m.basis_observed,
  proxy_as_client: m.basis_proxy_as_client,
  proxy_own_view: m.basis_proxy_own_view,
  professional_view: m.basis_professional_view,
  earlier_statement: m.basis_earlier_statement,
  presumed: m.basis_presumed,
}
export const basisWord = (basis: Basis): string => bases[basis]()
export const basisIcon: Record<Basis, string> = {
  own_words: 'message-square-quote',
  own_words_supported: 'bubble-hand',
  observed: 'eye',
  proxy_as_client: 'bubble-in-bubble',
  proxy_own_view: 'person-dot',
  professional_view: 'id-card',
  earlier_statement: 'history',
  presumed: 'circle-dashed',
}

const states: Record<GoalState, () => string> = {
  draft: m.state_draft,
  presented: m.state_presented,
  agreed: m.state_agreed,
  'agreed-on-trial': m.state_trial,
  'agreed-with-dissent': m.state_dissent,
  'not-agreed': m.state_not_agreed,
  expired: m.state_expired,
  revising: m.state_revising,
}
/** A goal's state; a trial with the day it runs until. */
export const stateWord = (state: GoalState, until?: string | null): string =>
  state === 'agreed-on-trial' && until
    ? m.state_trial_until({ day: longDay(until) })
    : states[state]()
export const stateIcon: Record<GoalState, string> = {
  draft: 'messages-square',
  presented: 'hand',
  agreed: 'patch',
  'agreed-on-trial': 'calendar-clock',
  'agreed-with-dissent': 'patch',
  'not-agreed': 'circle-minus',
  expired: 'circle-minus',
  revising: 'messages-square',
}
/** How a state looks: the `data-state` of seams and labels. */
export const stateLook: Record<GoalState, string> = {
  draft: 'in_discussion',
  presented: 'ready',
  agreed: 'agreed',
  'agreed-on-trial': 'agreed_trial',
  'agreed-with-dissent': 'agreed_with_dissent',
  'not-agreed': 'not_agreed',
  expired: 'not_agreed',
  revising: 'in_discussion',
}

const answers: Record<AnswerWord, () => string> = {
  yes: m.answer_yes,
  'yes-with-remark': m.answer_yes_with_remark,
  no: m.answer_no,
  talk: m.answer_talk,
  seen: m.answer_seen,
}
export const answerWord = (answer: AnswerWord): string => answers[answer]()

/** Names in a row, as one says them: "Fatima, Joost en Marjan". */
export const inARow = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : m.names_and({ first: names.slice(0, -1).join(', '), last: names.at(-1)! })

/** What a plan is called, in the language of who reads: its stored title is Dutch. */
export const planTitle = (title: string): string =>
  m.goal_back_plan({ who: title.replace(/^Het plan van /, '') })

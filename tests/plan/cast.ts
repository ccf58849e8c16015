/** The people of the pure tests: Ria who decides herself, Henk who cannot decide everything. */
import type { Round } from '#plan/agreement.ts'
import type { Given } from '#plan/answering.ts'
import type { Answer, AnswerWord } from '#plan/answers.ts'
import type { Judgement } from '#plan/deciding.ts'
import type { Mark, MarkKind } from '#plan/marks.ts'
import type { Person, PersonId, Role } from '#plan/people.ts'

export const person = (id: string, role: Role, more: Partial<Person> = {}): Person => ({
  id,
  key: id,
  name: id,
  role,
  relation: null,
  authority: role === 'client' ? 'self' : 'professional',
  mayConfirm: true,
  number: 1,
  confidantOfClient: false,
  access: 'active',
  ...more,
})

export const ria = person('ria', 'client')
export const marjan = person('marjan', 'first_contact', { authority: 'own_task' })
export const fatima = person('fatima', 'primary_carer')
export const joost = person('joost', 'physiotherapist', { authority: 'own_task' })
export const riasPeople = [ria, marjan, fatima, joost]

export const henk = person('henk', 'client', { authority: 'self_where_possible' })
export const grietje = person('grietje', 'partner_rep', { authority: 'representative' })
export const naima = person('naima', 'primary_carer')
export const henksPeople = [henk, grietje, naima]

export const HASH = 'a'.repeat(64)

export const asked = (...ids: PersonId[]) => ids.map((personId) => ({ personId, required: true }))

export const round = (answers: Answer[] = [], more: Partial<Round> = {}): Round => ({
  version: 1,
  hash: HASH,
  parties: asked('ria', 'fatima', 'marjan'),
  answers,
  trialUntil: null,
  dissent: null,
  presentedAt: '2026-06-18T12:00:00Z',
  ...more,
})

export const said = (party: string, answer: AnswerWord, more: Partial<Answer> = {}): Answer => ({
  partyId: party,
  actorId: party,
  answer,
  method: 'own_device',
  remark: '',
  witnesses: [],
  reaction: null,
  at: '2026-06-18T12:00:00Z',
  ...more,
})

export const given = (actor: Person, answer: AnswerWord, more: Partial<Given> = {}): Given => ({
  actor,
  party: actor,
  hash: HASH,
  answer,
  method: 'own_device',
  remark: '',
  witnesses: [],
  reaction: null,
  ...more,
})

export const judged = (topic: string, able: boolean, more: Partial<Judgement> = {}): Judgement => ({
  id: topic,
  topic,
  able,
  judgedBy: 'dokter T. Mulder',
  reason: 'Hij kan dit niet afwegen.',
  on: '2026-05-12',
  reviewOn: null,
  ...more,
})

export const mark = (
  kind: MarkKind,
  personId: PersonId | null,
  more: Partial<Mark> = {},
): Mark => ({
  kind,
  version: 1,
  personId,
  byId: 'fatima',
  body: {},
  at: '2026-06-19T12:00:00Z',
  ...more,
})

/** Goals with who accepts them, and for every answer a Provenance that names its exact words. */
import type { Annotation, Extension, Goal, Provenance, ProvenanceAgent, Reference } from './r4.ts'
import type { GoalState } from '#plan/agreement.ts'
import { standing, type Answer, type AnswerWord } from '#plan/answers.ts'
import { type Party } from '#plan/parties.ts'
import type { PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import type { GoalView } from '#live/wire.ts'
import type { AnswerRow, DissentRow } from '../../db/agreement.ts'
import { areaWord, answerWord, methodWord } from '../sentences.ts'
import type { PlanRecord } from '../record.ts'
import type { People } from './people.ts'
import { coded, OURS, refer, text, urn } from './shape.ts'

const ACCEPTANCE = 'http://hl7.org/fhir/StructureDefinition/goal-acceptance'
const ACHIEVEMENT = 'http://terminology.hl7.org/CodeSystem/goal-achievement'
const PARTICIPANT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'

const LIFECYCLE: Record<GoalState, Goal['lifecycleStatus']> = {
  draft: 'proposed',
  presented: 'planned',
  agreed: 'accepted',
  'agreed-on-trial': 'active',
  'agreed-with-dissent': 'accepted',
  'not-agreed': 'rejected',
  expired: 'proposed',
  revising: 'proposed',
}

/** What people at the table say about how it went, as FHIR has it; an imported record has its codes. */
const ACHIEVED: Record<string, string> = {
  almost: 'improving',
  not: 'not-achieved',
  different: 'in-progress',
}

/** `talk`, and no answer at all, are neither a yes nor a no. */
const ACCEPTS: Record<AnswerWord, 'agree' | 'disagree' | 'pending'> = {
  yes: 'agree',
  'yes-with-remark': 'agree',
  no: 'disagree',
  talk: 'pending',
  seen: 'pending',
}

/** One text of a goal: the words in force, or the next ones beside them. */
type Wording = {
  goal: GoalView
  url: string
  state: GoalState
  words: Words
  version: number | null
  parties: readonly Party[]
}

/** The words in force and, where there are any, those being written or laid before people. */
export function wordings(record: PlanRecord): Wording[] {
  return record.plan.goals.flatMap((goal): Wording[] => {
    const of = (version: number | null) =>
      record.versions.find((v) => v.goalId === goal.id && v.version === version)
    const now = (state: GoalState): Wording => ({
      goal,
      url: urn('Goal', goal.id, goal.agreed && goal.version !== goal.agreed.version ? 'next' : ''),
      state,
      words: goal.words,
      version: goal.version,
      parties: goal.parties,
    })
    if (!goal.agreed) return goal.words.plainText === '' ? [] : [now(goal.state)]
    const { version, words, trialUntil, dissent } = goal.agreed
    const inForce: Wording = {
      goal,
      url: urn('Goal', goal.id, ''),
      state: dissent ? 'agreed-with-dissent' : trialUntil !== null ? 'agreed-on-trial' : 'agreed',
      words,
      version,
      parties: of(version)?.parties ?? goal.parties,
    }
    const next = goal.state === 'revising' || goal.state === 'presented'
    return next && goal.words.plainText !== '' ? [inForce, now(goal.state)] : [inForce]
  })
}

const answersOf = (record: PlanRecord, goalId: string, version: number | null): AnswerRow[] =>
  record.answers.filter((row) => row.goalId === goalId && row.version === version)

/** Who accepts these words: one entry for each party, in the codes of the core extension. */
function acceptance(
  record: PlanRecord,
  people: People,
  { goal, version, parties }: Wording,
): Extension[] {
  const given = answersOf(record, goal.id, version).map((a): Answer => ({
    ...a,
    at: a.at.toISOString(),
  }))
  const back = (id: PersonId) =>
    goal.marks.some(
      (mark) => mark.kind === 'yes-taken-back' && mark.personId === id && mark.version === version,
    )
  return parties.map(({ personId }) => {
    const answer = standing(given, personId)
    return {
      url: ACCEPTANCE,
      extension: [
        { url: 'individual', valueReference: people.who(personId) },
        {
          url: 'status',
          valueCode: answer && !back(personId) ? ACCEPTS[answer.answer] : 'pending',
        },
      ],
    }
  })
}

export function goalResource(
  record: PlanRecord,
  people: People,
  wording: Wording,
  wishes: Reference[],
): Goal {
  const { goal, state, words, version } = wording
  const review = record.reviews.findLast((row) => row.goalId === goal.id)
  const inForce = goal.agreed?.version === version ? goal.agreed : null
  const saidBy = record.cards.find((card) => goal.wishes.includes(card.id))?.saidBy
  const measured = words.success !== ''
  return {
    resourceType: 'Goal',
    language: 'nl',
    extension: [
      ...acceptance(record, people, wording),
      ...(inForce?.trialUntil
        ? [{ url: `${OURS}:fhir:trial-until`, valueDate: inForce.trialUntil }]
        : []),
    ],
    identifier: [
      { system: `${OURS}:goal`, value: goal.id },
      ...(hashOf(record, wording) ?? []).map((value) => ({ system: `${OURS}:sha256`, value })),
    ],
    lifecycleStatus: LIFECYCLE[state],
    ...(inForce &&
      review && {
        achievementStatus: coded({
          system: ACHIEVEMENT,
          code: ACHIEVED[review.outcome] ?? review.outcome,
        }),
        statusDate: review.onDay,
        statusReason: [review.text, review.said && `“${review.said}”`].filter(Boolean).join(' '),
      }),
    category: [coded({ system: `${OURS}:area`, code: words.area }, areaWord(words.area))],
    description: text(words.plainText),
    subject: people.client,
    ...(inForce && { startDate: inForce.at.slice(0, 10) }),
    ...(saidBy && { expressedBy: people.who(saidBy) }),
    addresses: wishes,
    target:
      words.reviewOn !== null || measured
        ? [
            {
              ...(measured && {
                measure: text('Hieraan merken we dat het lukt'),
                detailString: words.success,
              }),
              ...(words.reviewOn !== null && { dueDate: words.reviewOn }),
            },
          ]
        : [],
    note: notes(record, people, wording),
  }
}

const hashOf = (record: PlanRecord, { goal, version }: Wording): string[] =>
  record.versions.filter((v) => v.goalId === goal.id && v.version === version).map((v) => v.hash)

/** What professionals wrote for each other, what people said at their answer, and who differs. */
function notes(
  record: PlanRecord,
  people: People,
  { goal, words, version }: Wording,
): Annotation[] {
  const said = answersOf(record, goal.id, version)
    .filter((row) => row.remark !== '')
    .map((row): Annotation => ({
      authorReference: people.who(row.partyId),
      time: row.at.toISOString(),
      text: row.remark,
    }))
  const differs = record.dissents
    .filter((row: DissentRow) => row.goalId === goal.id && row.version === version)
    .map((row): Annotation => ({
      extension: [{ url: `${OURS}:fhir:dissent-of`, valueReference: people.who(row.personId) }],
      authorReference: people.who(row.recordedBy),
      text: row.text,
    }))
  const care = words.professionalText === '' ? [] : [{ text: words.professionalText }]
  const stated = goal.marks
    .filter((mark) => mark.version === version && mark.body.text)
    .filter(({ kind }) => kind !== 'topic-chosen')
    .map(({ personId, byId, at, body }): Annotation => {
      const who = personId ?? byId
      return { ...(who && { authorReference: people.who(who) }), time: at, text: body.text! }
    })
  return [...care, ...said, ...differs, ...stated]
}

/** Every answer ever given, each bound by its hash to the words that were read. */
export function answerProvenances(record: PlanRecord, people: People): [string, Provenance][] {
  const shown = wordings(record)
  return record.answers.flatMap((row, at): [string, Provenance][] => {
    const of = shown.filter(({ goal }) => goal.id === row.goalId)
    const target = of.find(({ version }) => version === row.version) ?? of[0]
    if (!target) return []
    const url = urn('Provenance', row.goalId, String(row.version), row.key, String(at))
    return [[url, answerProvenance(record, people, row, target)]]
  })
}

function answerProvenance(
  record: PlanRecord,
  people: People,
  row: AnswerRow,
  target: Wording,
): Provenance {
  const at = row.at.toISOString()
  const words = record.versions.find((v) => v.goalId === row.goalId && v.version === row.version)
  const yes = ACCEPTS[row.answer] === 'agree' && row.method !== 'observed_response'
  const signer = row.method === 'on_behalf' ? row.actorId : row.partyId
  return {
    resourceType: 'Provenance',
    extension: row.reaction
      ? [{ url: `${OURS}:fhir:client-reaction`, valueCode: row.reaction }]
      : [],
    target: [refer(target.url, `versie ${row.version}`)],
    occurredDateTime: at,
    recorded: at,
    policy: [`${OURS}:method:${row.method}`],
    reason: [coded({ system: `${OURS}:method`, code: row.method }, methodWord(row.method))],
    activity: coded({ system: `${OURS}:answer`, code: row.answer }, answerWord(row.answer)),
    agent: agents(people, row),
    entity: [
      {
        role: 'source',
        what: {
          identifier: { system: `${OURS}:sha256`, value: row.hash },
          display: `versie ${row.version}: ${words?.words.plainText ?? ''}`,
        },
      },
    ],
    signature: yes
      ? [
          {
            type: [
              {
                system: 'urn:iso-astm:E1762-95:2013',
                code: '1.2.840.10065.1.12.1.7',
                display: 'Consent Signature',
              },
            ],
            when: at,
            who: people.who(signer),
            ...(signer !== row.partyId && { onBehalfOf: people.who(row.partyId) }),
          },
        ]
      : [],
  }
}

/**
 * Whose answer it is, who recorded it, who was there.
 *
 * What somebody saw the client do is told by who saw it: an observed reaction is no attestation.
 */
function agents(people: People, row: AnswerRow): ProvenanceAgent[] {
  const as = (code: string, who: PersonId, onBehalfOf?: PersonId): ProvenanceAgent => ({
    type: coded({ system: PARTICIPANT, code }),
    who: people.who(who),
    ...(onBehalfOf !== undefined && { onBehalfOf: people.who(onBehalfOf) }),
  })
  if (row.method === 'observed_response') return [as('informant', row.actorId, row.partyId)]
  if (row.method === 'on_behalf') return [as('attester', row.actorId, row.partyId)]
  return [
    as('attester', row.partyId),
    ...(row.actorId === row.partyId ? [] : [as('enterer', row.actorId)]),
    ...row.witnesses.map((who): ProvenanceAgent => ({
      type: coded({
        system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
        code: 'WIT',
      }),
      who: people.who(who),
    })),
  ]
}

/** What lies on the shared board: wishes, life story and what was seen; points to talk about. */
import type { Communication, Observation, Provenance } from './r4.ts'
import type { CardKind } from '#plan/cards.ts'
import type { CardView } from '#live/views.ts'
import type { PlanRecord } from '../record.ts'
import { notFollowedOf, whyNot } from '../not-followed.ts'
import { basisWord } from '../sentences.ts'
import type { People } from './people.ts'
import { coded, OURS, refer, text, urn } from './shape.ts'

const PARTICIPANT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'

const KINDS: Record<Exclude<CardKind, 'point'>, string> = {
  story: 'Levensverhaal',
  wish: 'Wens',
  observation: 'Iets dat iemand zag',
}

const isPoint = (card: CardView) => card.kind === 'point'
export const cardUrl = ({ kind, id }: Pick<CardView, 'kind' | 'id'>): string =>
  urn(kind === 'point' ? 'Communication' : 'Observation', id)

const written = (record: PlanRecord) => record.cards.filter((card) => card.text.trim() !== '')

export function cardResources(
  record: PlanRecord,
  people: People,
): [string, Communication | Observation][] {
  return written(record).map((card) => [
    cardUrl(card),
    isPoint(card) ? point(card, people) : observation(record, card, people),
  ])
}

function point(card: CardView, people: People): Communication {
  return {
    resourceType: 'Communication',
    status: 'in-progress',
    category: [text('bespreekpunt')],
    subject: people.client,
    ...(card.saidBy !== null && { sender: people.who(card.saidBy) }),
    payload: [{ contentString: card.text }],
  }
}

function observation(record: PlanRecord, card: CardView, people: People): Observation {
  const not = notFollowedOf(record, card.id)
  return {
    resourceType: 'Observation',
    language: 'nl',
    extension: [
      ...(card.basis === null ? [] : [{ url: `${OURS}:fhir:basis`, valueCode: card.basis }]),
      ...(not ? [{ url: `${OURS}:fhir:not-followed`, valueCode: not.ground }] : []),
    ],
    status: 'final',
    category: [
      coded({
        system: 'http://terminology.hl7.org/CodeSystem/observation-category',
        code: 'social-history',
      }),
    ],
    code: coded(
      { system: `${OURS}:card`, code: card.kind },
      isPoint(card) ? '' : KINDS[card.kind as keyof typeof KINDS],
    ),
    subject: people.client,
    performer: card.saidBy === null ? [] : [people.who(card.saidBy)],
    valueString: card.text,
    note: [
      ...(card.basis === null ? [] : [{ text: basisWord(card.basis) }]),
      ...(not ? [{ text: whyNot(not, 'nl').join(' '), time: not.at }] : []),
    ],
  }
}

/** Typed by is not said by: who said a card, and whose keyboard it was. */
export function cardProvenances(record: PlanRecord, people: People): [string, Provenance][] {
  return written(record).flatMap((card): [string, Provenance][] => {
    const { saidBy } = card
    const hands = card.writers.filter((id) => id !== saidBy)
    if (saidBy === null || hands.length === 0) return []
    const as = (code: string, who: string) => ({
      type: coded({ system: PARTICIPANT, code }),
      who: people.who(who),
    })
    const informs = card.basis === 'proxy_as_client' || card.basis === 'observed'
    const provenance: Provenance = {
      resourceType: 'Provenance',
      target: [refer(cardUrl(card))],
      recorded: record.at.toISOString(),
      agent: [
        as(informs ? 'informant' : 'author', saidBy),
        ...hands.map((id) => as('enterer', id)),
      ],
    }
    return [[urn('Provenance', 'card', card.id), provenance]]
  })
}

/**
 * A plan as a FHIR R4 Bundle, for a health record to read.
 *
 * It follows the shapes of the Dutch zib profiles (nl-core) and names none in `meta.profile`: they
 * cannot be validated here, and a claim nobody checked is worth nothing. Only the shared zone goes
 * along. What FHIR has no word for stands in extensions and codes whose system begins with
 * `urn:aan-tafel`.
 */
import type { Bundle, CarePlan, CarePlanActivity, FhirResource } from './r4.ts'
import { responsibleProfessional, type PersonId } from '#plan/people.ts'
import type { Refusal } from '#plan/refusals.ts'
import type { Action } from '#plan/words.ts'
import type { App } from '../../app.ts'
import type { Account } from '../../auth/sessions.ts'
import { planRecord, type PlanRecord } from '../record.ts'
import { cardProvenances, cardResources, cardUrl } from './cards.ts'
import { answerProvenances, goalResource, wordings } from './goals.ts'
import { People } from './people.ts'
import { day, lean, OURS, refer, urn, uuid } from './shape.ts'

/** The bundle of a plan for who may take a copy with them. */
export async function exportFhir(
  app: App,
  account: Account,
  planId: string,
): Promise<Bundle | Refusal> {
  const record = await planRecord(app, account, planId)
  return typeof record === 'string' ? record : bundleOf(record)
}

export function bundleOf(record: PlanRecord): Bundle {
  const people = new People(record)
  const { plan, chain, at } = record
  const team = urn('CareTeam', plan.id)
  const goals = wordings(record)
  const wishes = (ids: readonly string[]) =>
    record.cards
      .filter((card) => ids.includes(card.id) && card.kind !== 'point' && card.text.trim() !== '')
      .map((card) => refer(cardUrl(card)))
  const entries: [string, FhirResource][] = [
    [urn('CarePlan', plan.id), carePlan(record, people, team)],
    ...people.resources(),
    [team, people.team()],
    ...goals.map((wording): [string, FhirResource] => [
      wording.url,
      goalResource(record, people, wording, wishes(wording.goal.wishes)),
    ]),
    ...cardResources(record, people),
    ...answerProvenances(record, people),
    ...cardProvenances(record, people),
    ...people.consents(),
  ]
  return {
    resourceType: 'Bundle',
    id: uuid('Bundle', plan.id, chain.head, at.toISOString()),
    language: 'nl',
    identifier: { system: `${OURS}:event-sha256`, value: chain.head },
    type: 'collection',
    timestamp: at.toISOString(),
    entry: entries.map(([fullUrl, resource]) => ({
      fullUrl,
      resource: lean({ id: fullUrl.slice('urn:uuid:'.length), ...resource }),
    })),
  }
}

function carePlan(record: PlanRecord, people: People, team: string): CarePlan {
  const { plan, chain } = record
  const goals = wordings(record)
  const responsible = responsibleProfessional(record.people)
  const since = day(chain.since)
  return {
    resourceType: 'CarePlan',
    language: 'nl',
    identifier: [{ system: `${OURS}:plan`, value: plan.id }],
    status: plan.goals.some((goal) => goal.agreed) ? 'active' : 'draft',
    intent: 'plan',
    title: plan.title,
    subject: people.client,
    period: { start: since },
    created: since,
    ...(responsible && { author: people.onFooting(responsible.id) }),
    contributor: contributors(record).map((id) => people.who(id)),
    careTeam: [refer(team)],
    goal: goals.map(({ url }) => refer(url)),
    activity: [
      ...goals.flatMap(({ url, words, state }) =>
        words.actions.map((action) => activity(people, action, state.startsWith('agreed'), url)),
      ),
      ...plan.standingActions.map((action) => activity(people, action, true)),
    ],
  }
}

function activity(
  people: People,
  action: Action,
  agreed: boolean,
  goal?: string,
): CarePlanActivity {
  return {
    detail: {
      status: agreed ? 'scheduled' : 'not-started',
      description: action.what,
      ...(action.when !== '' && { scheduledString: action.when }),
      ...(action.who !== null && { performer: [people.onFooting(action.who)] }),
      ...(goal !== undefined && { goal: [refer(goal)] }),
    },
  }
}

/** Everyone who wrote, said or answered something that is in the plan. */
function contributors(record: PlanRecord): PersonId[] {
  const all = [
    ...record.cards.flatMap((card) => [card.saidBy, ...card.writers]),
    ...record.answers.flatMap((row) => [row.partyId, row.actorId]),
    ...record.dissents.flatMap((row) => [row.personId, row.recordedBy]),
    ...record.versions.map((row) => row.presentedBy),
  ]
  return [...new Set(all.filter((id) => id !== null))]
}

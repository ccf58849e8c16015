import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportFhir } from '#server/export/fhir/bundle.ts'
import * as goals from '#server/db/goals.ts'
import { endAccess, invite } from '#server/circle.ts'
import { reviseGoal } from '#server/goals.ts'
import type { Bundle, Consent, Goal, Provenance } from '#server/export/fhir/r4.ts'
import { uuid } from '#server/export/fhir/shape.ts'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { faultsOf } from '../../fhir.ts'
import { table, type Table } from '../../table.ts'

let at: Table
beforeAll(async () => {
  at = await table()
})
afterAll(() => at.close())

/** A plan as its client takes it along. */
async function exported(planId: string, key?: string): Promise<Bundle> {
  const plan = demo.plans.find(({ id }) => id === planId)!
  const client = plan.participants.find(({ role }) => role === 'client')!
  const { account } = await at.person(key ?? client.key, planId)
  const bundle = await exportFhir(at.app, account, planId)
  if (typeof bundle === 'string') throw new Error(bundle)
  return bundle
}

const all = <T extends { resourceType: string }>(bundle: Bundle, type: T['resourceType']): T[] =>
  bundle.entry.flatMap(({ resource }) =>
    resource.resourceType === type ? [resource as never] : [],
  )

test.each(demo.plans.map(({ id }) => id))('%s leaves as a valid R4 bundle', async (planId) => {
  const bundle = await exported(planId)
  expect(faultsOf(bundle)).toEqual([])
  expect(all<Goal>(bundle, 'Goal').length).toBeGreaterThan(0)
})

test('who said yes, who no and who is still asked stand at the goal itself', async () => {
  const bundle = await exported('plan-03')
  const goal = all<Goal>(bundle, 'Goal').find(({ note }) => note?.some((one) => one.extension))
  const name = (reference: string) =>
    (
      bundle.entry.find(({ fullUrl }) => fullUrl === reference)?.resource as {
        name: { text: string }[]
      }
    ).name[0]?.text
  const acceptance = goal!.extension!.flatMap((one) => {
    if (!('extension' in one)) return []
    const [who, status] = one.extension
    if (!who || !('valueReference' in who) || !status || !('valueCode' in status)) return []
    return [[name(who.valueReference.reference!), status.valueCode]]
  })
  expect(Object.fromEntries(acceptance)).toMatchObject({
    'Toos Verbeek': 'agree',
    'Rob Verbeek': 'disagree',
  })
  expect(goal!.lifecycleStatus).toBe('accepted')
  expect(goal!.note.map(({ text }) => text)).toContain(
    'De mentor is het niet eens. Mevrouw houdt na goed nadenken vast aan haar keuze. Daarom volgen wij mevrouw (artikel 8.1.2 lid 4 Wlz).',
  )
})

test('every answer has its provenance: whose it is, who recorded it, on which words', async () => {
  const { account } = await at.person('ria')
  const bundle = await exported('plan-01')
  const file = await (await import('#server/export/json.ts')).exportJson(at.app, account, 'plan-01')
  const { proof } = file as { proof: { answers: { hash: string }[] } }
  const provenances = all<Provenance>(bundle, 'Provenance').filter(({ entity }) => entity)
  const hashes = provenances.map(({ entity }) => entity![0]!.what.identifier!.value)
  expect(hashes.sort()).toEqual(proof.answers.map(({ hash }) => hash).sort())
  const hers = provenances.find(({ agent }) => agent[0]!.who.display === 'Ria Hofland')!
  expect(hers.agent.map(({ type }) => type.coding![0]!.code)).toEqual(['attester', 'enterer'])
  expect(hers.agent[1]!.who.display).toBe('Fatima el Idrissi')
  expect(hers.policy).toEqual(['urn:aan-tafel:method:shared_screen'])
  expect(hers.signature![0]!.type[0]!.code).toBe('1.2.840.10065.1.12.1.7')
})

test('who answers for the client signs on her behalf; what was seen is no signature', async () => {
  const bundle = await exported('plan-02', 'naima')
  const provenances = all<Provenance>(bundle, 'Provenance')
  const behalf = provenances.find(({ policy }) => policy?.[0]?.endsWith('on_behalf'))!
  expect(behalf.agent[0]).toMatchObject({
    who: { display: 'Grietje Postma' },
    onBehalfOf: { display: 'Henk Postma' },
  })
  expect(behalf.signature![0]).toMatchObject({ onBehalfOf: { display: 'Henk Postma' } })
  const seen = provenances.filter(({ policy }) => policy?.[0]?.endsWith('observed_response'))
  for (const one of seen) {
    expect(one.signature).toBeUndefined()
    expect(one.agent[0]!.type.coding![0]!.code).toBe('informant')
  }
})

test('nothing of the care, the client’s own or a draft zone leaves with it', async () => {
  for (const plan of demo.plans) {
    const text = JSON.stringify(await exported(plan.id))
    const kept = [
      ...('restricted' in plan ? (plan.restricted ?? []) : []),
      ...plan.discussionPoints.filter(({ visibility }) => visibility !== 'shared'),
    ]
    for (const one of kept) expect(text).not.toContain(JSON.stringify(one.text).slice(1, -1))
  }
})

test('a relative who may not take a copy gets none', async () => {
  const { account } = await at.person('marjan')
  expect(await exportFhir(at.app, account, 'plan-01')).toBe('no-access')
  const elsewhere = await at.person('toos', 'plan-03')
  expect(await exportFhir(at.app, elsewhere.account, 'plan-01')).toBe('no-access')
  expect(await exportFhir(at.app, account, 'nope')).toBe('no-access')
})

test('words being written beside those in force are a goal of their own, and consent leaves without its words', async () => {
  const ria = await at.person('ria', 'plan-01')
  const { acts } = at.app
  const planId = 'plan-01'
  const goal = (await goals.ofPlan(at.app.db.sql, planId)).find((row) => row.agreedVersion)
  await reviseGoal(acts, ria.account, goal!.id)
  const invited = await invite(acts, ria.account, {
    planId,
    name: 'Piet Hofland',
    email: 'piet@elders.example',
    role: 'relative',
    relation: 'zoon',
    consent: 'Piet mag alles van de tuin weten.',
  })
  if (typeof invited === 'string') throw new Error(invited)
  await endAccess(acts, ria.account, { planId, personId: invited.personId })
  const bundle = await exported(planId)
  expect(faultsOf(bundle)).toEqual([])
  const words = goal!.id
  const texts = all<Goal>(bundle, 'Goal').filter(
    ({ identifier }) => identifier![0]!.value === words,
  )
  expect(texts.map(({ lifecycleStatus }) => lifecycleStatus)).toEqual(['accepted', 'proposed'])
  expect(all<Consent>(bundle, 'Consent')).toMatchObject([
    { status: 'inactive', provision: { actor: [{ reference: { display: 'Piet Hofland' } }] } },
  ])
  expect(JSON.stringify(bundle)).not.toContain('alles van de tuin')
})

test('the same thing keeps the same name in every export', async () => {
  const [one, two] = [await exported('plan-01'), await exported('plan-01', 'fatima')]
  expect(one.entry.map(({ fullUrl }) => fullUrl)).toEqual(two.entry.map(({ fullUrl }) => fullUrl))
  expect(uuid('a', 'b')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

type Loose = Record<string, unknown>
const first = (bundle: Bundle, type: string): Loose =>
  bundle.entry.find(({ resource }) => resource.resourceType === type)!.resource

const FAULTS: [fault: string, make: (bundle: Bundle) => void][] = [
  ['a status outside its value set', (b) => (first(b, 'CarePlan').status = 'bogus')],
  ['no intent', (b) => delete first(b, 'CarePlan').intent],
  ['a goal without words', (b) => delete first(b, 'Goal').description],
  ['a provenance without agent', (b) => delete first(b, 'Provenance').agent],
  ['an unknown property', (b) => (first(b, 'Goal').mood = 'fine')],
  ['a day that is none', (b) => (first(b, 'Goal').startDate = '18 juni')],
  ['a moment without its zone', (b) => (first(b, 'Provenance').recorded = '2026-06-18T14:00:00')],
  ['an object where a list belongs', (b) => (first(b, 'Goal').note = { text: 'x' })],
  [
    'a reference into nothing',
    (b) => ((first(b, 'Goal').subject as Loose).reference = 'urn:uuid:0'),
  ],
  ['a reference under a wrong name', (b) => ((first(b, 'Goal').subject as Loose).type = 'Group')],
  ['an empty string', (b) => ((first(b, 'Goal').description as Loose).text = ' ')],
  ['an empty list', (b) => (first(b, 'Goal').note = [])],
  ['two occurred[x]', (b) => (first(b, 'Provenance').occurredPeriod = { start: '2026-06-18' })],
  [
    'a detail and a reference in one activity',
    (b) => ((first(b, 'CarePlan').activity as Loose[])[0]!.reference = { display: 'x' }),
  ],
  [
    'a target with a detail and no measure',
    (b) => (first(b, 'Goal').target = [{ detailString: 'x' }]),
  ],
  ['two entries under one name', (b) => (b.entry[1]!.fullUrl = b.entry[0]!.fullUrl)],
  [
    'an acceptance that is no code',
    (b) => {
      const [one] = first(b, 'Goal').extension as { extension: Loose[] }[]
      one!.extension[1]!.valueCode = 'maybe'
    },
  ],
  [
    'an acceptance by a role instead of a person',
    (b) => {
      const [one] = first(b, 'Goal').extension as { extension: { valueReference: Loose }[] }[]
      const role = b.entry.find(({ resource }) => resource.resourceType === 'PractitionerRole')!
      one!.extension[0]!.valueReference = { reference: role.fullUrl }
    },
  ],
  [
    'a profile nobody checked',
    (b) =>
      (first(b, 'Goal').meta = {
        profile: ['http://nictiz.nl/fhir/StructureDefinition/nl-core-TreatmentObjective'],
      }),
  ],
]

test.each(FAULTS)('%s is found', async (_, make) => {
  const bundle = await exported('plan-01')
  expect(faultsOf(bundle)).toEqual([])
  make(bundle)
  expect(faultsOf(bundle)).not.toEqual([])
})

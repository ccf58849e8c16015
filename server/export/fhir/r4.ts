/**
 * The part of FHIR R4 that a plan is written in.
 *
 * Our own, because `@types/fhir` describes an older FHIR. What is not here is not written; that
 * what is written is R4 is held by two validators (`tests/server/export/fhir.test.ts`).
 */
export type Coding = { system: string; code: string; display?: string }
export type CodeableConcept = { coding?: Coding[]; text?: string }
export type Identifier = { system: string; value: string }
export type Reference = {
  reference?: string
  type?: string
  identifier?: Identifier
  display?: string
}
export type Period = { start?: string; end?: string }
export type Extension = { url: string } & (
  | { extension: Extension[] }
  | { valueReference: Reference }
  | { valueCode: string }
  | { valueDate: string }
)
export type Annotation = {
  extension?: Extension[]
  authorReference?: Reference
  time?: string
  text: string
}

type Resource<Type extends string> = {
  resourceType: Type
  id?: string
  language?: string
  extension?: Extension[]
  identifier?: Identifier[]
}
type HumanName = { use?: 'official' | 'usual'; text: string }

export type Patient = Resource<'Patient'> & { active: boolean; name: HumanName[] }
export type RelatedPerson = Resource<'RelatedPerson'> & {
  active: boolean
  patient: Reference
  relationship: CodeableConcept[]
  name: HumanName[]
}
export type Practitioner = Resource<'Practitioner'> & { active: boolean; name: HumanName[] }
export type PractitionerRole = Resource<'PractitionerRole'> & {
  active: boolean
  practitioner: Reference
  code: CodeableConcept[]
}
export type CareTeam = Resource<'CareTeam'> & {
  status: 'active'
  subject: Reference
  participant: { role: CodeableConcept[]; member: Reference }[]
}
export type CarePlanActivity = {
  detail: {
    status: 'not-started' | 'scheduled'
    description: string
    scheduledString?: string
    performer?: Reference[]
    goal?: Reference[]
  }
}
export type CarePlan = Resource<'CarePlan'> & {
  status: 'draft' | 'active'
  intent: 'plan'
  title: string
  subject: Reference
  period: Period
  created: string
  author?: Reference
  contributor: Reference[]
  careTeam: Reference[]
  goal: Reference[]
  activity: CarePlanActivity[]
}
export type Goal = Resource<'Goal'> & {
  lifecycleStatus: 'proposed' | 'planned' | 'accepted' | 'active' | 'completed' | 'rejected'
  achievementStatus?: CodeableConcept
  category: CodeableConcept[]
  description: CodeableConcept
  subject: Reference
  startDate?: string
  target: { measure?: CodeableConcept; detailString?: string; dueDate?: string }[]
  statusDate?: string
  statusReason?: string
  expressedBy?: Reference
  addresses: Reference[]
  note: Annotation[]
}
export type Observation = Resource<'Observation'> & {
  status: 'final'
  category: CodeableConcept[]
  code: CodeableConcept
  subject: Reference
  performer: Reference[]
  valueString: string
  note: Annotation[]
}
export type Communication = Resource<'Communication'> & {
  status: 'in-progress'
  category: CodeableConcept[]
  subject: Reference
  sender?: Reference
  payload: { contentString: string }[]
}
export type ProvenanceAgent = { type: CodeableConcept; who: Reference; onBehalfOf?: Reference }
export type Provenance = Resource<'Provenance'> & {
  target: Reference[]
  occurredDateTime?: string
  recorded: string
  policy?: string[]
  reason?: CodeableConcept[]
  activity?: CodeableConcept
  agent: ProvenanceAgent[]
  entity?: { role: 'source'; what: Reference }[]
  signature?: { type: Coding[]; when: string; who: Reference; onBehalfOf?: Reference }[]
}
export type Consent = Resource<'Consent'> & {
  status: 'active' | 'inactive'
  scope: CodeableConcept
  category: CodeableConcept[]
  patient: Reference
  dateTime: string
  performer: Reference[]
  policy: { uri: string }[]
  provision: {
    type: 'permit'
    period: Period
    actor: { role: CodeableConcept; reference: Reference }[]
    securityLabel: Coding[]
  }
}
export type FhirResource =
  | CarePlan
  | CareTeam
  | Communication
  | Consent
  | Goal
  | Observation
  | Patient
  | Practitioner
  | PractitionerRole
  | Provenance
  | RelatedPerson
export type Bundle = {
  resourceType: 'Bundle'
  id: string
  language: string
  identifier: Identifier
  type: 'collection'
  timestamp: string
  entry: { fullUrl: string; resource: FhirResource }[]
}

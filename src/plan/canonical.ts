/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

/**
 * One byte sequence for one JSON value: RFC 8785 (JSON Canonicalization Scheme).
 *
 * Keys in order of their UTF-16 code units, no white space, numbers and strings as ECMAScript
 * writes them. A key whose value is undefined is left out, as JSON does. Refuses numbers JSON has
 * no word for, and lone surrogates, which have no UTF-8 form.
 */
export function canonical(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError('JSON has no word for this number')
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new RangeError('a lone surrogate has no UTF-8 form')
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const pairs: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) pairs.push(`${canonical(key)}:${canonical(member)}`)
  }
  return `{${pairs.join(',')}}`
}

import { expect, test } from 'vitest'
import { shortName } from '#plan/names.ts'

test('the client is called as she wants it, others by their first name, a doctor by the whole name', () => {
  expect(shortName({ name: 'Sandra Meijer', callMe: 'San' })).toBe('San')
  expect(shortName({ name: 'Toos Verbeek', callMe: 'mevrouw Verbeek' })).toBe('Mevrouw Verbeek')
  expect(shortName({ name: 'Mark Meijer' })).toBe('Mark')
  expect(shortName({ name: 'dokter S. Bakker' })).toBe('dokter Bakker')
})

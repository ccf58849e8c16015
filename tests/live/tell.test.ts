/** What is on record, told in sentences. */
import { expect, test } from 'vitest'
import { tellMark } from '#lib/agreement/marks.ts'
import { tell } from '#lib/history/tell.ts'

const name = () => 'Fatima'
const mark = { kind: 'not-agreed', personId: null, byId: 'fatima' } as const

test('a quoted sentence ends once', () => {
  const text = 'Ria wordt bang wakker.'
  const said = tellMark({ ...mark, body: { text, instead: 'Het lampje blijft aan' } }, name)
  expect(said).toMatch(/“Het lampje blijft aan”\. .*“Ria wordt bang wakker\.”$/)
})

test('that the card was opened is a sentence like the others', () => {
  const event = { seq: 1, kind: 'card-opened', body: {} }
  const moment = { at: '2026-11-11T10:00:00.000Z', personId: null, words: null, event }
  expect(tell(moment, name)).toMatch(/\.$/)
})

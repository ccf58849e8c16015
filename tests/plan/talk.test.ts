import { expect, test } from 'vitest'
import { AREAS } from '#plan/areas.ts'
import { TALK } from '#plan/talk.ts'
import { QUESTIONS, questionsOf, TEMPLATES } from '#plan/templates.ts'

test('there are at least six questions about each part of life, each once', () => {
  for (const area of AREAS) expect(TALK[area].length).toBeGreaterThanOrEqual(6)
  const all = AREAS.flatMap((area) => [...TALK[area]])
  expect(new Set(all).size).toBe(all.length)
})

test('every occasion but the empty one has questions, about who somebody is and about life', () => {
  for (const template of TEMPLATES.filter((one) => one !== 'empty')) {
    const areas = questionsOf(template).map(({ area }) => area)
    expect(areas).toContain(null)
    for (const area of AREAS) expect(areas).toContain(area)
  }
  expect(QUESTIONS.empty).toEqual([])
})

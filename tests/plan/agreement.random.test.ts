/**
 * Whatever people do, in whatever order: what must stay true of every round. Seeded, so that what
 * fails can be told again; a failing run prints its seed and the shortest story that fails.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAgreed, standingOf, type GoalState, type Round } from '#plan/agreement.ts'
import { readAnswer, type Given } from '#plan/answering.ts'
import { ANSWERS, isResisted, METHODS, type Answer, type AnswerWord } from '#plan/answers.ts'
import { readDissent } from '#plan/dissent.ts'
import { mustParties, type Party } from '#plan/parties.ts'
import type { Ability } from '#plan/deciding.ts'
import {
  partiesNow,
  readAdding,
  readEnding,
  readRemoving,
  readTakingBack,
  type Mark,
} from '#plan/marks.ts'
import { isRefusal } from '#plan/refusals.ts'
import { asked, grietje, henk, henksPeople, joost, mark, naima, person, round } from './cast.ts'

const SEED = 20_261_124
const people = [...henksPeople, joost, person('wim', 'first_contact', { authority: 'own_task' })]
const ids = people.map(({ id }) => id)
const one = (id: string) => people.find((who) => who.id === id)!
const AT = '2026-06-18T12:00:00Z'
const LATER = '2026-07-08T12:00:00Z' // beyond the days people agreed to wait

type Said = { word: AnswerWord; method: Answer['method']; reaction: Answer['reaction'] }
type Step =
  | ({ do: 'answer'; actor: string; party: string; ways: readonly string[]; stale: boolean } & Said)
  | { do: 'add' | 'remove' | 'dissent' | 'take-back'; who: string }
  /** Everyone who is asked says yes but some, and the others may go on without the first of them. */
  | { do: 'all-yes'; but: readonly string[]; onWithout: boolean }
  | { do: 'look' | 'end' | 'revise' }

const who = fc.constantFrom(...ids)
const doing = <T extends string>(...what: T[]) => ({ do: fc.constantFrom(...what) })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      ...doing('answer'),
      actor: who,
      party: who,
      word: fc.constantFrom(...ANSWERS),
      method: fc.constantFrom(...METHODS),
      reaction: fc.constantFrom('liked', 'disliked', 'no-reaction', 'not-asked', null),
      ways: fc.constantFrom([], ['duim'], ['duim', 'kaart']),
      stale: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ ...doing('add', 'remove', 'dissent', 'take-back'), who }) },
  { weight: 2, arbitrary: fc.record(doing('look', 'end', 'revise')) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...doing('all-yes'),
      but: fc.constantFrom([], ['joost'], ['wim'], ['joost', 'wim']),
      onWithout: fc.boolean(),
    }),
  },
)

/** What lies on record after some steps: nothing in it is ever taken out or changed. */
type Record = { kind: string; version: number; row: unknown }
type Told = {
  state: GoalState
  version: number
  now: Round
  record: readonly Record[]
  refused: Set<string>
  revised: number
}
const hashOf = (version: number) => version.toString(16).repeat(64).slice(0, 64)

/** Plays steps as the acts do: what is refused changes nothing; what is not is added to the record. */
function play(steps: readonly Step[], ability: Ability, seen?: (told: Told) => void): Told {
  let record: readonly Record[] = []
  let state: GoalState = 'presented'
  let version = 1
  let parties: Party[] = [...asked('henk', 'naima', 'joost'), { personId: 'wim', required: false }]
  let revised = 0
  const refused = new Set<string>()
  const rows = <T>(kind: string) =>
    record.filter((r) => r.kind === kind && r.version === version).map(({ row }) => row as T)
  const now = (): Round => {
    const dissentOf = rows<string>('dissent')
    return round(rows<Answer>('answer'), {
      version,
      hash: hashOf(version),
      ...partiesNow(version, parties, rows<Mark>('mark')),
      ability,
      ...(dissentOf.length > 0 && { dissent: 'Hij ziet het anders.', dissentOf }),
    })
  }
  const put = (kind: string, row: unknown) => {
    record = Object.freeze([...record, Object.freeze({ kind, version, row })])
  }
  const settle = () => {
    const stands = standingOf(now(), people)
    if (state === 'presented' && isAgreed(stands as GoalState)) state = stands as GoalState
  }
  const given = (given: Given, ways: readonly string[]) => {
    const { actor, party, ...said } = given
    const vote = said.answer !== 'seen' && said.method !== 'observed_response'
    const refusal = readAnswer(now(), given, people)
    if (refusal !== null) return refusal
    if (vote && state !== 'presented') return 'already-agreed'
    const row = { ...said, witnesses: [...said.witnesses], ways, at: AT }
    put('answer', { partyId: party.id, actorId: actor.id, ...row } satisfies Answer & {
      hash: string
    })
    if (vote) settle()
    return null
  }
  const marked = (kind: Mark['kind'], id: string | null) => put('mark', mark(kind, id, { version }))
  const act = (step: Step): string | null => {
    const before = now()
    switch (step.do) {
      case 'answer': {
        const { actor, party, word, ways, stale, ...how } = step
        const hash = hashOf(stale && version > 1 ? version - 1 : version)
        const witnesses = [joost.id, grietje.id]
        const said = { ...how, answer: word, remark: 'Zo is het.', witnesses }
        return given({ actor: one(actor), party: one(party), hash, ...said }, ways)
      }
      case 'all-yes': {
        const hash = hashOf(version)
        const last = ({ personId }: { personId: string }) => (step.but.includes(personId) ? 1 : 0)
        for (const { personId } of before.parties.toSorted((a, b) => last(a) - last(b))) {
          const forHim = personId === henk.id && ability === 'unable'
          const actor = forHim ? grietje : one(personId)
          const how = { method: forHim ? 'on_behalf' : 'own_device', reaction: 'liked' } as const
          const answer = step.but.includes(personId) ? 'no' : 'yes'
          const said = { ...how, answer, remark: 'Zo.', witnesses: [] } as const
          given({ actor, party: one(personId), hash, ...said }, [])
        }
        const [first] = step.but
        if (first && step.onWithout) act({ do: 'dissent', who: first })
        return null
      }
      case 'add': {
        const refusal = readAdding(before, step.who, false, people)
        if (state !== 'presented' || refusal !== null) return refusal ?? 'not-presented'
        return (marked('party-added', step.who), null)
      }
      case 'remove': {
        const refusal = readRemoving(before, step.who, 'Is er niet meer bij.', people)
        if (state !== 'presented' || refusal !== null) return refusal ?? 'not-presented'
        return (marked('party-removed', step.who), null)
      }
      case 'look':
        if (state !== 'presented') return 'not-presented'
        marked('parties-checked', null)
        return (settle(), null)
      case 'dissent': {
        const ground = readDissent(before, step.who, people, LATER)
        if (state !== 'presented' || isRefusal(ground)) return 'nothing-to-decide'
        put('dissent', step.who)
        return (settle(), null)
      }
      case 'end': {
        const body = { text: 'Het past niet.', instead: 'Iets anders.' }
        const refusal = readEnding(state, before, 'not-agreed', body, people)
        if (refusal !== null) return refusal
        marked('not-agreed', null)
        return ((state = 'not-agreed'), null)
      }
      case 'take-back': {
        const refusal = readTakingBack(state, before, one(step.who), step.who, people)
        if (refusal !== null) return refusal
        marked('yes-taken-back', step.who)
      } // falls through: with a yes taken back, the words are up for discussion again
      case 'revise': {
        parties = before.parties.map(({ personId, required, next }) => ({
          personId,
          required: required || next === true,
        }))
        revised++
        version++
        state = 'presented'
        return null
      }
      default:
        return step satisfies never
    }
  }
  const told = (): Told => ({ state, version, now: now(), record, refused, revised })
  for (const one of steps) {
    const before = told()
    const refusal = act(one)
    if (refusal !== null) {
      refused.add(refusal)
      expect([state, version, record]).toEqual([before.state, before.version, before.record])
    }
    expect(record.slice(0, before.record.length)).toEqual(before.record) // added to, never changed
    seen?.(told())
  }
  return told()
}

/** The rule told anew, in the plainest way there is: from the rows on record and nothing else. */
function lastWord({ record, version }: Told, party: string, ability: Ability): string {
  const votes = record
    .filter((r) => r.kind === 'answer' && r.version === version)
    .map(({ row }) => row as Answer & { hash: string })
    .filter((a) => a.hash === hashOf(version)) // exactly these words
    .filter((a) => a.partyId === party && a.answer !== 'seen' && a.method !== 'observed_response')
    .filter((a) => party !== henk.id || ability !== 'unable' || a.method === 'on_behalf')
  const last = votes[votes.length - 1]
  if (!last) return 'silent'
  if (!['yes', 'yes-with-remark'].includes(last.answer)) return last.answer
  const before = votes[votes.length - 2]
  const twice =
    last.method !== 'pictogram' ||
    new Set(last.ways).size === 2 ||
    (before?.method === 'pictogram' && before.answer.startsWith('yes'))
  return twice ? 'yes' : 'asked-once'
}

const ability = fc.constantFrom<Ability>('able', 'unable', 'in-part')
const stories = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' })

test('a goal is agreed only by the last yes of everyone required, or by a path that is on record', () => {
  const seen = { agreed: 0, dissent: 0, refused: new Set<string>(), revised: 0, again: 0, open: 0 }
  fc.assert(
    fc.property(stories, ability, (steps, ability) => {
      const end = play(steps, ability, (told) => {
        const word = (id: string) => lastWord(told, id, ability)
        const against = (id: string) => ['no', 'talk'].includes(word(id))
        const { parties } = told.now
        const allYes = parties.every(({ personId, required }) =>
          required ? word(personId) === 'yes' : !against(personId),
        )
        const resisted = isResisted(told.now.answers, henk.id, ability)
        if (!isAgreed(told.state)) {
          const open = told.state === 'presented'
          if (open && allYes && !resisted) expect(told.now.unchecked).toBe(true) // not left waiting
          seen.open++
          return
        }
        seen[told.state === 'agreed' ? 'agreed' : 'dissent']++
        if (told.version > 1) seen.again++
        expect(told.now.unchecked).toBe(false)
        for (const id of mustParties(people)) expect(word(id)).toBe('yes')
        if (told.state === 'agreed') return expect(allYes).toBe(true)
        const differ = parties.filter(({ personId, required }) =>
          required ? word(personId) !== 'yes' : against(personId),
        )
        const onRecord = told.record.filter((r) => r.kind === 'dissent').map(({ row }) => row)
        for (const { personId } of differ) expect(onRecord).toContain(personId)
      })
      for (const refusal of end.refused) seen.refused.add(refusal)
      seen.revised += end.revised
    }),
    { seed: SEED, numRuns: 800 },
  )
  // it really happened, each of it
  expect(seen.agreed).toBeGreaterThan(100)
  expect(seen.dissent).toBeGreaterThan(20)
  expect(seen.again).toBeGreaterThan(50)
  expect(seen.open).toBeGreaterThan(1000)
  expect(seen.revised).toBeGreaterThan(300)
  expect([...seen.refused]).toEqual(
    expect.arrayContaining(['words-changed', 'already-agreed', 'not-for-her', 'not-a-party']),
  )
})

test('what somebody resists is not agreed at that moment, whoever says yes', () => {
  let resisted = 0
  fc.assert(
    fc.property(stories, ability, (steps, ability) => {
      let before: GoalState = 'presented'
      play(steps, ability, ({ state, now }) => {
        const against = isResisted(now.answers, henk.id, ability)
        if (against) resisted++
        if (against && !isAgreed(before)) expect(isAgreed(state)).toBe(false)
        before = state
      })
    }),
    { seed: SEED, numRuns: 300 },
  )
  expect(resisted).toBeGreaterThan(100)
})

test('nobody but who stands in for him says yes in his name, and never where he decides', () => {
  let spoken = 0
  fc.assert(
    fc.property(stories, ability, (steps, ability) => {
      const answers = play(steps, ability).record.filter(({ kind }) => kind === 'answer')
      for (const { partyId, actorId, method } of answers.map(({ row }) => row as Answer)) {
        if (method !== 'on_behalf') continue
        spoken++
        expect([ability === 'able', partyId, actorId]).toEqual([false, henk.id, grietje.id])
      }
    }),
    { seed: SEED, numRuns: 300 },
  )
  expect(spoken).toBeGreaterThan(50)
})

test('taking somebody off the list agrees nothing; nor does it take an answer away', () => {
  let removed = 0
  fc.assert(
    fc.property(stories, ability, fc.constantFrom('joost', 'wim'), (steps, ability, who) => {
      const before = play(steps, ability)
      const after = play([...steps, { do: 'remove', who }], ability)
      if (after.record.length > before.record.length) removed++
      expect(after.state).toBe(before.state)
      expect(after.now.answers).toEqual(before.now.answers)
      expect(after.now.parties.some(({ personId }) => personId === naima.id)).toBe(true)
    }),
    { seed: SEED, numRuns: 300 },
  )
  expect(removed).toBeGreaterThan(100)
})

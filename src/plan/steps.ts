/**
 * How a meeting is led, step by step (domain.md §4).
 *
 * One person leads, and nobody becomes that by accident: the lead is handed over by who has it, or
 * taken over by somebody who may lead and who says from whom.
 */
import type { Item } from './agenda.ts'
import { isThere, itemNow, mayLead, speakingOrder, type Meeting, type Presence } from './meeting.ts'
import { isClient, type Person, type PersonId } from './people.ts'
import type { Refusal } from './refusals.ts'
import { fold } from './words.ts'

/** Everything that can be done in a meeting; each is decided once, in order, by the server. */
export type Step =
  | { do: 'start' }
  | { do: 'next' }
  | { do: 'go-to'; item: string }
  | { do: 'bring'; goal: string; title: string }
  | { do: 'park'; item: string }
  | { do: 'unpark'; item: string }
  | { do: 'add'; title: string }
  | { do: 'rename'; item: string; title: string }
  | { do: 'remove'; item: string }
  | { do: 'order'; items: string[] }
  | { do: 'raise' }
  | { do: 'lower'; person?: PersonId | undefined }
  | { do: 'ask-round' }
  | { do: 'heard'; person: PersonId }
  | { do: 'end-round' }
  | { do: 'point'; words: string; target?: string | undefined }
  | { do: 'stop-pointing' }
  | { do: 'hand-over'; to: PersonId }
  | { do: 'take-over'; from: PersonId }
  | { do: 'minutes'; to: PersonId }
  | { do: 'arrive'; how: 'here' | 'remote' }
  | { do: 'presence'; person: PersonId; how: Presence['how']; because?: string | undefined }
  | { do: 'finish' }

/** Who acts, among whom, and when; a new item gets this id. */
export type Moment = { by: Person; people: readonly Person[]; now: string; newId: string }

export const MOST_ITEMS = 40

/** The meeting after a step, or why it cannot be taken (the first reason that applies). */
export function takeStep(meeting: Meeting, step: Step, moment: Moment): Meeting | Refusal {
  const { by, people, now } = moment
  const leads = meeting.chair === by.id
  const keeps = leads || meeting.minuteTaker === by.id
  const running = meeting.state === 'under-way'
  const person = (id: PersonId) => people.find((p) => p.id === id && p.access === 'active')
  switch (step.do) {
    case 'start': {
      if (!leads) return 'not-the-chair'
      if (meeting.state !== 'planned') return 'not-now'
      const started = { ...meeting, state: 'under-way' as const, startedAt: now }
      return turnTo(started, meeting.agenda[0]?.id ?? null, now)
    }
    case 'next':
      if (!leads) return 'not-the-chair'
      return running ? next(meeting, now, 'done') : 'not-now'
    case 'go-to':
      if (!leads) return 'not-the-chair'
      if (!running) return 'not-now'
      return has(meeting, step.item) ? turnTo(meeting, step.item, now) : 'unknown-item'
    case 'bring': {
      if (!leads) return 'not-the-chair'
      if (!running) return 'not-now'
      return bring(meeting, step.goal, step.title, now)
    }
    case 'park':
      if (!leads) return 'not-the-chair'
      if (!isOpen(meeting)) return 'not-now'
      if (!has(meeting, step.item)) return 'unknown-item'
      return meeting.item === step.item
        ? next(meeting, now, 'parked')
        : withItem(meeting, step.item, { state: 'parked' })
    case 'unpark':
      if (!leads) return 'not-the-chair'
      if (!isOpen(meeting)) return 'not-now'
      return has(meeting, step.item)
        ? withItem(meeting, step.item, { state: 'later' })
        : 'unknown-item'
    case 'add':
    case 'rename':
    case 'remove':
    case 'order':
      if (!arranges(meeting, by, people)) return 'not-the-chair'
      return isOpen(meeting) ? arrange(meeting, step, moment.newId) : 'not-now'
    case 'raise':
      if (!running) return 'not-now'
      if (meeting.hands.some((hand) => hand.person === by.id)) return meeting
      return { ...meeting, hands: [...meeting.hands, { person: by.id, at: now }] }
    case 'lower': {
      const whose = step.person ?? by.id
      if (whose !== by.id && !leads) return 'not-the-chair'
      return { ...meeting, hands: meeting.hands.filter((hand) => hand.person !== whose) }
    }
    case 'ask-round': {
      if (!leads) return 'not-the-chair'
      if (!running) return 'not-now'
      const there = people.filter((p) => isThere(meeting, p.id))
      return {
        ...meeting,
        turns: { waiting: speakingOrder(there).map(({ id }) => id), heard: [] },
      }
    }
    case 'heard': {
      if (!leads) return 'not-the-chair'
      if (!meeting.turns?.waiting.includes(step.person)) return 'not-now'
      const waiting = meeting.turns.waiting.filter((id) => id !== step.person)
      const heard = [...meeting.turns.heard, step.person]
      return { ...meeting, turns: waiting.length === 0 ? null : { waiting, heard } }
    }
    case 'end-round':
      return leads ? { ...meeting, turns: null } : 'not-the-chair'
    case 'point': {
      if (!keeps) return 'not-the-chair'
      if (!running) return 'not-now'
      const words = fold(step.words).slice(0, 200)
      if (words === '') return 'no-words'
      return {
        ...meeting,
        pointing: { by: by.id, words, target: step.target ?? null, at: now },
      }
    }
    case 'stop-pointing':
      return keeps ? { ...meeting, pointing: null } : 'not-the-chair'
    case 'hand-over': {
      if (!leads) return 'not-the-chair'
      const to = person(step.to)
      if (!to) return 'unknown-person'
      if (!mayBeAsked(to, people)) return 'no-access'
      return isOpen(meeting) ? { ...meeting, chair: to.id } : 'not-now'
    }
    case 'take-over': {
      const back = by.id === meeting.usual
      if (!back && !mayLead(by, people)) return 'no-access'
      if (!isOpen(meeting)) return 'not-now'
      if (leads) return meeting
      return step.from === meeting.chair ? { ...meeting, chair: by.id } : 'chair-changed'
    }
    case 'minutes': {
      if (!leads) return 'not-the-chair'
      const to = person(step.to)
      if (!to) return 'unknown-person'
      if (!mayBeAsked(to, people)) return 'no-access'
      return isOpen(meeting) ? { ...meeting, minuteTaker: to.id } : 'not-now'
    }
    case 'arrive': {
      if (!running) return 'not-now'
      const known = meeting.presence[by.id]
      if (known && known.how === step.how) return meeting
      return withPresence(meeting, by.id, { how: step.how, because: '' })
    }
    case 'presence': {
      if (!keeps) return 'not-the-chair'
      const one = person(step.person)
      if (!one) return 'unknown-person'
      const because = fold(step.because ?? '').slice(0, 500)
      if (step.how === 'absent' && isClient(one) && because === '') return 'reason-missing'
      return isOpen(meeting) ? withPresence(meeting, one.id, { how: step.how, because }) : 'not-now'
    }
    case 'finish':
      if (!leads) return 'not-the-chair'
      if (!running) return 'not-now'
      return {
        ...leave(meeting, now, 'done'),
        state: 'finished',
        item: null,
        since: null,
        finishedAt: now,
        hands: [],
        turns: null,
        pointing: null,
      }
    default:
      return step satisfies never
  }
}

const isOpen = ({ state }: Meeting): boolean => state === 'planned' || state === 'under-way'
const has = ({ agenda }: Meeting, id: string) => agenda.some((item) => item.id === id)

/** Somebody who may lead, or who may when asked (the social team, domain.md §3.3). */
const mayBeAsked = (person: Person, people: readonly Person[]): boolean =>
  mayLead(person, people) || person.role === 'social_district_team'

/** Before the meeting everyone who may lead prepares the agenda; in it only the chair. */
const arranges = (meeting: Meeting, by: Person, people: readonly Person[]): boolean =>
  meeting.chair === by.id || (meeting.state === 'planned' && mayLead(by, people))

function withItem(meeting: Meeting, id: string, to: Partial<Item>): Meeting {
  const agenda = meeting.agenda.map((item) => (item.id === id ? { ...item, ...to } : item))
  return { ...meeting, agenda }
}

const withPresence = (meeting: Meeting, id: PersonId, presence: Presence): Meeting => ({
  ...meeting,
  presence: { ...meeting.presence, [id]: presence },
})

/** The item on the table keeps the time it had. */
function leave(meeting: Meeting, now: string, state: Item['state'] | null): Meeting {
  const item = itemNow(meeting)
  if (!item || meeting.since === null) return meeting
  const more = Math.max(0, Math.round((Date.parse(now) - Date.parse(meeting.since)) / 1000))
  return withItem(meeting, item.id, {
    seconds: item.seconds + more,
    ...(state !== null && { state }),
  })
}

/** What was pointed at, and a round that was under way, belong to the item before. */
function turnTo(meeting: Meeting, id: string | null, now: string): Meeting {
  const left = leave(meeting, now, null)
  const opened = id === null ? left : withItem(left, id, { state: 'later' })
  return { ...opened, item: id, since: now, pointing: null, turns: null }
}

/** A goal is put on the table: where it stands on the agenda, or else as the next item. */
function bring(meeting: Meeting, goalId: string, asked: string, now: string): Meeting | Refusal {
  const known = meeting.agenda.find((item) => item.goalId === goalId)
  if (known) return known.id === meeting.item ? meeting : turnTo(meeting, known.id, now)
  if (meeting.agenda.length >= MOST_ITEMS) return 'too-large'
  const title = fold(asked).slice(0, 80) // a goal without words is called by them later
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.item)
  const item: Item = {
    id: `goal-${goalId}`,
    kind: 'goal',
    title,
    goalId,
    cardId: null,
    state: 'later',
    seconds: 0,
    carriedFrom: null,
  }
  return turnTo({ ...meeting, agenda: meeting.agenda.toSpliced(at + 1, 0, item) }, item.id, now)
}

function next(meeting: Meeting, now: string, state: 'done' | 'parked'): Meeting | Refusal {
  const at = meeting.agenda.findIndex(({ id }) => id === meeting.item)
  const rest = [...meeting.agenda.slice(at + 1), ...meeting.agenda.slice(0, Math.max(at, 0))]
  const to = rest.find((item) => item.state === 'later')
  if (!to) return 'nothing-to-decide'
  const left = meeting.item === null ? meeting : withItem(meeting, meeting.item, { state })
  return turnTo(left, to.id, now)
}

type Arranging = Extract<Step, { do: 'add' | 'rename' | 'remove' | 'order' }>
function arrange(meeting: Meeting, step: Arranging, newId: string): Meeting | Refusal {
  const { agenda } = meeting
  switch (step.do) {
    case 'add': {
      const title = fold(step.title).slice(0, 80)
      if (title === '') return 'no-words'
      if (agenda.length >= MOST_ITEMS) return 'too-large'
      const item: Item = {
        id: newId,
        kind: 'other',
        title,
        goalId: null,
        cardId: null,
        state: 'later',
        seconds: 0,
        carriedFrom: null,
      }
      const close = agenda.findIndex(({ kind }) => kind === 'close')
      return { ...meeting, agenda: agenda.toSpliced(close < 0 ? agenda.length : close, 0, item) }
    }
    case 'rename': {
      const title = fold(step.title).slice(0, 80)
      if (!has(meeting, step.item)) return 'unknown-item'
      return title === '' ? 'no-words' : withItem(meeting, step.item, { title })
    }
    case 'remove': {
      if (!has(meeting, step.item)) return 'unknown-item'
      if (meeting.item === step.item) return 'not-now'
      return { ...meeting, agenda: agenda.filter(({ id }) => id !== step.item) }
    }
    case 'order': {
      const known = step.items.flatMap((id) => agenda.find((item) => item.id === id) ?? [])
      const all = new Set(known).size === agenda.length && known.length === agenda.length
      return all ? { ...meeting, agenda: known } : 'unknown-item'
    }
    default:
      return step satisfies never
  }
}

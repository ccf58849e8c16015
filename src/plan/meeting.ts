/**
 * A meeting, as everyone at it sees it (domain.md §4).
 *
 * A connection that drops, a screen that dies or a server that stops changes nothing here: this one
 * state is what everyone sees.
 */
import { may } from './access.ts'
import { goesAlong, shortTitle, type Agenda, type Item } from './agenda.ts'
import { isClient, isFamily, type Person, type PersonId } from './people.ts'

export const MEETING_STATES = ['planned', 'under-way', 'finished', 'set', 'cancelled'] as const
export type MeetingState = (typeof MEETING_STATES)[number]

export const PRESENCES = ['here', 'remote', 'absent'] as const
export type Presence = { how: (typeof PRESENCES)[number]; because: string }

/** What somebody points at for all: its words, so that it can be followed without sight. */
export type Pointing = { by: PersonId; words: string; target: string | null; at: string }

/** Everyone is asked in turn, the client first. */
export type Turns = { waiting: PersonId[]; heard: PersonId[] }

export type Meeting = {
  state: MeetingState
  chair: PersonId
  /** Who led before somebody else took over; they may have it back. */
  usual: PersonId
  minuteTaker: PersonId | null
  agenda: Agenda
  /** The item on the table, and since when. */
  item: string | null
  since: string | null
  startedAt: string | null
  finishedAt: string | null
  /** Who wants to say something, in the order in which they asked. */
  hands: { person: PersonId; at: string }[]
  turns: Turns | null
  pointing: Pointing | null
  presence: Record<PersonId, Presence>
}

export const newMeeting = (chair: PersonId, agenda: Agenda): Meeting => ({
  state: 'planned',
  chair,
  usual: chair,
  minuteTaker: null,
  agenda,
  item: null,
  since: null,
  startedAt: null,
  finishedAt: null,
  hands: [],
  turns: null,
  pointing: null,
  presence: {},
})

/** Who can be asked to come: who reads the plan, and an interpreter, who reads it there. */
export const mayCome = (person: Person, people: readonly Person[]): boolean =>
  may({ ...person, inTalk: true }, 'read', { zone: 'shared' }, people)

export const mayLead = (person: Person, people: readonly Person[]): boolean =>
  may(person, 'lead', { zone: 'shared' }, people)

/** Client first, so that she is not steered; then those close to her; then who cares for her. */
export function speakingOrder<P extends Person>(people: readonly P[]): P[] {
  const rank = (person: Person) => (isClient(person) ? 0 : isFamily(person) ? 1 : 2)
  return [...people].sort((a, b) => rank(a) - rank(b) || a.number - b.number)
}

/** Whether somebody leads a meeting that goes on, or takes its minutes. */
export const keepsRecord = ({ state, chair, minuteTaker }: Meeting, id: PersonId): boolean =>
  state === 'under-way' && (chair === id || minuteTaker === id)

export const isThere = (meeting: Meeting, id: PersonId): boolean => {
  const how = meeting.presence[id]?.how
  return how === 'here' || how === 'remote'
}

/** A goal that came on the table without words is called by the first of them once they are there. */
export function named(meeting: Meeting, words: ReadonlyMap<string, string>): Meeting {
  const agenda = meeting.agenda.map((item) => {
    const text = item.title === '' && item.goalId !== null ? words.get(item.goalId) : undefined
    return text ? { ...item, title: shortTitle(text) } : item
  })
  return agenda.some((item, at) => item !== meeting.agenda[at]) ? { ...meeting, agenda } : meeting
}

/** A goal as far as the agenda of a meeting that goes on needs it. */
export type GoalInMeeting = {
  id: string
  wishes: readonly string[]
  agreed: { at: string } | null
}

/** What was agreed in the meeting is dealt with from then on, and so is the wish it was made of. */
export function settled<M extends Pick<Meeting, 'agenda' | 'startedAt'>>(
  meeting: M,
  goals: readonly GoalInMeeting[],
): M {
  const agreed = agreedIn(meeting, goals)
  const dealtWith = new Set(agreed.flatMap(({ id, wishes }) => [id, ...wishes]))
  const agenda = meeting.agenda.map((item): Item =>
    dealtWith.has(item.goalId ?? item.cardId ?? '') ? { ...item, state: 'done' } : item,
  )
  return { ...meeting, agenda }
}

/** What would be carried over if the meeting ended now: what is on the table counts as done then. */
export const leftOver = ({ agenda, item }: Pick<Meeting, 'agenda' | 'item'>): Agenda =>
  agenda.filter((one) => one.id !== item && goesAlong(one))

/** The goals that were agreed in the meeting. */
export const agreedIn = <G extends { agreed: { at: string } | null }>(
  { startedAt }: Pick<Meeting, 'startedAt'>,
  goals: readonly G[],
): (G & { agreed: NonNullable<G['agreed']> })[] =>
  goals.filter(
    (goal): goal is G & { agreed: NonNullable<G['agreed']> } =>
      startedAt !== null && goal.agreed !== null && goal.agreed.at >= startedAt,
  )

export const itemNow = (meeting: Meeting): Item | undefined =>
  meeting.agenda.find(({ id }) => id === meeting.item)

/** How long an item has been on the table, in whole minutes. */
export function minutesOf(meeting: Meeting, item: Item, now: string): number {
  const running = meeting.item === item.id && meeting.since !== null
  const more = running ? (Date.parse(now) - Date.parse(meeting.since!)) / 1000 : 0
  return Math.max(0, Math.floor((item.seconds + more) / 60))
}

/** What a big screen shows of a meeting: one thing at a time, only from what everyone may read. */
import * as Y from 'yjs'
import { standing, type Answer } from '#plan/answers.ts'
import { shortTitle, wholeTitle, type Item } from '#plan/agenda.ts'
import type { Card } from '#plan/cards.ts'
import { dayOf } from '#plan/deadlines.ts'
import { agreedIn, itemNow, speakingOrder } from '#plan/meeting.ts'
import type { PersonId } from '#plan/people.ts'
import { wasTakenOver } from '#plan/taken-over.ts'
import type { Words } from '#plan/words.ts'
import { readCards, wordsOf } from '#live/documents.ts'
import type {
  Saying,
  ScreenAnswer,
  ScreenContent,
  ScreenPerson,
  ScreenView,
} from '#live/meeting.ts'
import type { AgreedView, GoalView, ReadingView } from '#live/wire.ts'
import * as documents from '../db/documents.ts'
import * as meetings from '../db/meetings.ts'
import type { Db } from '../db/open.ts'
import * as plans from '../db/plans.ts'
import { settledNow } from '../meetings.ts'
import { readDocument } from '../rounds.ts'
import type { Circle } from '../seats.ts'
import { personView } from '../plan-views.ts'
import { goalView, goalViews } from '../views.ts'
import type { Now, Phrases } from './phrases.ts'

/** A document that is open in this process: no question to the database is needed. */
export type OpenDocument = {
  doc: Y.Doc
  hands: ReadonlyMap<number, PersonId | null>
  seq: number
}

export type ShowingDeps = {
  db: Db
  circle(planId: string): Promise<Circle>
  openDocument(id: string): OpenDocument | undefined
  /** Who is connected at a plan, in any process, and who reads what they are asked. */
  atTable(planId: string): Promise<{
    people: readonly PersonId[]
    reading: readonly ReadingView[]
  }>
  goals: Phrases<Words>
  boards: Phrases<Card[]>
  now(): number
}

/** The meeting as a big screen shows it; `gone` once it may not be shown any more. */
export async function showing(deps: ShowingDeps, meetingId: string): Promise<ScreenView> {
  const row = await meetings.find(deps.db, meetingId)
  if (!row || row.state === 'cancelled' || row.state === 'set') return { state: 'gone' }
  const { planId } = row
  const body = await settledNow(deps.db, planId, row.body)
  const plan = await plans.find(deps.db, planId)
  const circle = await deps.circle(planId)
  const { people: connected, reading } = await deps.atTable(planId)
  const active = speakingOrder(circle.people.filter(({ access }) => access === 'active'))
  const how = (person: plans.PersonRow) =>
    body.presence[person.id]?.how ??
    (connected.includes(person.id) ? (person.attends === 'remote' ? 'remote' : 'here') : null)
  const here = active.flatMap((person) => {
    const where = how(person)
    return where === 'here' || where === 'remote' ? { personId: person.id, how: where } : []
  })
  const { content, writing } = await contentOf(deps, { ...row, body }, circle, reading)
  const { state, chair, item, pointing, turns, minuteTaker, startedAt } = body
  const hands = body.hands.map(({ person }) => person)
  return {
    state: 'showing',
    callMe: plan?.callMe ?? '',
    people: active.map(screenPerson),
    meeting: { id: row.id, state, chair, item, pointing, turns, minuteTaker, startedAt, hands },
    agenda: body.agenda.map(({ id, kind, title, state: at }) => ({
      id,
      kind,
      title: title || (id === item && content.kind === 'goal' ? nameOf(content.words) : ''),
      state: at,
    })),
    here,
    absent: active.filter((person) => how(person) === 'absent').map(({ id }) => id),
    chairConnected: connected.includes(chair),
    writing,
    content,
  }
}

/** The documents a meeting's screens look at now. */
export async function watched(db: Db, meetingId: string): Promise<string | null> {
  const row = await meetings.find(db, meetingId)
  const item = row && itemNow(row.body)
  if (!row || !item) return null
  if (item.goalId !== null) {
    const goal = (await documents.ofPlan(db, row.planId)).findLast(
      (one) => one.goalId === item.goalId && one.kind === 'goal' && one.open,
    )
    return goal?.id ?? null
  }
  return item.cardId === null ? null : ((await sharedBoard(db, row.planId))?.id ?? null)
}

const nameOf = ({ plainText }: Words) => (plainText === '' ? '' : shortTitle(plainText))

const screenPerson = (person: plans.PersonRow): ScreenPerson => {
  const { id, name, role, relation, number, kind } = personView(person)
  return { id, name, role, relation, number, kind }
}

type Content = { content: ScreenContent; writing: PersonId[] }

async function contentOf(
  deps: ShowingDeps,
  row: meetings.MeetingRow,
  circle: Circle,
  reading: readonly ReadingView[],
): Promise<Content> {
  const item = itemNow(row.body)
  const still = (content: ScreenContent): Content => ({ content, writing: [] })
  if (row.state === 'finished' || item?.kind === 'close') {
    return still(await summary(deps, row, circle))
  }
  if (!item || item.kind === 'welcome') return still({ kind: 'people' })
  if (item.goalId !== null) {
    const goal = await goalView(deps.db, circle, item.goalId)
    if (!goal) return still({ kind: 'title', title: item.title })
    const cards = await boardCards(deps, row.planId)
    const wish = cards.value.find(({ id }) => goal.wishes.includes(id))
    const draft = goal.documentId === null ? null : await draftWords(deps, goal.documentId)
    const words = draft?.value ?? goal.agreed?.words ?? goal.words
    const content = goalContent(goal, words, wish ? saying(wish) : null, circle, reading)
    return { content, writing: draft?.writing ?? [] }
  }
  if (item.kind === 'who-i-am' || item.cardId !== null) {
    const { value: cards, writing } = await boardCards(deps, row.planId)
    if (item.cardId === null) {
      const stories = cards.filter(({ kind }) => kind === 'story').map(saying)
      return { content: { kind: 'sayings', sayings: fewWords(stories) }, writing }
    }
    const card = cards.find(({ id }) => id === item.cardId)
    const { title } = item
    return card
      ? { content: { kind: 'card', card: saying(card), title }, writing }
      : { content: { kind: 'title', title }, writing }
  }
  return still({ kind: 'title', title: item.title })
}

const saying = ({ text, saidBy, basis }: Card): Saying => ({ text, saidBy, basis })

/** Whole sayings, as many as can be read from afar. */
function fewWords(sayings: readonly Saying[]): Saying[] {
  const few: Saying[] = []
  let words = 0
  for (const one of sayings) {
    words += one.text.split(/\s+/).length
    if (words > 60 && few.length > 0) break
    few.push(one)
  }
  return few
}

function goalContent(
  goal: GoalView,
  words: Words,
  wish: Saying | null,
  circle: Circle,
  reading: readonly ReadingView[],
): ScreenContent {
  const shown = goal.documentId === null ? goal.version : null
  const answers = goal.answers.filter(({ version }) => version === shown)
  const people = speakingOrder(circle.people)
  const readers = new Set(reading.find(({ hash }) => hash === goal.hash)?.people)
  const parties = people.flatMap((person): ScreenAnswer[] => {
    const party = goal.parties.find(({ personId }) => personId === person.id)
    if (!party || party.informed) return [] // who is only told is not asked
    const given: Answer | undefined = standing(answers, person.id)
    const { answer = null, method = null, remark = '' } = given ?? {}
    const reads = given === undefined && readers.has(person.id)
    const { required } = party
    return [{ personId: person.id, required, answer, method, remark, reads }]
  })
  const against = parties.find(({ answer }) => answer === 'no' || answer === 'talk')
  const disputed = goal.standing === 'disputed' ? (against?.personId ?? null) : null
  return {
    kind: 'goal',
    state: goal.state,
    area: words.area,
    words: { ...words, professionalText: '' },
    wish,
    answers: goal.documentId === null ? parties : [],
    agreedAt: goal.documentId === null && goal.agreed ? agreedAt(goal.agreed) : null,
    trialUntil: goal.trialUntil,
    differs: goal.agreed?.dissent?.personId ?? disputed,
  }
}

/** The moment; of what was taken over only the day. */
const agreedAt = ({ at, answers }: AgreedView): string =>
  wasTakenOver(answers) ? dayOf(new Date(at)) : at

/** What was agreed, what was not, and what waits for another time. */
async function summary(
  deps: ShowingDeps,
  row: meetings.MeetingRow,
  circle: Circle,
): Promise<ScreenContent> {
  const goals = await goalViews(deps.db, circle)
  const { agenda } = row.body
  const agreed = agreedIn(row.body, goals)
  const onAgenda = new Set(agenda.flatMap(({ goalId }) => goalId ?? []))
  const open = goals.filter((goal) => onAgenda.has(goal.id) && goal.agreed === null)
  const { value: cards } = await boardCards(deps, row.planId)
  const whole = ({ goalId, cardId, title }: Item) => {
    const goal = goals.find(({ id }) => id === goalId)
    return wholeTitle(
      title,
      goal?.words.plainText ?? cards.find(({ id }) => id === cardId)?.text ?? '',
    )
  }
  return {
    kind: 'summary',
    agreed: agreed.map((goal) => goal.agreed.words.plainText),
    open: open.map(({ words }) => words.plainText).filter((text) => text !== ''),
    parked: agenda.filter(({ state }) => state === 'parked').map(whole),
  }
}

async function draftWords(deps: ShowingDeps, id: string) {
  const now = await documentNow(deps, id, (doc) => {
    const words = wordsOf(doc)
    const { plainText, professionalText, success, reviewOn, actions } = words
    const lines = actions.flatMap(({ what, who, when }) => [what, when, who ?? ''])
    return {
      value: words,
      fields: [plainText, professionalText, success, reviewOn ?? '', ...lines],
    }
  })
  return deps.goals.take(id, now, deps.now())
}

async function boardCards(deps: ShowingDeps, planId: string) {
  const board = await sharedBoard(deps.db, planId)
  if (!board) return { value: [] as Card[], writing: [] as PersonId[] }
  const now = await documentNow(deps, board.id, (doc) => {
    const cards = readCards(doc)
    return { value: cards, fields: cards.map(({ text }) => text) }
  })
  return deps.boards.take(board.id, now, deps.now())
}

async function documentNow<T>(
  deps: ShowingDeps,
  id: string,
  of: (doc: Y.Doc) => Pick<Now<T>, 'value' | 'fields'>,
): Promise<Now<T>> {
  const open = deps.openDocument(id)
  const doc = open?.doc ?? (await readDocument(deps.db, id))
  const hands =
    open?.hands ??
    new Map((await documents.hands(deps.db, id)).map((hand) => [hand.clientId, hand.personId]))
  const now = { ...of(doc), clocks: Y.decodeStateVector(Y.encodeStateVector(doc)), hands }
  if (!open) doc.destroy()
  return now
}

const sharedBoard = async (db: Db, planId: string) =>
  (await documents.ofPlan(db, planId)).find(
    ({ kind, zone }) => kind === 'board' && zone === 'shared',
  )

import type { AnswerWord, Reaction } from '#plan/answers.ts'
import { bearsOn } from '#plan/deciding.ts'
import { refusalsBeside, type EarlierRefusal } from '#plan/earlier-refusals.ts'
import type { DecidingView } from '#live/deciding.ts'
import type { GoalPage } from '#live/views.ts'
import type { PersonView } from '#live/wire.ts'
import { Send } from '#lib/agreement/send.svelte.ts'
import { roleWord } from '#lib/look/words.ts'
import { shortName } from '#lib/look/people.ts'

/** What the page is given: the goal as it is before people, and who decides what. */
export type WritingPage = {
  page: GoalPage
  deciding: DecidingView | null
  today: string
}

/** How somebody says it who does not answer on a screen herself. */
export type Way = 'spoken' | 'pictures' | 'paper' | 'seen' | 'for-her'
export type Said = Extract<AnswerWord, 'yes' | 'no' | 'talk'>

/** One screen of the path; each asks one thing. */
export type Step =
  | 'how'
  | 'said'
  | 'heard'
  | 'first'
  | 'second'
  | 'differs'
  | 'print'
  | 'code'
  | 'signer'
  | 'signed'
  | 'judged'
  | 'judge'
  | 'why'
  | 'until'
  | 'showed'
  | 'saw'
  | 'stop'
  | 'who'
  | 'before'
  | 'look'
  | 'told'

const FIRST: Record<Way, Step> = {
  spoken: 'said',
  pictures: 'first',
  paper: 'print',
  seen: 'showed',
  'for-her': 'judged',
}

/** Writing down what the client answered, or that she cannot say it herself: one step at a time. */
export class Writing {
  readonly #given: () => WritingPage
  #path = $state<Step[]>(['how'])
  readonly send = new Send()
  /** One key for what is written down: however often it is sent, it counts once. */
  #key = crypto.randomUUID()
  /** The words that lay before her when the path began. */
  readonly hash: string
  way = $state<Way>('spoken')
  answer = $state<Said | null>(null)
  /** What was said beside the answer. */
  remark = $state('')
  witnesses = $state<string[]>([])
  first = $state<Said | null>(null)
  code = $state('')
  signer = $state<string | null>(null)
  judgementId = $state<string | null>(null)
  judgeId = $state<string | null>(null)
  why = $state('')
  reaction = $state<Reaction | null>(null)
  saw = $state('')
  personId = $state<string | null>(null)

  /** @param given the page as it was last read */
  constructor(given: () => WritingPage) {
    this.#given = given
    this.hash = given().page.goal.hash ?? ''
  }

  get page(): GoalPage {
    return this.#given().page
  }
  get deciding(): DecidingView | null {
    return this.#given().deciding
  }
  /** What she wrote earlier that she does not want, where it bears on this (L12). */
  get refusals(): EarlierRefusal[] {
    const { area } = this.page.goal
    if (this.way === 'for-her' && this.step !== 'how')
      return refusalsBeside({ area, ability: 'unable' }, this.deciding?.refusals ?? [])
    return this.page.deciding?.refusals ?? []
  }
  get today(): string {
    return this.#given().today
  }
  get step(): Step {
    return this.#path.at(-1) ?? 'how'
  }
  /** Nothing was chosen yet. */
  get atStart(): boolean {
    return this.#path.length < 2
  }
  get people(): readonly PersonView[] {
    return this.page.plan.people
  }
  get client(): PersonView {
    return this.people.find(({ kind }) => kind === 'client') as PersonView // every plan has one
  }
  get me(): PersonView {
    return this.person(this.page.me) as PersonView // the page is only given to who is on the plan
  }
  /** How she is called, for sentences. */
  get who(): { who: string } {
    return { who: shortName(this.client) }
  }
  person(id: string | null): PersonView | undefined {
    return this.people.find((one) => one.id === id)
  }
  name(id: string | null): string {
    const person = this.person(id)
    return person ? shortName(person) : ''
  }
  /** A name with what they are: "Rob, mentor". */
  withRole(person: PersonView): string {
    return `${shortName(person)}, ${roleWord(person.role)}`
  }

  go(step: Step): void {
    this.send.say('')
    this.#path = [...this.#path, step]
  }
  /** From the beginning, after what cannot be gone back on. */
  end(step: Step): void {
    this.#path = [step]
  }
  back(): void {
    this.send.say('')
    this.#path = this.#path.length > 1 ? this.#path.slice(0, -1) : this.#path
  }

  begin(way: Way): void {
    this.way = way
    this.answer = null
    this.first = null
    this.witnesses = []
    this.#key = crypto.randomUUID()
    this.remark = ''
    this.go(FIRST[way])
  }

  /** The judgements on which somebody else may answer about these words today. */
  get judgements() {
    const { deciding, page } = this
    const topic = page.deciding?.topic ?? null
    const now = deciding?.judgements.filter(({ id }) => deciding.newest.includes(id)) ?? []
    const unable = now.filter((one) => !one.able && one.holds && bearsOn(one, page.goal.id))
    const named = now.find(({ id }) => id === topic)
    return topic === null ? unable : unable.filter((one) => one.id === named?.id)
  }
  /** It was said that she decides this herself: then nobody else is asked before it is laid anew. */
  get decidesHerself(): boolean {
    const topic = this.page.deciding?.topic ?? null
    return topic !== null && this.judgements.length === 0
  }

  /** Who may stand in for her now, the first first. */
  get order(): PersonView[] {
    return (this.deciding?.order ?? []).flatMap((id) => this.person(id) ?? [])
  }
  /** Somebody does not want to stand in, or cannot: who comes after is asked. */
  declines(personId: string): Promise<boolean> {
    const path = `/api/plans/${this.page.plan.id}/representation`
    return this.send.to(path, { personId, stance: 'declines', text: '' })
  }

  /** Records an answer as it was given. */
  answered(given: {
    answer: AnswerWord
    method: 'verbal_recorded' | 'pictogram' | 'paper' | 'observed_response'
    remark?: string
    party?: string
    witnesses?: readonly string[]
    ways?: readonly string[]
    code?: string
    sentence: string
  }): Promise<boolean> {
    const body = { party: this.client.id, ...given, hash: this.hash, key: this.#key }
    return this.send.to(`/api/goals/${this.page.goal.id}/answers`, body)
  }

  /** Asks who comes first to answer for her; where she resists, only what she showed is kept. */
  ask(): Promise<boolean> {
    const { hash, judgementId, reaction, saw, personId } = this
    const whom = reaction === 'disliked' ? {} : { personId }
    const body = { hash, judgementId, reaction, saw, ...whom, key: this.#key }
    return this.send.to(`/api/goals/${this.page.goal.id}/for-her`, body)
  }

  /** Records that she cannot decide this, until a day; true when that stands. */
  async judge(topic: string, until: string): Promise<boolean> {
    const judge = this.person(this.judgeId)
    if (!judge) return false
    const goalId = this.page.goal.id
    const body = { able: false, reason: this.why, on: this.today, reviewOn: until, topic, goalId }
    const by = { judgedBy: this.withRole(judge), judgeId: judge.id }
    const path = `/api/plans/${this.page.plan.id}/judgements`
    if (!(await this.send.to(path, { ...body, ...by }))) return false
    this.judgementId = (this.send.given as { id: string }).id
    return true
  }
}

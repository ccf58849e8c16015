/**
 * What happens when nobody does anything: reminders, rounds that run out, days that come.
 *
 * Runs in every process and survives restarts: what was done stands in the database. A goal is held
 * while it is looked at and each reminder is a row of its own, so it happens once, whoever is first.
 */
import { dayOf } from '#plan/deadlines.ts'
import { toAll, type NoticeKind } from '#plan/notices.ts'
import { responsibleProfessional } from '#plan/people.ts'
import { isReviewDue, outcomeOf } from '#plan/reviews.ts'
import { isRefusal } from '#plan/refusals.ts'
import { dueNow, REMIND_ON } from '#plan/waiting.ts'
import { decideTelling, type ActDeps, type Tell } from './acts.ts'
import { follow } from './deciding.ts'
import * as goals from './db/goals.ts'
import type { Tx } from './db/open.ts'
import * as waiting from './db/waiting.ts'
import { told } from './goals.ts'
import { letter, type Kind, type Letter } from './mail.ts'
import { addMark, fallBack } from './marks.ts'
import type { Circle } from './seats.ts'
import { goalView, roundNow } from './views.ts'
import { asksForHer } from './waits.ts'
import { within } from './within.ts'

type Options = {
  acts: ActDeps
  /** After so many days a round has run out. */
  roundDays: number
  trouble(what: string, error: unknown): void
}

const EVERY_MS = 60_000
/** A lost database must not stop the next round. */
const ROUND_MS = 300_000
const DAY_MS = 86_400_000
/** Whoever is at the table reads it there; only what stays unread this long becomes a letter. */
const UNREAD_MS = 10 * 60_000

export class Sweep {
  readonly #options: Options
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | null = null

  constructor(options: Options) {
    this.#options = options
    this.#timer = setInterval(() => void this.run(), EVERY_MS).unref()
  }

  /** Does what is due; one round at a time in this process. */
  run(now: Date = new Date()): Promise<void> {
    this.#running ??= within(this.#all(now), ROUND_MS)
      .catch((error: unknown) => this.#options.trouble('what is due was not done', error))
      .finally(() => (this.#running = null))
    return this.#running
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #all(now: Date): Promise<void> {
    const { acts, trouble } = this.#options
    const each = async (what: string, act: () => Promise<void>) => {
      try {
        await act()
      } catch (error) {
        trouble(what, error)
      }
    }
    await each('rounds that wait were not looked at', async () => {
      const since = new Date(
        now.getTime() - Math.min(REMIND_ON[0], this.#options.roundDays) * DAY_MS,
      )
      for (const { id, planId } of await waiting.presentedBefore(acts.sql, since))
        await each('a round was not looked at', () => this.#round(planId, id, now))
    })
    await each('days to look back were not looked at', async () => {
      for (const { id, planId } of await waiting.backDue(acts.sql, dayOf(now)))
        await each('a day to look back was not looked at', () => this.#back(planId, id, now))
    })
    await each('judgements were not looked at', async () => {
      for (const { planId } of await waiting.judgedUntil(acts.sql, dayOf(now))) {
        await acts.sql.begin((tx) => follow(tx, planId, now))
        await acts.peopleChanged(planId)
      }
    })
    await each('letters were not written', () => this.#letters(now))
  }

  /** A round that waits: who has not reacted is reminded, who leads hears, or it has run out. */
  async #round(planId: string, goalId: string, now: Date): Promise<void> {
    const { acts, roundDays } = this.#options
    const circle = await acts.seats.circle(planId)
    const view = await decideTelling(acts, planId, async (tx, tell) => {
      const goal = await goals.hold(tx, goalId)
      const held = goal?.state === 'presented' ? await roundNow(tx, goal) : undefined
      if (!goal || !held) return null
      const { version, round } = held
      const sent = await waiting.sent(tx, goalId, version.version)
      const presentedAt = version.presentedAt.toISOString()
      const her = await asksForHer(tx, circle, version, round)
      const due = dueNow(
        { ...round, presentedAt, standsIn: her?.id ?? null },
        sent,
        now.toISOString(),
        roundDays,
      )
      for (const one of due) {
        if (one.kind === 'expire') {
          const mark = { kind: 'expired', personId: null, byId: null, body: {} } as const
          await addMark(tx, goal, { ...mark, version: version.version })
          await fallBack(tx, circle, goal, 'expired')
          const asked = round.parties.map(({ personId }) => personId)
          tell(toAll([...asked, ...leads(circle, version.presentedBy)], 'expired', goalId, null))
          return goalView(tx, circle, goalId)
        }
        const { personId, day } = one
        if (one.kind === 'stop')
          tell(toAll(leads(circle, version.presentedBy), 'no-answer', goalId, personId, personId))
        else if (
          await waiting.remember(tx, { planId, goalId, version: version.version, personId, day })
        )
          tell(toAll([personId], 'reminder', goalId, null))
      }
      return null
    })
    if (view && !isRefusal(view)) told(acts, view)
  }

  /** A try-out has ended, or the day to look back has come: how did it go? */
  async #back(planId: string, goalId: string, now: Date): Promise<void> {
    const { acts } = this.#options
    const circle = await acts.seats.circle(planId)
    await decideTelling(acts, planId, (tx, tell) => askBack(tx, circle, goalId, now, tell))
  }

  /** What stayed unread and still is news becomes a letter; of kinds that have none, it stays on screen. */
  async #letters(now: Date): Promise<void> {
    await this.#options.acts.sql.begin(async (tx) => {
      for (const { planId, seq, kind, goalId, accountId, news } of await waiting.unmailed(
        tx,
        new Date(now.getTime() - UNREAD_MS),
      )) {
        const kindOf = LETTERS[kind as NoticeKind]
        const row = { to: accountId, planId, once: `notice ${planId} ${seq}`, on: dayOf(now) }
        if (accountId && kindOf && news)
          await letter(tx, { ...row, kind: kindOf, ...(goalId !== null && { goalId }) } as Letter)
        await waiting.mailed(tx, planId, seq)
      }
    })
  }
}

const LETTERS: Partial<Record<NoticeKind, Kind>> = {
  asked: 'answer-asked',
  reminder: 'answer-reminder',
  'words-changed': 'asked-again',
  agreed: 'goal-agreed',
  'no-said': 'goal-differs',
  'yes-taken-back': 'goal-differs',
  'trial-over': 'review-due',
}

/** Who leads a round: who laid the words before people, and the responsible professional. */
const leads = (circle: Circle, presentedBy: string): string[] => {
  const responsible = responsibleProfessional(circle.people)?.id
  return [presentedBy, ...(responsible ? [responsible] : [])]
}

async function askBack(
  tx: Tx,
  circle: Circle,
  goalId: string,
  now: Date,
  tell: Tell,
): Promise<null> {
  const goal = await goals.hold(tx, goalId)
  if (!goal) return null
  const { planId, agreedVersion } = goal
  const [version] = (await goals.versions(tx, planId, goalId)).filter(
    (one) => one.version === agreedVersion,
  )
  if (!version) return null
  const lead = leads(circle, version.presentedBy)
  const key = { planId, goalId, version: version.version, personId: lead[0]!, day: 0 }
  if (!(await waiting.remember(tx, key))) return null
  const reviews = (await goals.reviews(tx, planId, goalId)).map((row) => ({
    version: row.version,
    on: row.onDay,
    outcome: outcomeOf(row.outcome),
  }))
  if (!isReviewDue(version, reviews, dayOf(now))) return null
  const client = circle.people.find(({ role }) => role === 'client')
  tell(toAll([...lead, ...(client ? [client.id] : [])], 'trial-over', goalId, null))
  return null
}

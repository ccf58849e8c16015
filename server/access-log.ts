/** Keeping who looked: gathered for a moment and written together, beside what people do. */
import type { Zone } from '#plan/access.ts'
import { seatOf as seatIn, type Person } from '#plan/people.ts'
import * as access from './db/access.ts'
import type { Sql } from './db/open.ts'
import type { Circle } from './seats.ts'
import { within } from './within.ts'

type Line = Omit<access.Looked, 'at' | 'ground'> & { ground?: string }

const GATHER_MS = 200
const MOST = 5000
/** Reading the same thing again within this time is one line. */
const SAME_MS = 60_000
/** Of one person at one plan no more refusals a minute than these: lines stay for years. */
const REFUSED_A_MINUTE = 60
/** What pages ask anew by themselves. */
const OFTEN = ['read', 'see-numbers']

/** On what footing someone looks: their seat at the table. */
export const groundOf = (circle: Circle, person: Person): string => seatIn(person, circle.people)

export class AccessLog {
  readonly #sql: Sql
  readonly #trouble: (what: string, error: unknown) => void
  readonly #read = new Map<string, number>()
  readonly #refused = new Map<string, { since: number; count: number }>()
  #lines: access.Looked[] = []
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()

  constructor(sql: Sql, trouble: (what: string, error: unknown) => void) {
    this.#sql = sql
    this.#trouble = trouble
  }

  /** Whether this was read by the same person a moment ago: pages read anew by themselves. */
  #again({ act, allowed, ...line }: Line): boolean {
    if (!OFTEN.includes(act) || !allowed) return false
    const now = performance.now()
    const key = JSON.stringify({ act, ...line })
    const last = this.#read.get(key)
    if (last !== undefined && now - last < SAME_MS) return true
    this.#read.delete(key)
    this.#read.set(key, now)
    if (this.#read.size > MOST) this.#read.delete(this.#read.keys().next().value!)
    return false
  }

  /** Whether this person knocks so often that one more line of it says nothing new. */
  #tooOften({ allowed, accountId, planId }: Line): boolean {
    if (allowed) return false
    const key = `${accountId} ${planId}`
    const now = performance.now()
    const known = this.#refused.get(key)
    if (known && now - known.since < 60_000) return ++known.count > REFUSED_A_MINUTE
    this.#refused.delete(key)
    this.#refused.set(key, { since: now, count: 1 })
    if (this.#refused.size > MOST) this.#refused.delete(this.#refused.keys().next().value!)
    return false
  }

  /** One line. Never text: who, which plan and zone, what act, on what footing, allowed or not. */
  keep(line: Line): void {
    if (this.#again(line) || this.#tooOften(line)) return
    this.#lines.push({ ground: '', ...line, at: new Date() })
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS).unref()
  }

  /** A person of the circle did something. */
  did(
    circle: Circle,
    person: Person & { accountId: string },
    act: string,
    of: Partial<Line> = {},
  ): void {
    this.keep({
      planId: circle.planId,
      accountId: person.accountId,
      personId: person.id,
      zone: 'shared',
      documentId: null,
      goalId: null,
      act,
      allowed: true,
      ...of,
      ground: groundOf(circle, person),
    })
  }

  /** Somebody was turned away. */
  turnedAway(planId: string, accountId: string, act: string, zone: Zone | null = null): void {
    const nobody = { personId: null, documentId: null, goalId: null }
    this.keep({ ...nobody, planId, accountId, zone, act, allowed: false, ground: 'no-seat' })
  }

  /** Writes what was gathered; after a failure it is tried again with the next. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const lines = this.#lines.splice(0, MOST)
    if (lines.length === 0) return this.#writing
    this.#writing = this.#writing.then(async () => {
      try {
        await within(access.add(this.#sql, lines), 10_000)
      } catch (error) {
        this.#trouble('the access log waits', error)
        this.#lines.unshift(...lines.slice(0, MOST - this.#lines.length))
        this.#timer ??= setTimeout(() => void this.flush(), 2000).unref()
      }
    })
    return this.#writing
  }
}

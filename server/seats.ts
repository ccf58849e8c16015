import { may, type Act, type Thing } from '#plan/access.ts'
import { isBetweenTalks, seesSomeGoals, type Person } from '#plan/people.ts'
import { AskedTogether } from './asked-together.ts'
import * as plans from './db/plans.ts'
import type { Sql } from './db/open.ts'

/** Everyone around one plan, as of now. A change makes a new one, so that identity is freshness. */
export type Circle = { planId: string; people: readonly plans.PersonRow[] }

/**
 * Who sits at which plan. Asked for every message, so kept in memory; forgotten the moment
 * something changes, here or in another process.
 */
export class Seats {
  readonly #stored: AskedTogether<{ id: string; people: plans.PersonRow[] }>
  readonly #at: AskedTogether<{ id: string; planId: string; people: plans.PersonRow[] }>
  readonly #circles = new Map<string, Promise<Circle>>()
  readonly #newest = new Map<string, Circle>()
  /** How often something changed anywhere. */
  #changes = 0

  constructor(sql: Sql, queryMs: number) {
    this.#stored = new AskedTogether((ids) => plans.peopleOfMany(sql, ids), { queryMs, most: 50 })
    this.#at = new AskedTogether((ids) => plans.peopleAt(sql, ids), { queryMs, most: 20 })
  }

  async circle(planId: string): Promise<Circle> {
    let found = this.#circles.get(planId)
    if (!found) {
      found = this.#stored.find(planId).then((row) => ({ planId, people: row?.people ?? [] }))
      this.#circles.set(planId, found)
      found.then(
        (circle) => this.#circles.get(planId) === found && this.#newest.set(planId, circle),
        () => this.#circles.delete(planId),
      )
      if (this.#circles.size > 5000) this.#forgetOldest()
    }
    return found
  }

  /** The circle around a document, asked while nobody knows yet of which plan; undefined when it is of none. */
  async around(documentId: string): Promise<Circle | undefined> {
    const changes = this.#changes
    const found = await this.#at.find(documentId)
    if (!found) return undefined
    const { planId, people } = found
    // what was read may be of before a change: then the plan's own word counts
    if (this.#changes === changes && !this.#circles.has(planId)) {
      const circle = { planId, people }
      this.#circles.set(planId, Promise.resolve(circle))
      this.#newest.set(planId, circle)
    }
    return this.circle(planId)
  }

  /** The circle if it is at hand; undefined when it must be read first. */
  now(planId: string): Circle | undefined {
    return this.#newest.get(planId)
  }

  /** Something changed: read anew. Until that is done the old circle stands, then at once the new. */
  async refresh(planId: string): Promise<Circle> {
    this.#changes++
    this.#circles.delete(planId)
    return this.circle(planId)
  }

  #forgetOldest() {
    const [oldest] = this.#circles.keys()
    if (oldest === undefined) return
    this.#circles.delete(oldest)
    this.#newest.delete(oldest)
  }
}

/** The seat an account has in a circle; undefined when it has none, or its access has ended. */
export const seatOf = (circle: Circle, accountId: string): plans.PersonRow | undefined =>
  circle.people.find((person) => person.accountId === accountId && person.access === 'active')

/** An interpreter between talks: at the plan, with nothing to read until a talk begins. */
export const waitsForTalk = (people: readonly plans.PersonRow[], accountId: string): boolean =>
  people.some((person) => person.accountId === accountId && isBetweenTalks(person))

/** `may`, asked of someone in this circle. */
export const allows = (circle: Circle, person: Person, act: Act, thing: Thing): boolean =>
  may(person, act, thing, circle.people)

/** Whether somebody sees anything of a plan: all of its shared part, or some goals of it. */
export const sits = (circle: Circle, person: Person): boolean =>
  allows(circle, person, 'read', { zone: 'shared' }) ||
  (seesSomeGoals(person, circle.people) && (person.goals ?? []).length > 0)

/** A document as access is asked of it. */
export const thingOf = (row: {
  zone: Thing['zone']
  ownerId: string | null
  goalId: string | null
}): Thing => ({ zone: row.zone, owner: row.ownerId, goalId: row.goalId })

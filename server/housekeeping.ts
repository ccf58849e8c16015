/** What nobody has to remember: access that was agreed until a day ends, old log lines go. */
import { dayOf } from '#plan/deadlines.ts'
import type { ActDeps } from './acts.ts'
import { endOnAgreedDay } from './circle.ts'
import type { Config } from './config.ts'
import * as access from './db/access.ts'
import * as signIns from './db/sign-in-log.ts'

type Options = {
  acts: ActDeps
  config: Pick<Config, 'logYears'>
  trouble(what: string, error: unknown): void
  clock?: () => Date
}

const EVERY_MS = 30_000

/** Every process does this; the database lets only one of them do a thing. */
export class Housekeeping {
  readonly #options: Options
  readonly #timer: NodeJS.Timeout
  #under: Promise<void> | null = null

  constructor(options: Options) {
    this.#options = options
    this.#timer = setInterval(() => void this.run(), EVERY_MS).unref()
  }

  /** Once through the house; what fails waits for the next time. */
  run(): Promise<void> {
    this.#under ??= this.#round().finally(() => (this.#under = null))
    return this.#under
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#under
  }

  async #round(): Promise<void> {
    const { acts, config, trouble, clock = () => new Date() } = this.#options
    const now = clock()
    try {
      await endOnAgreedDay(acts, dayOf(now))
    } catch (error) {
      trouble('access that is over was not ended', error)
    }
    try {
      const before = new Date(now)
      before.setUTCFullYear(before.getUTCFullYear() - config.logYears)
      await access.forget(acts.sql, before)
      await signIns.forget(acts.sql, before)
    } catch (error) {
      trouble('old lines of the access log stayed', error)
    }
  }
}

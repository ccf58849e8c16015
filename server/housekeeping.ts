/** What nobody has to remember: access that was agreed until a day ends, and what is over goes. */
import { dayOf } from '#plan/deadlines.ts'
import type { ActDeps } from './acts.ts'
import type { Sessions } from './auth/sessions.ts'
import { endOnAgreedDay } from './circle.ts'
import type { Config } from './config.ts'
import * as access from './db/access.ts'
import * as letters from './db/mail.ts'
import * as signIns from './db/sign-in-log.ts'
import * as tries from './db/tries.ts'

type Options = {
  acts: ActDeps
  sessions: Pick<Sessions, 'sweep'>
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
    const { acts, sessions, config, trouble, clock = () => new Date() } = this.#options
    const now = clock()
    const before = new Date(now)
    before.setUTCFullYear(before.getUTCFullYear() - config.logYears)
    const chores: [stays: string, does: () => Promise<unknown>][] = [
      ['access that is over was not ended', () => endOnAgreedDay(acts, dayOf(now))],
      ['old lines of the access log stayed', () => access.forget(acts.sql, before)],
      ['old lines of the sign-in log stayed', () => signIns.forget(acts.sql, before)],
      ['sessions stayed', () => sessions.sweep()],
      ['letters stayed', () => letters.tidy(acts.sql)],
      ['tries stayed', () => tries.tidy(acts.sql)],
    ]
    for (const [stays, does] of chores) await does().catch((error) => trouble(stays, error))
  }
}

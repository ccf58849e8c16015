/**
 * Mail. An act writes a letter in its own transaction, so that it goes out if the act was done and
 * only then; the post sends it afterwards, here or in another process, and tries again.
 */
import { createTransport, type Transporter } from 'nodemailer'
import type { Config } from './config.ts'
import * as mail from './db/mail.ts'
import type { Sql, Tx } from './db/open.ts'
import { newId } from './ids.ts'
import { callable, compose } from './mail/compose.ts'
import type { Change } from './mail/words.ts'
import { within } from './within.ts'

type OnGoal = { goalId?: string }
/** A meeting as a calendar knows it: ISO moments; `sequence` grows with each change. */
type Meeting = {
  uid: string
  start: string
  end: string
  sequence?: number
  place?: string
  link?: string
}

/** What each kind of letter needs to know. Never text that people wrote, but where a meeting is. */
export type Facts = {
  invitation: { token: string; by?: string }
  'new-link': { token: string }
  'card-opened': Record<never, never>
  'sign-in-code': { code: string }
  'password-reset': { token: string }
  'account-changed': { what: Change }
  'answer-asked': OnGoal
  'answer-reminder': OnGoal
  'asked-again': OnGoal
  'goal-agreed': OnGoal
  'goal-differs': OnGoal
  proposal: OnGoal
  meeting: Meeting
  'meeting-moved': Meeting
  'meeting-cancelled': Meeting
  'meeting-ended': Record<never, never>
  'review-due': { on: string } & OnGoal
  deadline: { on: string }
  'access-ended': Record<never, never>
}
export type Kind = keyof Facts

/** A letter: to whom (an account), about which plan, of what kind. */
export type Letter = {
  [K in Kind]: {
    to: string
    planId?: string | null
    kind: K
    /** The same letter is written once for each value, e.g. `reminder {goal} {version} day 3`. */
    once?: string
  } & Facts[K]
}[Kind]

const DAY = 86_400
/** After this many seconds a letter of a kind makes no sense any more; otherwise three days. */
const USEFUL: Partial<Record<Kind, number>> = { 'sign-in-code': 600, 'password-reset': 3600 }

/** Writes a letter as part of a decision. False when the same letter was written before. */
export async function letter(tx: Tx, written: Letter): Promise<boolean> {
  const { to, planId = null, kind, once = null, ...facts } = written
  if ('by' in facts && facts.by) facts.by = callable(facts.by) ?? ''
  const usefulFor = USEFUL[kind] ?? 3 * DAY
  return mail.add(tx, { id: newId(), accountId: to, planId, kind, facts, once, usefulFor })
}

type Options = {
  sql: Sql
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'queryMs'>
  /** Where people open the product, for the links in letters. */
  base(): string
  trouble(what: string, error: unknown): void
}

const EVERY_MS = 2000
const AT_ONCE = 10
const LEASE_SECONDS = 300
/** Seconds until the next try, by how many there were; after that every six hours. */
const AGAIN = [15, 60, 300, 900, 3600]

/** Sends what waits. Without an SMTP server letters stay where they are. */
export class Post {
  readonly #options: Options
  readonly #transport: Transporter | null
  readonly #timer: NodeJS.Timeout | null
  #round: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null
  #stopped = false

  constructor(options: Options) {
    this.#options = options
    const { smtpUrl } = options.config
    const limits = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }
    this.#transport = smtpUrl ? createTransport({ url: smtpUrl, ...limits }) : null
    this.#timer = this.#transport ? setInterval(() => void this.look(), EVERY_MS).unref() : null
  }

  /** Sends what is due now; one round at a time, so it may wait for the one that goes on. */
  look(): Promise<void> {
    const transport = this.#transport
    if (!transport) return Promise.resolve()
    this.#next ??= this.#round.then(() => {
      this.#next = null
      return (this.#round = this.#send(transport))
    })
    return this.#next
  }

  /** Lets what is on its way arrive. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#stopped = true
    await (this.#next ?? this.#round)
    this.#transport?.close()
  }

  async #send(transport: Transporter): Promise<void> {
    const { sql, config, trouble } = this.#options
    let more = true
    while (more && !this.#stopped) {
      try {
        const due = await within(mail.take(sql, AT_ONCE, LEASE_SECONDS), config.queryMs)
        await Promise.all(due.map((row) => this.#one(transport, row)))
        more = due.length === AT_ONCE
      } catch (error) {
        more = false
        trouble('letters could not be looked for', error)
      }
    }
  }

  async #one(transport: Transporter, row: mail.LetterRow): Promise<void> {
    const { sql, config, base, trouble } = this.#options
    try {
      const names = await mail.namesFor(sql, row.accountId, row.planId)
      const { subject, text, html, calendar } = compose(row, names, base())
      await transport.sendMail({
        from: config.mailFrom,
        to: row.address,
        // the same at every try: whoever gets it twice can tell
        messageId: `<${row.id}@${new URL(base()).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        subject,
        text,
        html,
        ...(calendar && { icalEvent: { ...calendar, filename: 'gesprek.ics' } }),
      })
    } catch (error) {
      trouble('a letter was not sent', nameless(error))
      const wait = refusedForGood(error) ? null : (AGAIN[row.tries - 1] ?? 6 * 3600)
      await mail.failed(sql, row.id, wait).catch((e) => trouble('a letter waits', e))
      return
    }
    await mail.sent(sql, row.id).catch((e) => trouble('a letter may be sent again', e))
  }
}

/** The mail server says that there is no such mailbox. */
const refusedForGood = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500

/** What went wrong, without the address a mail server repeats. */
const nameless = (error: unknown): Error => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return new Error(`mail: ${code}`)
}

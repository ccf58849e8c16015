/**
 * Big screens. A screen is a client without identity: it signs in as nobody, cannot write, and
 * shows one meeting of one plan once whoever leads that meeting has let it in.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import type { MeetingView } from '#live/meeting.ts'
import { decide, refuse, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as events from './db/events.ts'
import * as meetings from './db/meetings.ts'
import type { Sql } from './db/open.ts'
import * as screens from './db/screens.ts'
import { newId } from './ids.ts'
import { heard, seatAt, viewOf } from './meetings.ts'

export const SCREEN_COOKIE = 'screen'

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXZ' // none that read or sound alike
const MOST_WAITING = 200
const WAITS_MS = 15 * 60_000
const SHOWS_MS = 8 * 3_600_000

const hashed = (token: string) => createHash('sha256').update(token).digest('hex')
const newCode = (): string =>
  Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/**
 * Puts up a screen that waits to be let in. Answers with the token for its cookie.
 *
 * Refuses with `too-many-tries` when one address puts up more than a building has.
 */
export async function openScreen(
  sql: Sql,
  address = '',
): Promise<{ token: string; row: screens.ScreenRow } | Refusal> {
  await screens.sweep(sql)
  if ((await screens.waitingAt(sql, address)) >= MOST_WAITING) return 'too-many-tries'
  const token = randomBytes(24).toString('base64url')
  const expiresAt = new Date(Date.now() + WAITS_MS)
  const row = { id: newId(), code: newCode(), expiresAt }
  await screens.add(sql, { ...row, address, tokenHash: hashed(token) })
  const nothing = { planId: null, meetingId: null, admittedBy: null, admittedAt: null }
  return { token, row: { ...row, ...nothing } }
}

/** The screen behind a cookie; undefined when its time is over. */
export async function screenOf(
  sql: Sql,
  token: string | undefined,
): Promise<screens.ScreenRow | undefined> {
  if (!token || token.length > 100) return undefined
  return screens.byToken(sql, hashed(token))
}

/** The token in a Cookie header. */
export function screenToken(cookie: string | undefined): string | undefined {
  const found = /(?:^|;\s*)screen=([\w-]{10,100})(?:;|$)/.exec(cookie ?? '')
  return found?.[1]
}

/**
 * Lets the screen with these letters show a meeting.
 *
 * Only by whoever leads it. Refuses with `unknown-screen`, `not-the-chair`, `not-now`.
 */
export async function admitScreen(
  deps: ActDeps,
  account: Account,
  asked: { meetingId: string; code: string },
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { circle, me, planId } = seat
  const code = asked.code.toUpperCase().replaceAll(/[^A-Z]/g, '')
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (row.body.chair !== me.id) refuse('not-the-chair')
    if (row.state === 'set' || row.state === 'cancelled') refuse('not-now')
    const screen = (await screens.byCode(tx, code)) ?? refuse('unknown-screen')
    const to = { planId, meetingId: row.id, admittedBy: me.id }
    const expiresAt = new Date(Date.now() + SHOWS_MS)
    if (!(await screens.admit(tx, screen.id, { ...to, expiresAt }))) refuse('unknown-screen')
    await meetings.keep(tx, row.id, row.body, row.known)
    await events.add(tx, {
      planId,
      kind: 'screen-admitted',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id, screenId: screen.id },
    })
    return viewOf(tx, row.id)
  })
  if (!isRefusal(view)) {
    deps.log.did(circle, me, 'show-on-screen')
    deps.screenChanged()
  }
  return heard(deps, view)
}

/** Takes a screen away from a meeting: it shows nothing of it any more. */
export async function removeScreen(
  deps: ActDeps,
  account: Account,
  asked: { meetingId: string; screenId: string },
): Promise<MeetingView | Refusal> {
  const seat = await seatAt(deps, account, asked.meetingId)
  if (isRefusal(seat)) return seat
  const { me, planId } = seat
  const view = await decide(deps, async (tx) => {
    const row = (await meetings.hold(tx, asked.meetingId)) ?? refuse('unknown-meeting')
    if (row.body.chair !== me.id) refuse('not-the-chair')
    const known = await screens.ofMeeting(tx, row.id)
    if (!known.some(({ id }) => id === asked.screenId)) refuse('unknown-screen')
    await screens.remove(tx, asked.screenId)
    await meetings.keep(tx, row.id, row.body, row.known)
    await events.add(tx, {
      planId,
      kind: 'screen-removed',
      actorId: me.id,
      goalId: null,
      body: { meetingId: row.id, screenId: asked.screenId },
    })
    return viewOf(tx, row.id)
  })
  if (!isRefusal(view)) deps.screenChanged()
  return heard(deps, view)
}

/**
 * Personal links: getting in without a password. A link opens on the first device only, so that a
 * mail sent on lets nobody else in; there it may be asked for anew, which mails it to its owner.
 */
import {
  actingRepresentative,
  isClient,
  isFamily,
  responsibleProfessional,
  type Person,
} from '#plan/people.ts'
import * as events from '../db/events.ts'
import * as links from '../db/links.ts'
import type { Sql, Tx } from '../db/open.ts'
import * as sessions from '../db/sessions.ts'
import * as log from '../db/sign-in-log.ts'
import * as tries from '../db/tries.ts'
import { Address, read } from '../doors.ts'
import { newId } from '../ids.ts'
import { letter, type Post } from '../mail.ts'
import type { Circle, Seats } from '../seats.ts'
import { deviceOf } from './device.ts'
import { hashed, newToken } from './secrets.ts'
import type { Cookie, Sessions } from './sessions.ts'

export type LinkDeps = {
  config: { linkDays: number }
  db: { sql: Sql }
  sessions: Sessions
  seats: Seats
  post: Post
  sessionsEnded(ids: readonly string[]): void
}

type Seat = { planId: string; personId: string; accountId: string }

/** Makes a link, the only one of this person of its kind that works from now; answers with its secret. */
export async function newLink(
  tx: Tx,
  days: number,
  { planId, personId, accountId }: Seat,
  by: Pick<Person, 'id'> | null,
  onCard = false,
): Promise<string> {
  await links.endOf(tx, planId, personId, onCard ? 'card' : 'mailed')
  const token = newToken()
  const link = { planId, personId, accountId, days, onCard, id: newId(), tokenHash: hashed(token) }
  await links.add(tx, { ...link, madeBy: by?.id ?? null })
  return token
}

/** Mails somebody a new link, as part of a decision; the link they had opens nothing any more. */
export async function sendLink(
  tx: Tx,
  days: number,
  seat: Seat,
  by: Pick<Person, 'id' | 'name'> | null,
): Promise<void> {
  const token = await newLink(tx, days, seat, by)
  const { planId, accountId } = seat
  const said = by ? ({ kind: 'invitation', by: by.name } as const) : ({ kind: 'new-link' } as const)
  await letter(tx, { to: accountId, planId, token, ...said })
}

/** Ends somebody's links and the sessions that began with them; answers with those sessions. */
export async function endLinks(
  tx: Tx,
  planId: string,
  personId: string,
  which: links.Which = 'all',
): Promise<string[]> {
  const ended = await links.endOf(tx, planId, personId, which)
  return ended.length === 0 ? [] : sessions.end(tx, { linkIds: ended })
}

/** What somebody sees who opens a link. */
export type LinkView =
  | { state: 'welcome'; who: Owner; by: string | null; days: number }
  /** It was opened on another device first, or is used up: a new one can be mailed. */
  | { state: 'elsewhere' | 'old'; /** A card: whoever printed it prints another. */ card?: true }
  /** A card of the client, where somebody who cares for her is signed in: it is not opened for her. */
  | { state: 'not-hers'; name: string; planId: string }
  /** No such link, or its owner has no seat any more. */
  | { state: 'unknown' }
type Owner = { name: string; number: number; kind: 'client' | 'family' | 'pro' }

/** @param here whose account is signed in on this device, if anybody's */
export async function lookAt(
  { db, config }: Pick<LinkDeps, 'db' | 'config'>,
  token: string | undefined,
  device: string | undefined,
  here: string | null = null,
): Promise<LinkView> {
  const link = token && (await links.byToken(db.sql, hashed(token)))
  if (!link || link.access !== 'active') return { state: 'unknown' }
  const { planId, callMe } = link
  const card = link.onCard ? ({ card: true } as const) : {}
  if (link.onCard && here !== null && here !== link.accountId)
    if (await links.sitsAt(db.sql, planId, here)) return { state: 'not-hers', name: callMe, planId }
  if (link.endedAt || link.expiresAt.getTime() <= Date.now()) return { state: 'old', ...card }
  // a card opens one plan and nothing else: not for who has a seat at another since it was printed
  if (link.onCard && (await links.sitsElsewhere(db.sql, planId, link.accountId)))
    return { state: 'old', ...card }
  if (link.deviceHash && link.deviceHash !== (device && hashed(device)))
    return { state: 'elsewhere', ...card }
  const kind = isClient(link) ? 'client' : isFamily(link) ? 'family' : 'pro'
  const { number, madeBy: by } = link
  const name = link.onCard ? link.callMe : link.name // who finds a card reads no surname
  return { state: 'welcome', who: { name, number, kind }, by, days: config.linkDays }
}

/** A link is opened: what somebody sees, and a line when it lets nobody in. */
export async function open(
  deps: Pick<LinkDeps, 'db' | 'config'>,
  token: string | undefined,
  device: string | undefined,
  here: string | null = null,
): Promise<LinkView> {
  const view = await lookAt(deps, token, device, here)
  if (view.state !== 'welcome') await failed(deps.db.sql, token, view.state)
  return view
}

async function failed(
  sql: Sql,
  token: string | undefined,
  state: Exclude<LinkView['state'], 'welcome'>,
): Promise<void> {
  const link = token && (await links.byToken(sql, hashed(token)))
  const accountId = (link && link.accountId) || null
  await log.add(sql, { accountId, way: 'link', result: state === 'old' ? 'expired' : 'wrong' })
}

/**
 * "Ja, dat ben ik": binds the link to this device and signs in there. Not at the mere opening, for
 * mail programs open links too. Answers with the cookies and the plan, or what stands in the way.
 */
export async function enter(
  deps: LinkDeps,
  token: string | undefined,
  device: string | undefined,
  userAgent: string | null,
  here: string | null = null,
): Promise<
  { cookies: Cookie[]; planId: string; onCard: boolean } | Exclude<LinkView, { state: 'welcome' }>
> {
  const { sql } = deps.db
  const view = await open(deps, token, device, here)
  if (view.state !== 'welcome') return view
  const link = token ? await links.byToken(sql, hashed(token)) : undefined
  if (!link) return { state: 'unknown' }
  const own = device ?? newToken()
  const { people } = await deps.seats.circle(link.planId)
  const bound = await sql.begin(async (tx) => {
    const bound = await links.bind(tx, link.id, hashed(own), deps.config.linkDays)
    if (bound?.first && link.onCard) await tellOpened(tx, link, people)
    return bound
  })
  if (!bound) {
    await failed(sql, token, 'elsewhere')
    return { state: 'elsewhere', ...(link.onCard && { card: true }) } // another was quicker
  }
  const { until, first } = bound
  if (first) void deps.post.look()
  await log.add(sql, { accountId: link.accountId, way: 'link', result: 'in' })
  const linkIds = await links.others(sql, link)
  deps.sessionsEnded(await sessions.end(sql, { linkIds }))
  const beginning = { method: 'link', device: deviceOf(userAgent), link: { id: link.id, until } }
  const session = await deps.sessions.start(link.accountId, 'low', beginning as never)
  const age = Math.floor((until.getTime() - Date.now()) / 1000)
  const { planId, onCard } = link
  return { cookies: [deps.sessions.cookie('device', own, age), session], planId, onCard }
}

/**
 * A card was opened for the first time: on record in the plan, and told to her contact and to who
 * answers for the care. Whoever printed it could have opened it; then others see that somebody did.
 */
async function tellOpened(
  tx: Tx,
  { id, planId, personId }: links.LinkRow,
  people: Circle['people'],
): Promise<void> {
  const told = [
    actingRepresentative(people),
    responsibleProfessional(people),
    ...people.filter(({ role, access }) => role === 'first_contact' && access === 'active'),
  ].flatMap((one) => people.find((person) => person.id === one?.id)?.accountId ?? [])
  const body = { link: id }
  await events.add(tx, { planId, kind: 'card-opened', actorId: personId, goalId: null, body })
  for (const to of new Set(told))
    await letter(tx, { to, planId, kind: 'card-opened', once: `card ${id} ${to}` })
}

/** A few links an hour and a day: enough for who lost one, too few to fill a mailbox. */
const mayMail = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await tries.allowed(tx, `link ${accountId}`, 3, 3600)) &&
  (await tries.allowed(tx, `links ${accountId}`, 10, 86_400))

/** To whom a letter is asked for on a form, without being signed in: from one place some letters an hour. */
export async function addressAsked(
  sql: Sql,
  form: FormData,
  from: string,
): Promise<{ email: string } | 'unreadable' | 'too-many-tries'> {
  const asked = read(Address, { email: form.get('email') })
  if ('faults' in asked) return 'unreadable'
  if (!(await tries.allowed(sql, `asks ${hashed(from)}`, 30, 3600))) return 'too-many-tries'
  return asked.value
}

/** Mails the owner of a link a new one; whoever asks learns nothing from it. A card is not renewed by mail. */
export async function renew(deps: LinkDeps, token: string | undefined): Promise<void> {
  const link = token && (await links.byToken(deps.db.sql, hashed(token)))
  if (link && !link.onCard && link.access === 'active') await mailTo(deps, link)
}

/** The same for who lost the mail: by address. Takes the same whether the address is known or not. */
export async function renewFor(deps: LinkDeps, email: string): Promise<void> {
  const seat = await links.seatOf(deps.db.sql, email)
  if (seat) await mailTo(deps, seat)
}

async function mailTo(deps: LinkDeps, seat: Seat): Promise<void> {
  await deps.db.sql.begin(async (tx) => {
    if (await mayMail(tx, seat.accountId)) await sendLink(tx, deps.config.linkDays, seat, null)
  })
  void deps.post.look()
}

/** The acts on photos of a life story: putting one beside a card, looking at it, taking it away. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { readCards } from '#live/documents.ts'
import type { PhotoView } from '#live/views.ts'
import { decide, refuse, seatFor, type ActDeps } from './acts.ts'
import type { Account } from './auth/sessions.ts'
import * as documents from './db/documents.ts'
import * as events from './db/events.ts'
import * as photos from './db/photos.ts'
import type { Db, Sql } from './db/open.ts'
import { readDocument } from './rounds.ts'
import { allows, type Circle } from './seats.ts'
import type { Person } from '#plan/people.ts'

/** What may be sent, and what is kept of it. */
export const PHOTO_BYTES = 1_500_000
const MOST_PIXELS = 50_000_000
const WIDE = 1200
const HIGH = 900
const ALT = 300

/** By their first bytes: JPEG, PNG, WebP. What calls itself something else is not looked at. */
function isPhoto(bytes: Buffer): boolean {
  const starts = (hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex
  const riff = starts('52494646') && bytes.subarray(8, 12).toString('latin1') === 'WEBP'
  return starts('ffd8ff') || starts('89504e470d0a1a0a') || riff
}

/**
 * Makes a picture anew: turned as it was held, no larger than a screen, without place, time, camera or
 * anything else that came with it. Null when it is no picture, or one made to fill the memory.
 */
export async function madeAnew(
  bytes: Buffer,
): Promise<{ data: Buffer; width: number; height: number } | null> {
  if (!isPhoto(bytes)) return null
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: WIDE, height: HIGH, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer({ resolveWithObject: true })
    return { data, width: info.width, height: info.height }
  } catch {
    return null
  }
}

type Place = { documentId: string; cardId: string }

async function seatAt(deps: ActDeps, account: Account, documentId: string, act: 'read' | 'write') {
  const row = await documents.find(deps.sql, documentId)
  if (!row || row.kind === 'goal') return 'no-access'
  const thing = { zone: row.zone, owner: row.ownerId }
  const seat = await seatFor(deps, account, row.planId, act, thing)
  return isRefusal(seat) ? seat : { ...seat, row, thing }
}

/**
 * Puts a photo beside a card of the life story, or another in its place.
 *
 * Refuses with `no-access`, `unknown-card`, `alt-missing`, `too-large`, `not-a-photo`.
 */
export async function putPhoto(
  deps: ActDeps,
  account: Account,
  { documentId, cardId, alt, bytes }: Place & { alt: string; bytes: Buffer },
): Promise<{ cardId: string } | Refusal> {
  const seat = await seatAt(deps, account, documentId, 'write')
  if (isRefusal(seat)) return seat
  const { row, me, circle, thing } = seat
  const said = alt.trim().replace(/\s+/g, ' ').slice(0, ALT)
  if (said === '') return 'alt-missing'
  if (bytes.length > PHOTO_BYTES) return 'too-large'
  const made = await madeAnew(bytes)
  if (!made) return 'not-a-photo'
  const done = await decide(deps, async (tx) => {
    await documents.hold(tx, documentId)
    const doc = await readDocument(tx, documentId)
    const card = readCards(doc).find(({ id, kind }) => id === cardId && kind === 'story')
    doc.destroy()
    if (!card) refuse('unknown-card')
    const before = await photos.find(tx, documentId, cardId)
    const own = before === undefined || before.personId === me.id
    if (!own && !allows(circle, me, 'remove-any-card', thing)) refuse('no-access')
    const hash = createHash('sha256').update(made.data).digest('hex')
    const { planId } = row
    await photos.put(tx, { planId, documentId, cardId, personId: me.id, alt: said, hash, ...made })
    const body = { documentId, cardId, hash, instead: before?.hash ?? null }
    await events.add(tx, { planId, kind: 'photo-added', actorId: me.id, goalId: null, body })
    return { cardId }
  })
  if (!isRefusal(done)) deps.tellPlan(row.planId)
  return done
}

/** Whether somebody may put a photo there at all: asked before anything of it is read. */
export async function mayPutPhoto(
  deps: ActDeps,
  account: Account,
  { documentId }: Pick<Place, 'documentId'>,
): Promise<Refusal | null> {
  const seat = await seatAt(deps, account, documentId, 'write')
  return isRefusal(seat) ? seat : null
}

/** Takes a photo away, for good. By who put it there, or who may take any card away. */
export async function removePhoto(
  deps: ActDeps,
  account: Account,
  { documentId, cardId }: Place,
): Promise<{ cardId: string } | Refusal> {
  const seat = await seatAt(deps, account, documentId, 'write')
  if (isRefusal(seat)) return seat
  const { row, me, circle, thing } = seat
  const done = await decide(deps, async (tx) => {
    await documents.hold(tx, documentId)
    const found = await photos.find(tx, documentId, cardId)
    if (!found) refuse('nothing-to-decide')
    const { planId, personId, hash } = found
    if (personId !== me.id && !allows(circle, me, 'remove-any-card', thing)) refuse('no-access')
    await photos.remove(tx, documentId, cardId)
    const body = { documentId, cardId, hash }
    await events.add(tx, { planId, kind: 'photo-removed', actorId: me.id, goalId: null, body })
    return { cardId }
  })
  if (!isRefusal(done)) deps.tellPlan(row.planId)
  return done
}

/** Tells the chain of photos that were there before it held any. Once; whoever starts first. */
export async function tellOld(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    for (const { planId, personId, ...body } of await photos.untold(tx)) {
      // they were put there before this event was written, so nobody does it now
      const told = { ...body, by: personId, instead: null, toldLater: true }
      const of = { actorId: null, goalId: null, body: told }
      await events.add(tx, { planId, kind: 'photo-added', ...of })
    }
  })
}

/** A photo, for who may read where its card lies. */
export async function readPhoto(
  deps: ActDeps,
  account: Account,
  { documentId, cardId }: Place,
): Promise<{ data: Uint8Array<ArrayBuffer>; hash: string } | Refusal> {
  const seat = await seatAt(deps, account, documentId, 'read')
  if (isRefusal(seat)) return seat
  return (await photos.find(deps.sql, documentId, cardId)) ?? 'unknown-card'
}

/** The photos of a plan that somebody may see, without the pictures themselves. */
export async function photoViews(db: Db, circle: Circle, me: Person): Promise<PhotoView[]> {
  const rows = await documents.ofPlan(db, circle.planId)
  const open = new Set(
    rows
      .filter(({ zone, ownerId }) => allows(circle, me, 'read', { zone, owner: ownerId }))
      .map(({ id }) => id),
  )
  return (await photos.ofPlan(db, circle.planId))
    .filter(({ documentId }) => open.has(documentId))
    .map(({ documentId, cardId, personId, alt, hash, width, height }) => {
      return { documentId, cardId, by: personId, alt, hash, width, height }
    })
}

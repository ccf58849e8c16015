/** Photos of a life story: made anew, seen by who may read there, gone with what is erased. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { addCard } from '#live/documents.ts'
import { eraseCard } from '#server/erasing.ts'
import { madeAnew, photoViews, putPhoto, readPhoto, removePhoto } from '#server/photos.ts'
import { planPage } from '#server/plans.ts'
import { moveCard } from '#server/zones.ts'
import { isRefusal } from '#plan/refusals.ts'
import { table, type Guest, type Table } from '../table.ts'
import { whereIs } from '../whereabouts.ts'

let here: Table
let ria: Guest
let marjan: Guest
let fatima: Guest
let shared: string
const SECRET = 'Zeepaardje-4711'
beforeAll(async () => {
  here = await table()
  ria = await here.person('ria')
  marjan = await here.person('marjan')
  fatima = await here.person('fatima')
  shared = await here.board('shared')
  const pen = await ria.open(shared).synced()
  const voice = { saidBy: ria.id, basis: 'own_words' as const }
  const base = { area: null, order: 'zz', ...voice }
  addCard(pen.doc, { ...base, id: 'story-1', kind: 'story', text: 'Mijn winkel.' })
  addCard(pen.doc, { ...base, id: 'wish-1', kind: 'point', text: 'Geen verhaal.' })
  await pen.stored()
})
afterAll(() => here.close())

const picture = (width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Copyright: SECRET, Make: 'Camera' }, IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
const put = async (
  who: Guest,
  more: Partial<{ cardId: string; alt: string; bytes: Buffer }> = {},
) =>
  putPhoto(here.app.acts, who.account, {
    documentId: shared,
    cardId: 'story-1',
    alt: `De winkel, ${SECRET}`,
    bytes: await picture(),
    ...more,
  })

test('a picture is made anew: small, upright, without what a camera added', async () => {
  const bytes = await picture(4000, 3000)
  expect(bytes.includes(SECRET)).toBe(true)
  const made = (await madeAnew(bytes))!
  expect([made.width, made.height]).toEqual([1200, 900])
  expect(made.data.includes(SECRET)).toBe(false)
  const { exif, format, icc, xmp } = await sharp(made.data).metadata()
  expect({ exif, format, icc, xmp }).toEqual({ format: 'webp' })
})

test('what is no photo, or made to fill the memory, is refused with a sentence', async () => {
  const half = (await picture()).subarray(0, 400)
  const wide = sharp({ create: { width: 16000, height: 4000, channels: 3, background: 'red' } })
  const bomb = await wide.png().toBuffer() // a small file of 64 million points
  for (const bytes of [half, bomb, Buffer.from('<svg/>'), Buffer.from('GIF89a'), Buffer.alloc(0)])
    expect(await put(fatima, { bytes })).toBe('not-a-photo')
  expect(await put(fatima, { bytes: Buffer.alloc(1_500_001, 255) })).toBe('too-large')
  expect(await put(fatima, { alt: '  ' })).toBe('alt-missing')
  expect(await put(fatima, { cardId: 'wish-1' })).toBe('unknown-card')
  expect(await put(await here.person('toos', 'plan-03'))).toBe('no-access')
})

test('who may read the story sees the photo; only its owner and who may take cards away remove it', async () => {
  const { app } = here
  expect(await put(ria)).toEqual({ cardId: 'story-1' })
  const page = await planPage(app, marjan.account, 'plan-01')
  if (isRefusal(page)) throw new Error(page)
  expect(page.photos).toMatchObject([{ cardId: 'story-1', alt: `De winkel, ${SECRET}` }])
  const of = { documentId: shared, cardId: 'story-1' }
  expect(await readPhoto(app.acts, marjan.account, of)).toMatchObject({
    hash: page.photos[0]!.hash,
  })
  const toos = await here.person('toos', 'plan-03')
  expect(await readPhoto(app.acts, toos.account, of)).toBe('no-access')
  expect(await put(marjan)).toBe('no-access') // another's is not replaced by her
  expect(await removePhoto(app.acts, marjan.account, of)).toBe('no-access')
  expect(await removePhoto(app.acts, fatima.account, of)).toEqual({ cardId: 'story-1' })
  expect(await readPhoto(app.acts, ria.account, of)).toBe('unknown-card')
})

test('a photo goes out of sight with its card, and is gone for good with it', async () => {
  const { app } = here
  await put(ria)
  const own = await here.board('client')
  const move = { from: shared, to: own, cardId: 'story-1' }
  expect(await moveCard(app.acts, ria.account, move)).toMatchObject({ to: own })
  const circle = await app.seats.circle('plan-01')
  const seen = (who: Guest) =>
    photoViews(
      app.db.sql,
      circle,
      circle.people.find(({ id }) => id === who.id)!,
    )
  expect(await seen(marjan)).toEqual([])
  expect(await seen(ria)).toHaveLength(1)
  const there = { documentId: own, cardId: 'story-1' }
  expect(await readPhoto(app.acts, marjan.account, there)).toBe('no-access')
  expect(await whereIs(app, SECRET)).toEqual(['photo.alt'])
  const erased = await eraseCard(app.acts, ria.account, { ...there, askedBy: ria.id })
  expect(erased).toMatchObject({ cards: ['story-1'] })
  expect(await whereIs(app, SECRET)).toEqual([])
})

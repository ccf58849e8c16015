/** Photos of the life story leave with the plan: in the file, proven, and on paper beside the story. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { addCard } from '#live/documents.ts'
import { exportJson } from '#server/export/json.ts'
import { onRecord } from '#server/export/on-record.ts'
import { picturesOf } from '#server/export/pdf/export.ts'
import { wholePdf } from '#server/export/pdf/whole.ts'
import { planRecord } from '#server/export/record.ts'
import type { Json } from '#plan/canonical.ts'
import { brokenFile, firstBreak, type ExportedFile } from '#server/chain.ts'
import * as events from '#server/db/events.ts'
import { eraseCard } from '#server/erasing.ts'
import { hashOf } from '#server/ids.ts'
import { putPhoto, removePhoto, tellOld } from '#server/photos.ts'
import { proofOf } from '#server/proof.ts'
import { moveCard } from '#server/zones.ts'
import { readPdf } from '../../pdf.ts'
import { folder } from '../../process.ts'
import { table, type Guest, type Table } from '../../table.ts'

let here: Table
let ria: Guest
let fatima: Guest
const own = folder()
const ALT = 'Ria achter de toonbank van haar winkel'
const SECRET = 'Een brief die zij bewaart'
beforeAll(async () => {
  here = await table()
  ria = await here.person('ria')
  fatima = await here.person('fatima')
  for (const [zone, alt] of [
    ['shared', ALT],
    ['client', SECRET],
  ] as const) {
    const documentId = await here.board(zone)
    const pen = await ria.open(documentId).synced()
    const story = { kind: 'story', text: `Mijn winkel. ${zone}`, area: null, order: 'zz' } as const
    const cardId = `story-${zone}`
    addCard(pen.doc, { ...story, id: cardId, saidBy: ria.id, basis: 'own_words' })
    await pen.stored()
    const bytes = await sharp({
      create: { width: 400, height: 300, channels: 3, background: '#336699' },
    })
      .jpeg()
      .toBuffer()
    const put = await putPhoto(here.app.acts, ria.account, { documentId, cardId, alt, bytes })
    expect(put).toEqual({ cardId })
  }
})
afterAll(async () => {
  await here.close()
  own.remove()
})

type Photo = { documentId: string; cardId: string; alt: string; data: string; hash: string }
type File = Omit<ExportedFile, 'photos'> & { photos: Photo[] }
const fileOf = async (who: Guest) =>
  JSON.parse(JSON.stringify(await exportJson(here.app, who.account, 'plan-01'))) as File

/** `npm run verify -- file.json`, as an operator runs it. */
function verify(text: string): { code: number | null; said: string } {
  const path = `${own.path}/plan.json`
  writeFileSync(path, text)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/verify.ts', path], {
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

test('the file holds the photos of the zones one reads, and those only', async () => {
  const [hers, care] = [await fileOf(ria), await fileOf(fatima)]
  expect(hers.photos.map(({ alt }) => alt).sort()).toEqual([SECRET, ALT].sort())
  expect(care.photos.map(({ alt }) => alt)).toEqual([ALT])
  const [, bytes] = care.photos[0]!.data.split(',')
  const { format, width } = await sharp(Buffer.from(bytes!, 'base64')).metadata()
  expect({ format, width }).toEqual({ format: 'webp', width: 400 })
})

test('verify holds a file as it was exported, and finds a changed photo, word or byte', async () => {
  const file = await fileOf(fatima)
  const text = JSON.stringify(file)
  const whole = verify(text)
  expect(whole.code).toBe(0)
  expect(whole.said).toContain('plan-01: holds')
  const [photo] = file.photos
  const bytes = Buffer.from(photo!.data.split(',')[1]!, 'base64')
  bytes[bytes.length >> 1]! ^= 1
  const data = `data:image/webp;base64,${bytes.toString('base64')}`
  const changed = { ...file, photos: [{ ...photo!, cardId: 'story-shared', data }] }
  expect(brokenFile(changed)).toBe('the photo beside card story-shared was changed')
  expect(verify(text.replace('Mijn winkel.', 'Mijn wínkel.'))).toMatchObject({ code: 1 })
  expect(verify(text.replace(ALT, `${ALT}!`))).toMatchObject({ code: 1 })
  // one byte, anywhere: the file is refused, or found to be changed, and never said to hold
  for (let at = 1; at < text.length; at += Math.ceil(text.length / 12)) {
    const byte = text[at] === 'a' ? 'b' : 'a'
    const { code, said } = verify(text.slice(0, at) + byte + text.slice(at + 1))
    expect([1, 2], `${at}: ${said}`).toContain(code)
    expect(said).not.toContain('holds')
    expect(said).not.toMatch(/\n\s+at /) // no stack for who looks after it
  }
})

test('verify finds a picture that no event tells of, or that is missing; in the database and in a file', async () => {
  const { sql } = here.app.db
  const proof = async () => firstBreak(await proofOf(sql, 'plan-01'))
  expect(await proof()).toBe(null)
  // changed where it lies, with its hash
  const [{ data }] = (await sql`select data from photo where card_id = 'story-shared'`) as [
    { data: Uint8Array },
  ]
  const other = Buffer.from(data)
  other[other.length >> 1]! ^= 1
  const put = (bytes: Uint8Array) =>
    sql`update photo set data = ${Buffer.from(bytes)}, hash = encode(sha256(${Buffer.from(bytes)}), 'hex')
      where card_id = 'story-shared'`
  await put(other)
  expect(await proof()).toBe('the photo beside card story-shared was changed or added')
  const forged = JSON.stringify(await fileOf(fatima)) // hashed as a whole after the change
  expect(verify(forged)).toMatchObject({ code: 1 })
  await put(data)
  expect(await proof()).toBe(null)
  await sql`create temporary table aside as select * from photo where card_id = 'story-shared'`
  await sql`delete from photo where card_id = 'story-shared'`
  expect(await proof()).toBe('the photo beside card story-shared is missing')
  await sql`insert into photo select * from aside`
  expect(await proof()).toBe(null)
  // a picture laid into a file, with its hash and that of the whole file made anew
  const { hash, ...file } = await fileOf(fatima)
  const [photo] = file.photos
  const laid = createHash('sha256').update(other).digest('hex')
  const picture = `data:image/webp;base64,${other.toString('base64')}`
  const made = { ...file, photos: [{ ...photo!, hash: laid, data: picture }] }
  const sealed = { ...made, hash: hashOf(made as unknown as Json) }
  expect(hash).not.toBe(sealed.hash)
  const { code, said } = verify(JSON.stringify(sealed))
  expect(code).toBe(1)
  expect(said).toContain('was put there without an event')
})

test('moved, replaced, taken away, erased: the chain follows a picture wherever it goes', async () => {
  const { app } = here
  const { sql } = app.db
  const [from, to] = [await here.board('shared'), await here.board('care')]
  const pen = await ria.open(from).synced()
  const story = { kind: 'story', text: 'Het dorp.', area: null, order: 'zz' } as const
  for (const id of ['one', 'two'])
    addCard(pen.doc, { ...story, id, saidBy: ria.id, basis: 'own_words' })
  await pen.stored()
  const shot = (background: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer()
  const holds = async (step: string) =>
    expect(firstBreak(await proofOf(sql, 'plan-01')), step).toBe(null)
  const put = async (documentId: string, cardId: string, background: string) => {
    const bytes = await shot(background)
    const of = { documentId, cardId, alt: 'Het dorp', bytes }
    expect(await putPhoto(app.acts, ria.account, of)).toEqual({ cardId })
  }
  await put(from, 'one', '#aa0000')
  await put(from, 'two', '#aa0000')
  await put(from, 'one', '#00aa00')
  await holds('replaced')
  expect(await moveCard(app.acts, ria.account, { from, to, cardId: 'one' })).toMatchObject({ to })
  await holds('moved')
  const there = { documentId: to, cardId: 'one' }
  expect(await removePhoto(app.acts, ria.account, there)).toEqual({ cardId: 'one' })
  expect(await removePhoto(app.acts, ria.account, there)).toBe('nothing-to-decide')
  await holds('taken away')
  const gone = { documentId: from, cardId: 'two', askedBy: ria.id }
  expect(await eraseCard(app.acts, fatima.account, gone)).toMatchObject({ cards: ['two'] })
  await holds('erased')
  const told = (await events.ofPlan(sql, 'plan-01')).filter(({ kind }) => kind.startsWith('photo-'))
  expect(told.map(({ kind }) => kind).slice(-4)).toEqual([
    'photo-added',
    'photo-added',
    'photo-added',
    'photo-removed',
  ])
  expect(JSON.stringify(told)).not.toContain('Het dorp')
})

test('photos of before are told at the next start, once', async () => {
  const { sql } = here.app.db
  await sql`update photo set told = false`
  const before = (await events.ofPlan(sql, 'plan-01')).length
  await Promise.all([tellOld(sql), tellOld(sql)])
  const all = await events.ofPlan(sql, 'plan-01')
  expect(all.length).toBe(before + 2)
  for (const { actorId, body } of all.slice(before))
    expect([actorId, body]).toMatchObject([null, { toldLater: true }])
  expect(firstBreak(await proofOf(sql, 'plan-01'))).toBe(null)
})

test('a file of before photos and hashes were in it is still proven', async () => {
  const old: Partial<File> = await fileOf(fatima)
  delete old.photos
  delete old.hash
  delete old.proof!.photos
  expect(verify(JSON.stringify(old))).toMatchObject({ code: 0 })
})

test('on paper for the record a photo stands beside the story, with what is on it', async () => {
  const record = await planRecord(here.app, fatima.account, 'plan-01')
  if (typeof record === 'string') throw new Error(record)
  const pictures = await picturesOf(record)
  const bytes = await wholePdf(onRecord(record, 'nl'), 'nl', { compress: false, pictures })
  const { structure, untagged } = readPdf(bytes)
  expect({ figure: structure.includes('Figure'), untagged }).toEqual({ figure: true, untagged: 0 })
  const source = bytes.toString('latin1')
  expect(source).toContain(`/Alt (${ALT})`)
  expect(source.match(/\/Subtype \/Image/g)).toHaveLength(1)
  expect(source).not.toContain(SECRET)
  expect(onRecord(record, 'nl').board.flatMap(({ photo }) => photo?.alt ?? [])).toEqual([ALT])
})

/** Photos of the life story leave with the plan: in the file, proven, and on paper beside the story. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import sharp from 'sharp'
import { addCard } from '#live/documents.ts'
import { exportJson } from '#server/export/json.ts'
import { onRecord } from '#server/export/on-record.ts'
import { picturesOf } from '#server/export/pdf/export.ts'
import { wholePdf } from '#server/export/pdf/whole.ts'
import { planRecord } from '#server/export/record.ts'
import { brokenFile, type ExportedFile } from '#server/chain.ts'
import { putPhoto } from '#server/photos.ts'
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

type Photo = { cardId: string; alt: string; data: string; hash: string }
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

test('a file of before photos and hashes were in it is still proven', async () => {
  const old: Partial<File> = await fileOf(fatima)
  delete old.photos
  delete old.hash
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

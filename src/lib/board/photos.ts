/** The calls about photos. A picture is made small here first: phones make them larger than may be sent. */
import { m } from '#lib/paraglide/messages.js'

const WIDE = 1200
const HIGH = 900

async function made(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, WIDE / picture.width, HIGH / picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
  if (!blob) throw new Error('no picture')
  return blob
}

async function told(answer: Response): Promise<string | null> {
  if (answer.ok) return null
  const body = (await answer.json().catch(() => ({}))) as { message?: unknown }
  return typeof body.message === 'string' ? body.message : m.photo_trouble()
}

/** Sends a photo. Answers with what to say when it was refused; null when it is there. */
export async function putPhoto(path: string, file: File, alt: string): Promise<string | null> {
  if (alt.trim() === '') return m.photo_alt_first()
  let small: Blob
  try {
    small = await made(file)
  } catch {
    return m.photo_unreadable() // no picture, or of a kind this browser cannot open
  }
  const body = new FormData()
  body.set('photo', small, 'foto')
  body.set('alt', alt)
  try {
    return await told(await fetch(path, { method: 'PUT', body }))
  } catch {
    return m.photo_trouble()
  }
}

/** Takes a photo away. */
export async function removePhoto(path: string): Promise<string | null> {
  const headers = { 'content-type': 'application/json' }
  try {
    return await told(await fetch(path, { method: 'DELETE', headers, body: '{}' }))
  } catch {
    return m.photo_trouble()
  }
}

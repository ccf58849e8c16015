import { isRefusal } from '#plan/refusals.ts'
import { answered, refusalOf, signedIn } from '#server/http.ts'
import { mayPutPhoto, PHOTO_BYTES, putPhoto, readPhoto, removePhoto } from '#server/photos.ts'
import type { RequestHandler } from './$types'

const placeOf = ({ id, card }: { id: string; card: string }) => ({ documentId: id, cardId: card })

/** The photo beside a card. A browser may keep it, and asks each time whether it still may show it. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const photo = await readPhoto(app.acts, account, placeOf(event.params))
    if (isRefusal(photo)) return refusalOf(photo, event.request)
    const etag = `"${photo.hash}"`
    const headers = { etag, 'cache-control': 'private, no-cache', 'content-type': 'image/webp' }
    if (event.request.headers.get('if-none-match') === etag)
      return new Response(null, { status: 304, headers })
    return new Response(photo.data, { headers })
  })

/** Puts a photo beside a card of the life story: a form with `photo` and `alt`. */
export const PUT: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const refused = await mayPutPhoto(app.acts, account, placeOf(event.params))
    if (refused) return refusalOf(refused, event.request)
    if (Number(event.request.headers.get('content-length') ?? 0) > PHOTO_BYTES + 10_000)
      return refusalOf('too-large', event.request)
    const form = await event.request.formData().catch(() => null)
    const [file, alt] = [form?.get('photo'), form?.get('alt')]
    if (!(file instanceof File) || typeof alt !== 'string')
      return refusalOf('unreadable', event.request)
    const bytes = Buffer.from(await file.arrayBuffer())
    const of = { ...placeOf(event.params), alt, bytes }
    return answered(await putPhoto(app.acts, account, of), event.request)
  })

/** Takes the photo away. */
export const DELETE: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    answered(await removePhoto(app.acts, account, placeOf(event.params)), event.request),
  )

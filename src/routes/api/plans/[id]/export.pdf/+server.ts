import { Print, read } from '#server/doors.ts'
import { exportPdf } from '#server/export/pdf/export.ts'
import { fileOf, localeOf, refusalOf, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The plan on paper: `?for=me` for the client, `?for=record` with everything that is on record. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const asked = read(Print, Object.fromEntries(event.url.searchParams))
    if ('faults' in asked) return refusalOf('unreadable', event.request, asked.faults)
    const options = { reader: asked.value.for, locale: localeOf(event.request, event.cookies) }
    return fileOf(await exportPdf(app, account, event.params.id, options), event.request, {
      type: 'application/pdf',
      name: 'mijn-afspraken.pdf',
      write: (bytes) => new Uint8Array(bytes),
    })
  })

import { exportFhir } from '#server/export/fhir/bundle.ts'
import { fileOf, signedIn } from '#server/http.ts'
import type { RequestHandler } from './$types'

/** The shared part of a plan as a FHIR R4 Bundle. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) =>
    fileOf(await exportFhir(app, account, event.params.id), event.request, {
      type: 'application/fhir+json; charset=utf-8',
      name: 'plan.fhir.json',
      write: (bundle) => JSON.stringify(bundle),
    }),
  )

import { isRefusal } from '#plan/refusals.ts'
import { bodyOf, json, refusalOf, signedIn } from '#server/http.ts'
import { importPlan, mayImport } from '#server/import/plan.ts'
import { plansOf } from '#server/seated.ts'
import type { RequestHandler } from './$types'

/** The plans one sits at: `[{id, title}]`. */
export const GET: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    const lines = await plansOf(app, account)
    return json(lines.map(({ id, title }) => ({ id, title })))
  })

/** Takes in one plan object: 201 `{id}`; with a fault nothing is taken in and every fault is named. */
export const POST: RequestHandler = (event) =>
  signedIn(event, async (account, app) => {
    if (!(await mayImport(app.acts, account))) return refusalOf('no-access', event.request)
    const imported = await importPlan(
      app.acts,
      await bodyOf(event.request),
      app.config.demo,
      account,
    )
    if (isRefusal(imported)) return refusalOf(imported, event.request)
    if ('faults' in imported) return refusalOf('unreadable', event.request, imported.faults)
    return json(imported, 201)
  })

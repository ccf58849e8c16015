import type { RequestHandler } from './$types'

/** The database answers as well: requests can be sent here. */
export const GET: RequestHandler = async ({ locals }) => {
  const ready = await locals.table.ready()
  return Response.json({ ready }, { status: ready ? 200 : 503 })
}

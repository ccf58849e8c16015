/** The HTTP door: bodies read from `unknown`, refusals with their status and sentence. */
import type { GenericSchema, InferOutput } from 'valibot'
import { isRefusal, type Refusal } from '#plan/refusals.ts'
import { isDay } from '#live/documents.ts'
import type { App } from './app.ts'
import type { Account, Holder } from './auth/sessions.ts'
import { read } from './doors.ts'
import { csvOf, type AuditLine, type Period } from './looks.ts'
import { sentence, statusOf } from './refusals.ts'

/** What a route is given of the request (SvelteKit's event, as far as it is needed here). */
export type Door = {
  request: Request
  locals: { table: App; account: Account | null; holder: Holder | null }
}

const PLAIN = { 'cache-control': 'no-store' }

export const json = (value: unknown, status = 200): Response =>
  Response.json(value, { status, headers: PLAIN })

/** The language of an answer: as chosen on screen, else as the browser or program asks. */
export function localeOf(
  request: Request,
  chosen?: { get(name: string): string | undefined },
): 'nl' | 'en' {
  const language = chosen?.get('language')
  if (language === 'nl' || language === 'en') return language
  return /^\s*en\b/i.test(request.headers.get('accept-language') ?? '') ? 'en' : 'nl'
}

/** A refusal as it goes over HTTP: `{refusal, message}`, and for a body what was wrong where. */
export function refusalOf(
  refusal: Refusal,
  request: Request,
  faults?: readonly { path: string; fault: string }[],
): Response {
  const message = sentence(refusal, localeOf(request))
  return json({ refusal, message, ...(faults && { faults }) }, statusOf(refusal))
}

/** The answer of an act: its value, or its refusal. */
export function answered<T>(value: T | Refusal, request: Request, status = 200): Response {
  return isRefusal(value) ? refusalOf(value, request) : json(value, status)
}

/** A file to keep: what an export made, or its refusal. Its name tells nobody whose it is. */
export function fileOf<T>(
  value: T | Refusal,
  request: Request,
  file: { type: string; name: string; write(value: T): BodyInit },
): Response {
  if (isRefusal(value)) return refusalOf(value, request)
  const headers = {
    ...PLAIN,
    'content-type': file.type,
    'content-disposition': `attachment; filename="${file.name}"`,
  }
  return new Response(file.write(value), { headers })
}

/** The days a period was asked for with, `from` and `to`. */
export const periodOf = ({ searchParams }: URL): Period => {
  const day = (name: string) => {
    const value = searchParams.get(name)
    return isDay(value) ? value : null
  }
  return { from: day('from'), to: day('to') }
}

/** Lines of the access log: JSON, or a file with `?format=csv`. */
export function auditAnswer(
  lines: AuditLine[] | Refusal,
  { request, url }: { request: Request; url: URL },
): Response {
  if (isRefusal(lines) || url.searchParams.get('format') !== 'csv') return answered(lines, request)
  return fileOf(lines, request, {
    type: 'text/csv; charset=utf-8',
    name: 'access-log.csv',
    write: csvOf,
  })
}

/** The body as JSON; undefined when there is none that can be read. */
export async function bodyOf(request: Request): Promise<unknown> {
  try {
    const text = await request.text()
    return text === '' ? {} : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** A call for who is signed in. */
export async function signedIn(
  door: Door,
  act: (account: Account, app: App) => Promise<Response>,
): Promise<Response> {
  const { request, locals } = door
  if (!locals.account) {
    return refusalOf(locals.holder ? 'second-factor' : 'not-signed-in', request)
  }
  return safely(door, () => act(locals.account!, locals.table))
}

/** A call for who holds a session, also while a step of signing in is still to be taken. */
export async function held(
  door: Door,
  act: (holder: Holder, app: App) => Promise<Response>,
): Promise<Response> {
  const { request, locals } = door
  if (!locals.holder) return refusalOf('not-signed-in', request)
  return safely(door, () => act(locals.holder!, locals.table))
}

async function safely({ request, locals }: Door, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    locals.table.trouble('a call failed', error)
    return refusalOf('try-later', request)
  }
}

/** A call for who is signed in, with a body of a known shape. */
export function called<S extends GenericSchema>(
  door: Door,
  schema: S,
  act: (asked: InferOutput<S>, account: Account, app: App) => Promise<Response>,
): Promise<Response> {
  return signedIn(door, async (account, app) => {
    const asked = read(schema, await bodyOf(door.request))
    if ('faults' in asked) return refusalOf('unreadable', door.request, asked.faults)
    return act(asked.value, account, app)
  })
}

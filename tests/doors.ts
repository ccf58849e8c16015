/** Every door of the product, as it stands on disk: pages, their actions, calls of the API. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const ROOT = new URL('..', import.meta.url).pathname
const ROUTES = join(ROOT, 'src/routes')

export type Door = {
  /** The route as SvelteKit names it: `/plan/[id]`. */
  route: string
  method: string
  /** A page's form action; the call of a `+server.ts` has none. */
  action: string | null
  kind: 'page' | 'action' | 'call'
}

/** How a door is called in this file and in what a test says. */
export const nameOf = ({ route, method, action }: Door): string =>
  `${method} ${route}${action === null ? '' : `?/${action}`}`

/** Open to everybody, and why. Nothing of a plan may be behind these. */
export const PUBLIC: Record<string, string> = {
  'GET /': 'the start page; on the demo it names the seats one can take',
  'POST /?/sit': 'taking a demo seat: on the demo only',
  'GET /dev/post': 'the post of the demo; there is no such page elsewhere',
  'GET /inloggen': 'signing in',
  'POST /inloggen?/default': 'signing in',
  'GET /inloggen/organisatie': 'off to the organisation, to sign in there',
  'GET /inloggen/organisatie/terug': 'back from there, with a code that is checked',
  'POST /inloggen/passkey': 'signing in with a passkey',
  'PUT /inloggen/passkey': 'signing in with a passkey',
  'GET /link': 'asking for a link',
  'POST /link?/default': 'asking for a link; it goes to the mailbox only',
  'GET /link/[token]': 'a personal link, whose token is the key',
  'POST /link/[token]?/enter': 'a personal link, whose token is the key',
  'POST /link/[token]?/renew': 'asking for a new link; it goes to the mailbox only',
  'GET /wachtwoord': 'a forgotten password',
  'POST /wachtwoord?/default': 'a forgotten password; the link goes to the mailbox only',
  'GET /wachtwoord/[token]': 'choosing a password, with the token of the mail',
  'POST /wachtwoord/[token]?/default': 'choosing a password, with the token of the mail',
  'POST /api/session': 'signing in',
  'DELETE /api/session': 'signing out',
  'POST /uitloggen': 'signing out',
  'GET /lezen-en-zien': 'how one likes to read',
  'POST /lezen-en-zien?/default': 'how one likes to read',
  'GET /scherm': 'a big screen is nobody; it shows nothing until the chair of a meeting lets it in',
  'GET /healthz': 'the process lives',
  'GET /readyz': 'the database answers',
  'GET /metrics': 'counts of the machine, for this machine or with a token',
}
/** About who asks, whoever that is: signed in is enough, and only their own things are in it. */
export const OWN = new Set([
  'GET /plannen',
  'GET /thuis',
  'GET /scherm/toelaten',
  'GET /organisatie',
  'GET /api/organisations',
  'GET /api/plans',
  'GET /api/session',
  'POST /api/session/code',
  'PUT /api/session/code',
  'GET /inloggen/stap',
  'POST /inloggen/stap?/mail',
  'POST /inloggen/stap?/code',
  'GET /account',
  'POST /account/passkey',
  'PUT /account/passkey',
  ...['begin', 'confirm', 'spare', 'remove', 'password', 'end'].map((a) => `POST /account?/${a}`),
])

const routeOf = (file: string): string => {
  const folder = relative(ROUTES, dirname(file))
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('('))
  return `/${folder.join('/')}`
}

function actionsIn(source: string): string[] {
  const start = source.search(/export const actions\b/)
  if (start < 0) return []
  const block = source.slice(start, source.indexOf('\n}', start))
  return [...block.matchAll(/^ {2}(?:async )?(\w+)(?::|\()/gm)].map(([, name]) => name!)
}

/** Every door there is; a new file under `src/routes` is a new door without anybody saying so. */
export function doorsOnDisk(): Door[] {
  const doors: Door[] = []
  for (const entry of readdirSync(ROUTES, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const route = routeOf(file)
    if (entry.name === '+page.svelte')
      doors.push({ route, method: 'GET', action: null, kind: 'page' })
    if (!/^\+(page\.)?server\.ts$/.test(entry.name)) continue
    const source = readFileSync(file, 'utf8')
    for (const [, method] of source.matchAll(
      /export const (GET|POST|PUT|PATCH|DELETE|fallback)\b/g,
    )) {
      doors.push({ route, method: method!, action: null, kind: 'call' })
    }
    for (const action of actionsIn(source)) {
      doors.push({ route, method: 'POST', action, kind: 'action' })
    }
  }
  return doors.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  pattern?: string
  format?: string
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
}
type Operation = { requestBody?: { content?: { 'application/json'?: { schema?: Schema } } } }
const api = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** A body that can be read, made from what `docs/openapi.json` says of the call. */
export function bodyFor({ route, method }: Door, ids: Record<string, string>): unknown {
  const path = route.replaceAll('[', '{').replaceAll(']', '}')
  const operation = api.paths[path]?.[method.toLowerCase()]
  const schema = operation?.requestBody?.content?.['application/json']?.schema
  return schema ? example(schema, '', ids) : {}
}

/** Words that a schema of plain strings does not tell. */
const PLAIN: Record<string, string> = {
  email: 'wie@elders.example',
  role: 'relative',
  method: 'own_device',
  until: '2027-01-01',
  on: '2026-06-01',
  onAt: '2027-01-01T10:00:00.000Z',
}

function example(schema: Schema, name: string, ids: Record<string, string>): unknown {
  if (schema.$ref)
    return example(api.components.schemas[schema.$ref.split('/').at(-1)!]!, name, ids)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return example(first, name, ids)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object': {
      const keys = schema.required ?? []
      return Object.fromEntries(keys.map((k) => [k, example(schema.properties![k]!, k, ids)]))
    }
    case 'array':
      return []
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return 1
    case 'null':
      return null
    default:
      if (ids[name]) return ids[name]
      if (name in PLAIN) return PLAIN[name]
      if (schema.format === 'date-time') return '2027-01-01T10:00:00.000Z'
      if (schema.format === 'date' || schema.pattern?.includes('\\d{4}')) return '2027-01-01'
      if (schema.pattern?.includes('0-9a-f')) return 'a'.repeat(64)
      return 'woord'
  }
}

/** The socket.io events a browser may send, as `src/live/wire.ts` lists them. */
export function eventsOnDisk(): string[] {
  const source = readFileSync(join(ROOT, 'src/live/wire.ts'), 'utf8')
  const start = source.indexOf('export type ClientEvents')
  const block = source.slice(start, source.indexOf('\n}', start))
  return [...block.matchAll(/^ {2}'?([\w:-]+)'?: \(/gm)].map(([, name]) => name!)
}

/** Every setting, read in one place. A wrong one stops the start with a sentence that says what to write. */
import { isIP } from 'node:net'
import { LAST_DAY } from '#plan/waiting.ts'

export type Config = {
  port: number
  host: string
  /** Where people open the product, e.g. `https://tafel.example`; null: whatever host they use. */
  origin: string | null
  /** Folder of the embedded database, or `memory:`. */
  dataDir: string
  databaseUrl: string | null
  redisUrl: string | null
  smtpUrl: string | null
  /** From whom letters come. */
  mailFrom: string
  /** Whether people must show who they are in two ways, or may. */
  secondFactor: 'required' | 'offered'
  /** How long a session lasts without being used, and at the most. */
  sessionIdleMs: number
  sessionMaxMs: number
  /** What secrets of code apps are sealed with; null: see `auth/safe.ts`. */
  secretKey: string | null
  /** The key of before, or of soon: what is sealed with it opens, and is sealed anew; null: none. */
  secretKeyOld: string | null
  /** Days a personal link works, and the device that opened it is remembered. */
  linkDays: number
  /** The organisation's own sign-in; null: none. */
  oidc: { issuer: string; clientId: string; clientSecret: string | null; name: string } | null
  /** Choosing a seat without a password, and the ten demo plans. */
  demo: boolean
  limits: {
    /** bytes of one message on `/sync` */
    messageBytes: number
    updateBytes: number
    documentBytes: number
    cards: number
    fieldCharacters: number
    /** messages a second on one connection, and how many may come at once */
    messagesPerSecond: number
    burst: number
    connectionsPerPerson: number
    /** bytes waiting for a reader who does not read */
    backlogBytes: number
  }
  /** How many years the access log is kept; the law asks five at least. */
  logYears: number
  /** Milliseconds an untouched room stays in memory. */
  roomIdleMs: number
  /** Who may read `/metrics` from elsewhere; null: only this machine may. */
  metricsToken: string | null
  logLevel: 'silent' | 'error' | 'warn' | 'info'
  /** Milliseconds any question to the database may take. */
  queryMs: number
  /** After so many days without an outcome a round has run out. */
  roundDays: number
}

/** A setting that cannot be used; its message is for who starts the product. */
export class WrongSetting extends Error {}

const wrong = (name: string, say: string): never => {
  throw new WrongSetting(`${name}: ${say}`)
}

type Env = Record<string, string | undefined>

function number(env: Env, name: string, otherwise: number, min: number, max: number): number {
  const text = env[name]?.trim()
  if (!text) return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max) {
    wrong(name, `write a whole number from ${min} to ${max}, not "${text}".`)
  }
  return value
}

function url(env: Env, name: string, protocols: readonly string[], example: string): string | null {
  const text = env[name]?.trim()
  if (!text) return null
  const parsed = URL.parse(text)
  if (!parsed || !protocols.includes(parsed.protocol))
    wrong(name, `write an address such as ${example}.`)
  return text
}

const LEVELS = ['silent', 'error', 'warn', 'info'] as const
function level(env: Env): (typeof LEVELS)[number] {
  const word = env.LOG_LEVEL?.trim().toLowerCase() || 'info'
  return (
    LEVELS.find((one) => one === word) ?? wrong('LOG_LEVEL', `write one of ${LEVELS.join(', ')}.`)
  )
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** The host letters come from when nothing else was said: that of the pages. */
const mailHost = (origin: string | null): string => {
  const host = origin ? new URL(origin).hostname : 'localhost'
  return isIP(host.replace(/[[\]]/g, '')) ? 'localhost' : host
}

function secondFactor(env: Env, origin: string | null): Config['secondFactor'] {
  const word = env.SECOND_FACTOR?.trim().toLowerCase()
  if (!word) return origin?.startsWith('https:') ? 'required' : 'offered'
  if (word === 'required' || word === 'offered') return word
  return wrong('SECOND_FACTOR', `write "required" or "offered", not "${word}".`)
}

function secretKey(env: Env, name: 'SECRET_KEY' | 'SECRET_KEY_OLD'): string | null {
  const text = env[name]?.trim()
  if (!text) return null
  if (text.length < 32) wrong(name, 'write at least 32 characters nobody can guess.')
  if (name === 'SECRET_KEY_OLD' && !env.SECRET_KEY?.trim())
    wrong(name, 'write the key of from now on in SECRET_KEY as well.')
  return text
}

function oidc(env: Env): Config['oidc'] {
  const issuer = url(env, 'OIDC_ISSUER', ['https:', 'http:'], 'https://login.example')
  if (!issuer) return null
  if (new URL(issuer).protocol === 'http:' && !isLoopback(new URL(issuer).hostname))
    wrong('OIDC_ISSUER', 'write an address that begins with https://.')
  const clientId = env.OIDC_CLIENT_ID?.trim()
  if (!clientId) return wrong('OIDC_CLIENT_ID', 'write the name the provider knows us by.')
  const clientSecret = env.OIDC_CLIENT_SECRET?.trim() || null
  return { issuer, clientId, clientSecret, name: env.OIDC_NAME?.trim() || '' }
}

/** The settings of this process. */
export const ownConfig = (): Config => readConfig(process.env)

/** Reads the settings from an environment. Refuses by throwing `WrongSetting`. */
export function readConfig(env: Env): Config {
  const databaseUrl = url(
    env,
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgres://user@host/tafel',
  )
  const host = env.HOST?.trim() || '127.0.0.1'
  const origin = url(env, 'ORIGIN', ['http:', 'https:'], 'https://tafel.example')
  const word = env.DEMO?.trim().toLowerCase()
  if (word && !['0', '1', 'on', 'off', 'true', 'false'].includes(word)) {
    wrong('DEMO', `write "on" or "off", not "${word}".`)
  }
  const asked = word ? ['1', 'on', 'true'].includes(word) : null
  if (asked && databaseUrl)
    wrong('DEMO', 'the demo runs on the embedded database only; leave it out.')
  if (asked && !isLoopback(host)) {
    wrong('DEMO', `everyone could sign in as anyone on ${host}; use HOST=127.0.0.1 or DEMO=off.`)
  }
  return {
    port: number(env, 'PORT', 3000, 0, 65_535),
    host,
    origin: origin && new URL(origin).origin,
    dataDir: env.DATA_DIR?.trim() || 'data',
    databaseUrl,
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:'], 'redis://127.0.0.1:6379'),
    mailFrom: env.MAIL_FROM?.trim() || `Aan tafel <aan-tafel@${mailHost(origin)}>`,
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://mail.example:587'),
    secondFactor: secondFactor(env, origin),
    sessionIdleMs: number(env, 'SESSION_IDLE_MINUTES', 720, 5, 10_080) * 60_000,
    sessionMaxMs: number(env, 'SESSION_MAX_HOURS', 24, 1, 720) * 3_600_000,
    secretKey: secretKey(env, 'SECRET_KEY'),
    secretKeyOld: secretKey(env, 'SECRET_KEY_OLD'),
    linkDays: number(env, 'LINK_DAYS', 30, 1, 90),
    oidc: oidc(env),
    demo: asked ?? (databaseUrl === null && isLoopback(host)),
    limits: {
      messageBytes: number(env, 'LIMIT_MESSAGE_BYTES', 1_048_576, 1024, 16_777_216),
      updateBytes: number(env, 'LIMIT_UPDATE_BYTES', 524_288, 1024, 16_777_216),
      documentBytes: number(env, 'LIMIT_DOCUMENT_BYTES', 16_777_216, 65_536, 268_435_456),
      cards: number(env, 'LIMIT_CARDS', 500, 10, 10_000),
      fieldCharacters: number(env, 'LIMIT_FIELD_CHARACTERS', 20_000, 100, 1_000_000),
      messagesPerSecond: number(env, 'LIMIT_MESSAGES_PER_SECOND', 100, 5, 100_000),
      burst: number(env, 'LIMIT_BURST', 500, 10, 1_000_000),
      connectionsPerPerson: number(env, 'LIMIT_CONNECTIONS', 100, 2, 100_000),
      backlogBytes: number(env, 'LIMIT_BACKLOG_BYTES', 1_048_576, 65_536, 1_073_741_824),
    },
    metricsToken: env.METRICS_TOKEN?.trim() || null,
    logLevel: level(env),
    logYears: number(env, 'ACCESS_LOG_YEARS', 5, 5, 100),
    roomIdleMs: number(env, 'ROOM_IDLE_SECONDS', 60, 1, 86_400) * 1000,
    queryMs: number(env, 'QUERY_SECONDS', 10, 1, 600) * 1000,
    roundDays: number(env, 'ROUND_DAYS', LAST_DAY, 1, 365),
  }
}

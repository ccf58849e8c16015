/**
 * Outliving a database that restarts.
 *
 * postgres.js 3.4.9 throws from a socket event when a connection dies at a bad moment
 * (porsager/postgres #1208, #1154): nobody can catch that where it was asked. Only these errors are
 * let go, everything else still ends the process. What was asked gets no answer and runs into its
 * time limit; the log then asks again under the same name.
 */
const LOST = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

/** Whether an error says that the connection to the database, or to Redis, was lost. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  const stack = error.stack ?? ''
  const postgres = /[\\/]node_modules[\\/]postgres[\\/]/.test(stack)
  // the bus: Socket.IO's adapter does not catch what it publishes while Redis is away
  const redis = /[\\/]node_modules[\\/]@redis[\\/]/.test(stack)
  return LOST.has(code) || redis || (postgres && error instanceof TypeError)
}

let watching = false

/** Lets the process live through a lost connection to the database. */
export function outlive(trouble: (error: unknown) => void): void {
  if (watching) return
  watching = true
  const last = (error: unknown) => {
    if (isLostConnection(error)) return trouble(error)
    console.error(error)
    process.exit(1)
  }
  process.on('uncaughtException', last).on('unhandledRejection', last)
}

import { isLostConnection } from './db/outlive.ts'

/** What a log line says of an error. */
export type PlainError = {
  name: string
  /** As Node and PostgreSQL name it, and which rule of the database it was. */
  code?: string
  constraint?: string
  /** Of a lost connection only: it says where to, and nothing of what was asked. */
  message?: string
  /** Where in the code it was. */
  at?: string[]
}

/**
 * An error without its message: that may quote what somebody wrote, as a parser does and a database
 * does with a value it cannot take. Its kind, its code and its place in the code are enough to find it.
 */
export function plainly(error: unknown): PlainError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('')
  if (isLostConnection(error)) return { name, message }
  const known = error as { code?: unknown; constraint_name?: unknown } | null
  const word = (value: unknown) =>
    typeof value === 'string' && /^[\w-]{1,80}$/.test(value) ? value : undefined
  const code = word(known?.code)
  const constraint = word(known?.constraint_name)
  const below = message === '' ? stack : stack.slice(stack.indexOf(message) + message.length)
  const at = below.split('\n').filter((line) => /^ {4}at \S/.test(line))
  return { name, ...(code && { code }), ...(constraint && { constraint }), at: at.slice(0, 12) }
}

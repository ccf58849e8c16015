import { hash, verify } from '@node-rs/argon2'

/** argon2id with OWASP's second setting: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, outputLen: 32, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let nobody: Promise<string> | undefined

/** Whether this is the password. Takes as long where there is no account, so that nobody can tell. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const right = await verify(stored ?? (await nobody), password)
  return stored !== null && right
}

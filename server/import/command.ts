/** What the commands that fill a database share: how they say what went wrong, and first passwords. */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { WrongSetting } from '../config.ts'

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** A password to hand over once: 80 bits, none of its letters read alike. */
export const firstPassword = (): string => [group(), group(), group(), group()].join('-')

/** A file of JSON, or a sentence that says what is wrong with it. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new WrongSetting(`${path}: ${error.message}`)
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw missing ? new WrongSetting(`There is no file ${path}`) : error
  }
}

/** Runs a command: a sentence and exit code 1 when it cannot, its use when that is asked. */
export async function command(use: string, run: (args: string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.some((arg) => arg === '--help' || arg === '-h')) return console.log(use)
  try {
    await run(args)
  } catch (error) {
    console.error(error instanceof WrongSetting ? error.message : error)
    process.exitCode = 1
  }
}

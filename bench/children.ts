/** Every process this command starts, so that none outlives it. */
import type { ChildProcess } from 'node:child_process'

const living = new Set<ChildProcess>()
const farewells = new Set<() => Promise<void> | void>()

/** Keeps a child in mind until it has ended. */
export function keep<T extends ChildProcess>(child: T): T {
  living.add(child)
  child.once('exit', () => living.delete(child))
  return child
}

/** What must be done before the command ends, however it ends. */
export function atEnd(farewell: () => Promise<void> | void): void {
  farewells.add(farewell)
}

/** Ends a child and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(late)
}

/** Ends everything, the last begun first. */
export async function endAll(): Promise<void> {
  await Promise.all([...living].map((child) => end(child, 'SIGKILL')))
  for (const farewell of [...farewells].reverse()) {
    farewells.delete(farewell)
    await farewell()
  }
}

/** Lets an interrupted run end its children as well. */
export function guard(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void endAll().finally(() => process.exit(130)))
  }
  process.on('exit', () => {
    for (const child of living) child.kill('SIGKILL')
  })
}

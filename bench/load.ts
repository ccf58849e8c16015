/** The generator of the load, seen from the command: one process, one task at a time. */
import { fork, type ChildProcess } from 'node:child_process'
import { end, keep } from './children.ts'
import type { Task, tasks } from './load/tasks.ts'

type Answer = { id: number; felt?: unknown; error?: string }

export class Load {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve(felt: unknown): void; reject(why: Error): void }>()
  #count = 0

  constructor() {
    const main = new URL('./load/main.ts', import.meta.url)
    this.#child = keep(fork(main, { serialization: 'advanced' }))
    this.#child.on('message', ({ id, felt, error }: Answer) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(felt)
      else waiting?.reject(new Error(error))
    })
    this.#child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the load has ended'))
    })
  }

  /** Asks the people to do something. */
  ask<T extends Task>(
    name: T,
    asked: Parameters<(typeof tasks)[T]>[0],
  ): Promise<Awaited<ReturnType<(typeof tasks)[T]>>> {
    const id = this.#count++
    this.#child.send({ id, name, asked })
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve, reject })
    })
  }

  async end(): Promise<void> {
    await end(this.#child)
  }
}

import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'

/** PGlite in a thread of its own, so that a slow query never holds up the people who are typing. */
export type EmbeddedPostgres = { connect(): Duplex; close(): Promise<void> }

/** @param dataDir folder of the database; undefined keeps it in memory */
export async function startPGlite(dataDir: string | undefined): Promise<EmbeddedPostgres> {
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
    workerData: { dataDir },
  })
  worker.setMaxListeners(50)
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', () => {
      worker.off('error', reject)
      resolve()
    })
  })
  worker.on('error', (error) => {
    throw error // a database that died takes the process with it
  })
  return {
    connect: () => new Wire(worker),
    close: () =>
      new Promise((resolve) => {
        worker.once('exit', () => resolve())
        worker.postMessage(null)
      }),
  }
}

/**
 * The `socket` of one postgres.js connection: PostgreSQL's own protocol, posted to the thread.
 * PGlite has a single session, so there may be only one of these at a time: always `max: 1`.
 */
class Wire extends Duplex {
  readyState = 'open'
  readonly #worker: Worker
  #rest = Buffer.alloc(0)
  #started = false
  #done: (() => void) | undefined

  constructor(worker: Worker) {
    super()
    this.#worker = worker.on('message', this.#answer)
  }
  readonly #answer = (bytes: Uint8Array) => {
    if (bytes.length > 0) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
    const done = this.#done
    this.#done = undefined
    done?.()
  }
  override _read() {}
  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    let end = 0 // PGlite wants whole messages
    while (end + 5 <= bytes.length) {
      const size = this.#started ? 1 + bytes.readInt32BE(end + 1) : bytes.readInt32BE(end)
      if (end + size > bytes.length) break
      this.#started = true
      end += size
    }
    this.#rest = Buffer.from(bytes.subarray(end))
    if (end === 0) return done()
    this.#done = done
    this.#worker.postMessage(new Uint8Array(bytes.subarray(0, end)))
  }
  override _final(done: () => void) {
    this.#worker.off('message', this.#answer)
    this.readyState = 'closed'
    this.push(null)
    done()
  }
}

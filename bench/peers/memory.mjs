/**
 * Loaded before a server (`--import`) that is asked how much memory it uses: on SIGUSR2 it tidies
 * up and writes what is left to the file BENCH_MEMORY names.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

const file = process.env.BENCH_MEMORY
if (isMainThread && file) {
  setFlagsFromString('--expose-gc')
  const tidy = runInNewContext('gc')
  process.on('SIGUSR2', () => {
    tidy()
    tidy()
    const { heapUsed, external } = process.memoryUsage()
    writeFileSync(`${file}.new`, JSON.stringify({ bytes: heapUsed + external }))
    renameSync(`${file}.new`, file)
  })
}

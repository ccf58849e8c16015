/** The thread the embedded database runs in: PostgreSQL's own protocol in, its answer out. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

const port = parentPort!
const { dataDir } = workerData as { dataDir?: string }
const db = await PGlite.create({
  ...(dataDir !== undefined && { dataDir }),
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'],
})

let queue = Promise.resolve()
port.on('message', (message: Uint8Array | null) => {
  queue = queue.then(async () => {
    if (message === null) {
      await db.close()
      port.close()
      return
    }
    const answer: Uint8Array[] = []
    await db.execProtocolRawStream(message, {
      onRawData: (bytes) => void answer.push(bytes.slice()),
    })
    port.postMessage(new Uint8Array(Buffer.concat(answer)))
  })
})
port.postMessage('ready')

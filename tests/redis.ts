/** A Redis of the tests' own, on its own port, keeping nothing. */
import { spawn } from 'node:child_process'
import { createClient } from 'redis'
import { freePort } from './postgres.ts'

export type RedisServer = { url: string; stop(): Promise<void> }

/** Starts one. Throws a sentence that says what to install where there is none. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', args, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const missing = new Promise<never>((_resolve, reject) =>
    child.once('error', () =>
      reject(
        new Error('no redis-server on this machine: install it (apt-get install redis-server)'),
      ),
    ),
  )
  const url = `redis://127.0.0.1:${port}`
  await Promise.race([answering(url), missing])
  return {
    url,
    async stop() {
      if (child.exitCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const client = createClient({ url, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.ping()
      client.destroy()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('the Redis of the test did not start')
}

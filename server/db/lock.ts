import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { WrongSetting } from '../config.ts'

/**
 * Keeps a data folder for one process: two on one embedded database silently lose rows.
 *
 * A socket that answers is the lock, so that it is gone with its process, also after a kill -9.
 * Refuses with a sentence that says what to do.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = socketOf(folder)
  if (await answers(path)) {
    throw new WrongSetting(
      `DATA_DIR: another running process uses ${folder}; stop that one, or choose another folder.`,
    )
  }
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer((socket) => socket.end())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve)
  })
  server.unref()
  return () => void server.close()
}

function socketOf(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\aan-tafel-${name}`
  const inside = join(folder, 'lock.sock')
  return inside.length < 100 ? inside : join(tmpdir(), `aan-tafel-${name}.sock`) // paths of sockets are short
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The line under the channel, as Socket.IO's manager asks after it. */
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { Socket } from '#lib/live/engine.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a line that was silent too long is gone for everything that is asked until it closes', async () => {
  vi.stubGlobal('addEventListener', () => {}) // a browser's window has these
  vi.stubGlobal('removeEventListener', () => {})
  vi.useFakeTimers({ toFake: ['Date'] })
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (line) => line.send('0{"pingInterval":25000,"pingTimeout":20000}'))
  const socket = new Socket(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await new Promise<void>((done) => socket.on('open', done))
  expect(socket._hasPingExpired()).toBe(false)
  const closed = new Promise((done) => socket.on('close', done))
  vi.setSystemTime(Date.now() + 3_600_000)
  expect([socket._hasPingExpired(), socket._hasPingExpired()]).toEqual([true, true])
  expect(await closed).toBe('ping timeout')
  server.close()
})

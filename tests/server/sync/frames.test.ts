import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { packed } from '#server/sync/frames.ts'

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a packed frame of %i bytes is one whole message to a real client',
  async (length) => {
    const sockets = new WebSocketServer({ noServer: true })
    const server = createServer()
    const body = Uint8Array.from({ length }, (_, at) => at % 251)
    server.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, () => socket.write(packed(body))),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [data, binary] = (await once(client, 'message')) as [Buffer, boolean]
    expect(binary).toBe(true)
    expect(new Uint8Array(data)).toEqual(body)
    client.terminate()
    server.closeAllConnections()
    server.close()
  },
)

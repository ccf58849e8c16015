import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as decoding from 'lib0/decoding'
import { AWARENESS, REFUSED, SAVED, SYNC } from '#live/wire.ts'
import * as frames from '#server/sync/frames.ts'

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a packed frame of %i bytes is one whole message to a real client',
  async (length) => {
    const sockets = new WebSocketServer({ noServer: true })
    const server = createServer()
    const body = Uint8Array.from({ length }, (_, at) => at % 251)
    server.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, () => socket.write(frames.packed(body))),
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

test('what is written is what every Yjs client reads', () => {
  for (const length of [0, 1, 127, 128, 20_000, 70_000]) {
    const body = Uint8Array.from({ length }, (_, at) => at % 251)
    const wanted: [Uint8Array, number[]][] = [
      [frames.step1(body), [SYNC, 0]],
      [frames.step2(body), [SYNC, 1]],
      [frames.update(body), [SYNC, 2]],
      [frames.awareness(body), [AWARENESS]],
    ]
    for (const [frame, head] of wanted) {
      const decoder = decoding.createDecoder(frame)
      expect(head.map(() => decoding.readVarUint(decoder))).toEqual(head)
      expect([...decoding.readVarUint8Array(decoder)]).toEqual([...body])
      expect(decoding.hasContent(decoder)).toBe(false)
    }
  }
})

test('who is told what is saved reads the very numbers, also the largest', () => {
  const pairs = [
    0,
    1,
    127,
    128,
    16_384,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    Number.MAX_SAFE_INTEGER,
  ].map((clock, at) => [2 ** 32 - 1 - at, clock] as const)
  const decoder = decoding.createDecoder(frames.saved(pairs))
  const numbers = [SAVED, pairs.length, ...pairs.flat()]
  expect(numbers.map(() => decoding.readVarUint(decoder))).toEqual(numbers)
  expect(decoding.hasContent(decoder)).toBe(false)
})

test('a refusal says its reason', () => {
  const decoder = decoding.createDecoder(frames.refused('te groot, hè'))
  expect(decoding.readVarUint(decoder)).toBe(REFUSED)
  expect(decoding.readVarString(decoder)).toBe('te groot, hè')
})

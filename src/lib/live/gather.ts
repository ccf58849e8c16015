/**
 * Others' letters and carets are taken in together, at the pace of `pace.ts`; one's own caret goes out
 * at that pace, and others' carets, which the stock provider would send back, do not go out at all.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsUpdate } from 'y-protocols/sync'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { AWARENESS, SYNC } from '#live/wire.ts'
import { soon } from './pace.ts'

type Moved = { added: number[]; updated: number[]; removed: number[] }

/** Lets a connection gather; answers with how to take in at once what waits. */
export function gather(provider: WebsocketProvider): () => void {
  const { awareness, doc, messageHandlers } = provider
  let updates: Uint8Array[] = []
  let carets: Uint8Array[] = []
  let called = false

  const take = () => {
    called = false
    const [texts, places] = [updates, carets]
    updates = []
    carets = []
    for (const update of texts) Y.applyUpdate(doc, update, provider) // one by one: each has its hand
    for (const place of places) applyAwarenessUpdate(awareness, place, provider)
  }
  const wait = (list: Uint8Array[], decoder: decoding.Decoder) => {
    list.push(decoding.readVarUint8Array(decoder))
    if (!called) soon(() => called && take())
    called = true
  }

  const sync = messageHandlers[SYNC]
  messageHandlers[SYNC] = (encoder, decoder, ...rest) => {
    if (!provider.synced || decoding.peekVarUint(decoder) !== messageYjsUpdate)
      return sync?.(encoder, decoder, ...rest)
    decoding.readVarUint(decoder)
    wait(updates, decoder)
  }
  messageHandlers[AWARENESS] = (_encoder, decoder) => wait(carets, decoder)

  let telling = false
  const tell = () => {
    telling = false
    const { ws } = provider
    if (!provider.wsconnected || ws?.readyState !== ws?.OPEN) return // it says so itself, once it is back
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID]))
    ws?.send(encoding.toUint8Array(encoder))
  }
  awareness.off('update', provider._awarenessUpdateHandler)
  awareness.on('update', ({ added, updated, removed }: Moved) => {
    if (removed.includes(doc.clientID)) return tell() // the page goes: there is no later
    if (telling || !(added.includes(doc.clientID) || updated.includes(doc.clientID))) return
    telling = true
    soon(tell)
  })
  return take
}

/** What others do is taken in together; one's own caret goes out, others' carets do not. */
import * as encoding from 'lib0/encoding'
import * as decoding from 'lib0/decoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { messageYjsUpdate } from 'y-protocols/sync'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { AWARENESS, SYNC } from '#live/wire.ts'
import { gather } from '#lib/live/gather.ts'

let press: () => void = () => {}
let painted: () => void = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', (_name: string, act: () => void) => (press = act))
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => (painted = act))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A screen with its connection, and what comes and goes over that. */
function screen() {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  const sent: Uint8Array[] = []
  const provider = {
    ...{ doc, awareness, synced: true, wsconnected: true, messageHandlers: [] },
    ws: { OPEN: 1, readyState: 1, send: (bytes: Uint8Array) => sent.push(bytes) },
    _awarenessUpdateHandler: () => {},
  }
  const takeIn = gather(provider as unknown as WebsocketProvider)
  const handlers = provider.messageHandlers as ((...about: unknown[]) => void)[]
  const hears = (type: number, write: (to: encoding.Encoder) => void) =>
    handlers[type]!(encoding.createEncoder(), decoding.createDecoder(encoding.encode(write)))
  return {
    ...{ doc, awareness, sent, takeIn },
    letter: (update: Uint8Array) =>
      hears(SYNC, (to) => {
        encoding.writeVarUint(to, messageYjsUpdate)
        encoding.writeVarUint8Array(to, update)
      }),
    caret: (update: Uint8Array) =>
      hears(AWARENESS, (to) => encoding.writeVarUint8Array(to, update)),
  }
}
/** Somebody else's letters, each as it comes over the line. */
function typed(words: string): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const [at, letter] of [...words].entries()) doc.getText('goal').insert(at, letter)
  return updates
}

test('letters of others come in together, and none is lost when the line breaks', () => {
  const { doc, letter, takeIn } = screen()
  const [first, second, third] = typed('abc') as [Uint8Array, Uint8Array, Uint8Array]
  letter(first)
  letter(second)
  expect(doc.getText('goal').toString()).toBe('')
  vi.advanceTimersByTime(200)
  expect(doc.getText('goal').toString()).toBe('ab')
  letter(third)
  takeIn()
  expect(doc.getText('goal').toString()).toBe('abc')
  vi.advanceTimersByTime(200)
  expect(doc.getText('goal').toString()).toBe('abc')
})

test('who only reads sees the first letter at once, and the next together', () => {
  const { doc, letter } = screen()
  const [first, second, third] = typed('abc') as [Uint8Array, Uint8Array, Uint8Array]
  vi.advanceTimersByTime(1000)
  letter(first)
  vi.advanceTimersByTime(1)
  expect(doc.getText('goal').toString()).toBe('a')
  letter(second)
  letter(third)
  vi.advanceTimersByTime(20)
  expect(doc.getText('goal').toString()).toBe('a')
  vi.advanceTimersByTime(100)
  expect(doc.getText('goal').toString()).toBe('abc')
})

test('they wait for the frame that shows one’s own key, and not for ever', () => {
  const { doc, letter } = screen()
  const [first, second] = typed('ab') as [Uint8Array, Uint8Array]
  letter(first)
  press()
  vi.advanceTimersByTime(120)
  expect(doc.getText('goal').toString()).toBe('')
  painted()
  vi.advanceTimersByTime(1)
  expect(doc.getText('goal').toString()).toBe('a')
  press() // in a page that is not shown nothing is painted
  letter(second)
  vi.advanceTimersByTime(1000)
  expect(doc.getText('goal').toString()).toBe('ab')
})

test('one’s own caret goes out once for many keys; what others show does not go back', () => {
  const { awareness, caret, sent } = screen()
  const other = new Awareness(new Y.Doc())
  other.setLocalState({ caret: 'there' })
  caret(encodeAwarenessUpdate(other, [other.clientID]))
  vi.advanceTimersByTime(1000)
  expect(awareness.getStates().get(other.clientID)).toEqual({ caret: 'there' })
  expect(sent).toEqual([])
  for (const at of [1, 2, 3]) awareness.setLocalState({ at })
  vi.advanceTimersByTime(1000)
  expect(sent).toHaveLength(1)
  expect(new TextDecoder().decode(sent[0])).toContain('{"at":3}')
})

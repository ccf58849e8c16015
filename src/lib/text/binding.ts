import * as Y from 'yjs'
import { VOICE } from '#live/documents.ts'
import { difference } from './difference.ts'

type Delta = Y.YTextEvent['delta']
type Field = HTMLTextAreaElement | HTMLInputElement

/** Where a place in a text ends up after somebody else's change. `after`: behind what is put there. */
function moved(delta: Delta, index: number, stick: 'before' | 'after' = 'before'): number {
  let at = 0
  let result = index
  for (const op of delta) {
    if (op.retain) at += op.retain
    else if (typeof op.insert === 'string') {
      if (at < result || (stick === 'after' && at === result)) result += op.insert.length
      at += op.insert.length
    } else if (op.delete && at < result) result -= Math.min(op.delete, result - at)
  }
  return result
}

/**
 * Binds a field to a Y.Text.
 *
 * Only what changed is written; the caret stays at its letter when others write; an input method's
 * composition is left alone until it is done; undo takes back only one's own typing. What is typed
 * carries the voice of that moment: words typed for somebody, or, explicitly, nobody's but one's own.
 *
 * @param voice the voice mark to type with, asked for at every change; null: one's own words
 */
export function bindText(
  text: Y.Text,
  voice: () => string | null,
  onchange: () => void = () => {},
) {
  return (area: Field) => {
    const origin = { area }
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 600 })
    let shown = text.toString() // what the field showed when it last agreed with the document
    let waiting: Delta[] | null = null // others' changes, held back during a composition
    area.value = shown

    const push = () => {
      if (area.value === shown || !text.doc) return
      const change = difference(shown, area.value, area.selectionEnd ?? undefined)
      shown = area.value
      let from = change.start
      let to = change.start + change.remove
      for (const delta of waiting ?? []) {
        from = moved(delta, from, 'after')
        to = Math.max(from, moved(delta, to))
      }
      const mark = voice()
      text.doc.transact(() => {
        if (to > from) text.delete(from, to - from)
        if (change.insert) text.insert(from, change.insert, mark === null ? {} : { [VOICE]: mark })
      }, origin)
      onchange()
    }
    const show = (map: (index: number) => number) => {
      const [start, end] = [map(area.selectionStart ?? 0), map(area.selectionEnd ?? 0)]
      const { scrollTop } = area
      shown = text.toString()
      area.value = shown
      if (document.activeElement === area) area.setSelectionRange(start, end)
      area.scrollTop = scrollTop
    }
    const pull = (event: Y.YTextEvent) => {
      if (event.transaction.origin === origin) return
      if (waiting) waiting.push(event.delta)
      else show((index) => moved(event.delta, index))
    }
    const on: Record<string, (event: Event) => void> = {
      input: () => {
        if (!waiting) push()
      },
      compositionstart: () => (waiting ??= []),
      compositionend: () => {
        push()
        const held = waiting ?? []
        waiting = null
        if (held.length > 0) show((index) => held.reduce((at, delta) => moved(delta, at), index))
      },
      keydown: (event) => {
        const { key, ctrlKey, metaKey, shiftKey, altKey } = event as KeyboardEvent
        if (!(ctrlKey || metaKey) || altKey) return
        const letter = key.toLowerCase()
        if ((letter === 'z' && shiftKey) || (letter === 'y' && !shiftKey)) undo.redo()
        else if (letter === 'z') undo.undo()
        else return
        event.preventDefault()
      },
      beforeinput: (event) => {
        const { inputType } = event as InputEvent
        if (inputType === 'historyUndo') undo.undo()
        else if (inputType === 'historyRedo') undo.redo()
        else return
        event.preventDefault()
      },
      blur: () => undo.stopCapturing(),
    }
    for (const [name, handler] of Object.entries(on)) area.addEventListener(name, handler)
    text.observe(pull)
    return () => {
      for (const [name, handler] of Object.entries(on)) area.removeEventListener(name, handler)
      text.unobserve(pull)
      undo.destroy()
    }
  }
}

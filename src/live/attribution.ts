/** Who wrote which characters: from each operation's client id, and the voice that stands on it. */
import * as Y from 'yjs'
import type { PersonId } from '#plan/people.ts'
import { readVoiceMark, type Voice } from '#plan/voice.ts'
import { VOICE } from './documents.ts'

/** One stretch of text by one hand: who typed it, and who said it where that is someone else. */
export type Run = { text: string; clientId: number; voice: Voice | null }

/** The runs of a text, in order; together they are the text. */
export function runsOf(text: Y.Text): Run[] {
  const runs: Run[] = []
  let voice: Voice | null = null
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const content = item.content
    if (content instanceof Y.ContentFormat) {
      if (content.key === VOICE) voice = readVoiceMark(content.value)
    } else if (content instanceof Y.ContentString) {
      const last = runs.at(-1)
      const same =
        last?.clientId === item.id.client &&
        last.voice?.saidBy === voice?.saidBy &&
        last.voice?.basis === voice?.basis
      if (last && same) last.text += content.str
      else runs.push({ text: content.str, clientId: item.id.client, voice })
    }
  }
  return runs
}

/** One stretch as it is shown: who wrote it and who said it. */
export type Stretch = {
  text: string
  writer: PersonId | null
  saidBy: PersonId | null
  basis: Voice['basis'] | null
  /** Taken over from an earlier plan: nobody typed it here. */
  imported?: true
}

/** Hands by their client ids, as `stretches` takes them. */
export const handsOf = (ids: readonly number[]): ReadonlySet<number> => new Set(ids)
const NONE = handsOf([])

/** Runs with people in the place of client ids; neighbours of one hand and voice are joined. */
export function stretches(
  runs: readonly Run[],
  writerOf: (clientId: number) => PersonId | null,
  imported: ReadonlySet<number> = NONE,
): Stretch[] {
  const shown: Stretch[] = []
  for (const run of runs) {
    const writer = writerOf(run.clientId)
    const saidBy = run.voice?.saidBy ?? writer
    const basis = run.voice?.basis ?? null
    const taken = imported.has(run.clientId)
    const last = shown.at(-1)
    const same = last?.writer === writer && last.saidBy === saidBy && last.basis === basis
    if (last && same && (last.imported ?? false) === taken) last.text += run.text
    else shown.push({ text: run.text, writer, saidBy, basis, ...(taken && { imported: true }) })
  }
  return shown
}

/** Whether all of it was taken over from an earlier plan. */
export const isImported = (found: readonly Stretch[]): boolean =>
  found.length > 0 && found.every(({ imported }) => imported === true)

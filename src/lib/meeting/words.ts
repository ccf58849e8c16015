/** The words of a meeting: names of its items, times, what it lasts. */
import type { Item, ItemKind } from '#plan/agenda.ts'
import { clock, namedDay } from '#lib/look/dates.ts'
import { inARow } from '#lib/look/words.ts'
import { m } from '#lib/paraglide/messages.js'

const fixed: Partial<Record<ItemKind, () => string>> = {
  welcome: m.meeting_item_welcome,
  'who-i-am': m.meeting_item_who,
  close: m.meeting_item_close,
  goal: m.meeting_new_goal,
}
/** What an item is called on every screen. */
export const titleOf = (item: Pick<Item, 'kind' | 'title'>): string =>
  item.title || (fixed[item.kind]?.() ?? '')

const kinds: Record<ItemKind, () => string> = {
  welcome: m.meeting_kind_begin,
  'who-i-am': m.meeting_kind_begin,
  'look-back': m.meeting_kind_look_back,
  wish: m.meeting_kind_wish,
  point: m.meeting_kind_point,
  goal: m.meeting_kind_goal,
  other: m.meeting_kind_other,
  close: m.meeting_kind_end,
}
export const kindWord = (kind: ItemKind): string => kinds[kind]()

/** Whose hands are up, in order. */
export const wantsToSay = (names: readonly string[]): string =>
  names.length === 1
    ? m.meeting_wants_to_say({ who: names[0]! })
    : m.meeting_want_to_say({ who: inARow(names) })

/** A day with its name, and the time. */
export const dayAndTime = (at: string): string => `${namedDay(at)}, ${clock(at)}`

export const minutesWord = (count: number): string =>
  count === 1 ? m.meeting_one_minute() : m.meeting_minutes({ count })

export const nowIso = (): string => new Date().toISOString()

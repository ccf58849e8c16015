/** The words of the zones of a board: what each is called, and who can see it. */
import type { Zone } from '#plan/access.ts'
import { m } from '#lib/paraglide/messages.js'

const names: Record<Zone, () => string> = {
  shared: m.board_zone_shared,
  care: m.board_zone_care,
  client: m.board_zone_client,
  draft: m.board_zone_draft,
}
export const zoneWord = (zone: Zone): string => names[zone]()

const notes: Record<Zone, () => string> = {
  shared: m.board_zone_shared_who,
  care: m.board_zone_care_who,
  client: m.board_zone_client_who,
  draft: m.board_zone_draft_who,
}
export const zoneNote = (zone: Zone): string => notes[zone]()

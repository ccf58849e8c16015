/** The words of the zones of a board: what each is called, and who can see it. */
import type { Zone } from '#plan/access.ts'
import type { PersonId } from '#plan/people.ts'
import type { PartView } from '#live/views.ts'
import type { PlanView } from '#live/wire.ts'
import { shortName } from '#lib/look/people.ts'
import { m } from '#lib/paraglide/messages.js'

const names: Record<Zone, () => string> = {
  shared: m.board_zone_shared,
  care: m.board_zone_care,
  client: m.board_zone_client,
  draft: m.board_zone_draft,
}
/** The same for who is not the client: it names her. */
const namesOfClient: Partial<Record<Zone, (client: { who: string }) => string>> = {
  care: m.board_zone_care_of,
  client: m.board_zone_client_of,
}
/** Who reads it, and on which plan. */
type Reader = { me: PersonId; plan: Pick<PlanView, 'people' | 'client'> }
type Place = { zone: Zone; owner: PersonId | null; part: PartView | null }

/** What a place on the board is called; of the care zone a therapist has a part of their own. */
export function zoneWord({ zone, owner, part }: Place, { me, plan }: Reader): string {
  if (!part) {
    const client = plan.people.find(({ kind }) => kind === 'client')
    const of = client?.id === me ? undefined : namesOfClient[zone]
    return of ? of({ who: plan.client.callMe }) : names[zone]()
  }
  return owner === me ? m.board_part_own() : m.board_part_of({ name: shortName(part) })
}

const notes: Record<Zone, () => string> = {
  shared: m.board_zone_shared_who,
  care: m.board_zone_care_who,
  client: m.board_zone_client_who,
  draft: m.board_zone_draft_who,
}
export const zoneNote = ({ zone, part }: Place): string =>
  part ? m.board_part_who() : notes[zone]()

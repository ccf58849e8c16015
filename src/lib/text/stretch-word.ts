import type { Stretch } from '#live/attribution.ts'
import type { PersonView } from '#live/wire.ts'
import { shortName } from '#lib/look/people.ts'
import { m } from '#lib/paraglide/messages.js'

/** Whose stretch this is: who said it and who wrote it, or that it comes from an earlier plan. */
export function stretchWord(
  { imported }: Pick<Stretch, 'imported'>,
  speaker: PersonView | undefined,
  writer: PersonView | undefined,
): string {
  if (imported) {
    const who = speaker ?? writer
    return who ? m.text_imported_of({ who: shortName(who) }) : m.text_imported()
  }
  const hand = writer ? shortName(writer) : m.text_system()
  return speaker && speaker !== writer
    ? m.text_said_wrote({ said: shortName(speaker), wrote: hand })
    : hand
}

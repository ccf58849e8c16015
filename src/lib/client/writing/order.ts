/** On what ground somebody stands in for the client, in words; and days from now. */
import type { Role } from '#plan/people.ts'
import { m } from '#lib/paraglide/messages.js'

const grounds: Partial<Record<Role, (who: { who: string }) => string>> = {
  curator: m.client_ground_curator,
  mentor: m.client_ground_mentor,
  authorised_rep: m.client_ground_letter,
  partner_rep: m.client_ground_partner,
  family_rep: m.client_ground_family,
}

/** "Mentor: door de rechter benoemd." */
export const groundOf = (role: Role, who: { who: string }): string => grounds[role]?.(who) ?? ''

/** The same day some months later; where a month is shorter, its last day. */
export function later(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10)
}

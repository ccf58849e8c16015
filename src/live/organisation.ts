/** The page of an organisation, as its manager is given it: days and numbers, never words. */
import type { Deadline, Tape } from '#plan/deadlines.ts'
import type { Chase, Numbers } from '#plan/organisation.ts'

export type PlanNumbers = Omit<Numbers, 'deadlines'> & {
  id: string
  /** Whose plan it is: needed to ask after it, and all that is told of the client. */
  client: string
  /** The professional who answers for it; nobody else is named. */
  contact: string | null
  deadline: (Deadline & { tape: Tape }) | null
  chases: Chase[]
}

export type OrganisationPage = {
  id: string
  name: string
  today: string
  plans: PlanNumbers[]
  totals: { plans: number; late: number; waiting: number; withoutHerYes: number }
}

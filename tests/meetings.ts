/** Meetings that tests plan, and that are over when the test is. */
import { onTestFinished } from 'vitest'
import { inDays } from './days.ts'
import type { Caller } from './process.ts'

export type Planned = {
  id: string
  /** Takes a step as who planned it; fails when that is refused. */
  step(step: Record<string, string>): Promise<void>
}

/** A meeting in two weeks. After the test it is called off, or ended and its report set: it can run again. */
export async function meetingOf(by: Caller, planId: string, people: string[]): Promise<Planned> {
  const asked = { onAt: inDays(14), people }
  const { status, body } = await by.call('POST', `/api/plans/${planId}/meetings`, asked)
  if (status !== 201) throw new Error(`planning answered ${status} ${JSON.stringify(body)}`)
  const { id } = body as { id: string }
  const take = (step: Record<string, string>) =>
    by.call('POST', `/api/meetings/${id}/steps`, { step })
  onTestFinished(async () => {
    await by.call('DELETE', `/api/meetings/${id}`)
    await take({ do: 'finish' })
    await by.call('POST', `/api/meetings/${id}/report`, {})
  })
  return {
    id,
    async step(step) {
      const answer = await take(step)
      if (answer.status >= 300) throw new Error(`${step.do} answered ${answer.status}`)
    },
  }
}

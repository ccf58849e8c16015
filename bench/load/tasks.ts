/** Everything the people can be asked to do. */
import type { Seated } from '../seed.ts'
import * as moments from './moments.ts'
import { traffic } from './traffic.ts'

export const tasks = {
  traffic,
  ...moments,
  seed: async (asked: { env: Record<string, string>; sizes: number[] }): Promise<Seated> => {
    const { seed } = await import('../seed.ts')
    return seed(asked.env, asked.sizes)
  },
}

export type Task = keyof typeof tasks

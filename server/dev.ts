/** Development: the same table on Vite's own port. */
import type { Server } from 'node:http'
import { openTable } from './table.ts'

export async function attachDev(http: Server): Promise<{ close(): Promise<void> }> {
  const app = await openTable()
  await app.attach(http, { shared: true })
  return { close: () => app.close() }
}

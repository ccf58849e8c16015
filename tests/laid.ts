/**
 * The demo, laid once before all tests that start servers of their own: each of these takes a copy,
 * so that no test waits for ten plans to be read in anew.
 */
import { folder, LAID, start } from './process.ts'

export default async function lay(): Promise<() => void> {
  const place = folder()
  const server = await start({ DATA_DIR: place.path })
  await server.stop()
  process.env[LAID] = place.path
  return () => {
    delete process.env[LAID]
    place.remove()
  }
}

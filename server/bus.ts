/** Between processes: what was stored, closed or changed here, carried by Socket.IO's Redis streams. */
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import type { Hand } from './db/documents.ts'
import { WrongSetting } from './config.ts'
import type { Channel } from './meeting/channel.ts'
import type { Shown } from './sync/deps.ts'

/** What this process does on hearing of others. */
export type Hearing = {
  stored(shown: Shown): void
  closed(documentId: string): void
  people(planId: string): void
  session(sessionId: string): void
}

/** Tells the other processes; where there are none it does nothing. */
export type Bus = Hearing & { close(): Promise<void> }

/** One process alone has nobody to tell. */
export const alone: Bus = {
  stored: () => {},
  closed: () => {},
  people: () => {},
  session: () => {},
  close: () => Promise.resolve(),
}

/**
 * Joins the processes that share a Redis.
 *
 * A message that is lost does no harm: the next one shows a gap, and rooms ask the log from time
 * to time. Refuses to start, with a sentence, when Redis cannot be reached.
 */
export async function joinBus(
  url: string,
  channel: Channel,
  hearing: Hearing,
  trouble: (what: string, error: unknown) => void,
): Promise<Bus> {
  const client = createClient({ url, socket: { connectTimeout: 3000 }, disableOfflineQueue: true })
  // who listens waits for Redis to be back; refused at once, the adapter would ask again without end
  const duplicate = client.duplicate.bind(client)
  client.duplicate = (asked) => duplicate({ ...asked, disableOfflineQueue: false })
  let joined = false
  client.on('error', (error: unknown) => joined && trouble('redis was lost', error))
  try {
    await Promise.race([
      client.connect(),
      new Promise((_resolve, reject) => setTimeout(reject, 5000, new Error('no answer'))),
    ])
  } catch {
    client.destroy()
    throw new WrongSetting('REDIS_URL: no Redis answers there; start it, or leave REDIS_URL out.')
  }
  joined = true
  const { io } = channel
  io.adapter(createAdapter(client))
  io.on('stored', (shown) => hearing.stored(readShown(shown)))
  io.on('closed', (documentId) => hearing.closed(documentId))
  io.on('people', (planId) => hearing.people(planId))
  io.on('session', (sessionId) => hearing.session(sessionId))
  return {
    stored: (shown) =>
      void io.serverSideEmit('stored', { ...shown, data: Buffer.from(shown.data) }),
    closed: (documentId) => void io.serverSideEmit('closed', documentId),
    people: (planId) => void io.serverSideEmit('people', planId),
    session: (sessionId) => void io.serverSideEmit('session', sessionId),
    close: async () => {
      client.destroy()
      await Promise.resolve()
    },
  }
}

/** Another process of ours wrote it; only its bytes need their type back. */
function readShown(raw: unknown): Shown {
  const { documentId, base, seq, data, hands } = raw as Omit<Shown, 'data'> & {
    data: Uint8Array
    hands: Hand[]
  }
  return { documentId, base, seq, data: new Uint8Array(data), hands }
}

import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '#live/wire.ts'

/** The socket over which acts are asked for and heard of. */
export type Channel = Socket<ServerEvents, ClientEvents>

const AGAIN_MS = 2000

/**
 * Opens the channel. Its library comes beside the page, so that reading and writing wait for nothing
 * of it; where the network is away at that moment it is asked for again.
 */
export async function channel(
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<Channel> {
  for (;;) {
    const library = await import('./socket-io.ts').catch(() => null)
    if (library) return library.io({ path: '/socket.io', transports: ['websocket'], ...options })
    await new Promise((done) => setTimeout(done, AGAIN_MS))
  }
}

/** Hearing that a plan changed, or that access to it ends, without sitting at its table. */
import { channel } from './channel.ts'

type Watching = {
  plans(): Iterable<string>
  ended(planId: string): void
  /** What one may read of it changed; also said when the connection is back. */
  changed?(planId: string): void
  /** It could not be watched: access ended before, or this is not one's own screen now. */
  refused(refusal: string): void
}

/** Watches these plans, also over a lost connection, until what it returns is called. */
export function watch({ plans, ended, changed, refused }: Watching): () => void {
  let left = false
  const opening = channel({ forceNew: true }).then((socket) => {
    socket.on('connect', () => {
      for (const planId of plans())
        socket.emit('watch', planId, (reply) => void (reply.ok || refused(reply.refusal)))
    })
    socket.on('ended', (planId) => ended(planId))
    socket.on('changed', (planId) => changed?.(planId))
    socket.io.on('reconnect', () => [...plans()].forEach((planId) => changed?.(planId)))
    if (left) socket.disconnect()
    return socket
  })
  return () => {
    left = true
    void opening.then((socket) => socket.disconnect())
  }
}

/** Hearing that access to a plan ends, without sitting at its table. */
import { channel } from './channel.ts'

type Watching = {
  plans(): Iterable<string>
  ended(planId: string): void
  /** It could not be watched: access ended before, or this is not one's own screen now. */
  refused(refusal: string): void
}

/** Watches these plans, also over a lost connection, until what it returns is called. */
export function watch({ plans, ended, refused }: Watching): () => void {
  let left = false
  const opening = channel({ forceNew: true }).then((socket) => {
    socket.on('connect', () => {
      for (const planId of plans())
        socket.emit('watch', planId, (reply) => void (reply.ok || refused(reply.refusal)))
    })
    socket.on('ended', (planId) => ended(planId))
    if (left) socket.disconnect()
    return socket
  })
  return () => {
    left = true
    void opening.then((socket) => socket.disconnect())
  }
}

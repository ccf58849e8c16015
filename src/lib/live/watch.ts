/** Hearing that a plan changed, or that access to it ends, without sitting at its table. */
import { channel, type Channel } from './channel.ts'

type Watching = {
  plans(): Iterable<string>
  ended(planId: string): void
  /** What one may read of it changed; also said when it is watched again. */
  changed?(planId: string): void
  /** It could not be watched: access ended before, or this is not one's own screen now. */
  refused(refusal: string): void
}

/** Watches these plans, also over a lost connection, until what it returns is called. */
export function watch({ plans, ended, changed, refused }: Watching): () => void {
  let left = false
  let back = false
  const opening = channel({ forceNew: true }).then((socket) => {
    socket.on('connect', () => {
      for (const planId of plans()) watchOne(socket, planId, back)
      back = true
    })
    socket.on('ended', (planId) => ended(planId))
    socket.on('changed', (planId) => changed?.(planId))
    if (left) socket.disconnect()
    return socket
  })
  /** Only who may still watch it reads it anew: words somebody is writing outlive their access. */
  function watchOne(socket: Channel, planId: string, again: boolean): void {
    socket.emit('watch', planId, (reply) => {
      if (!reply.ok) refused(reply.refusal)
      else if (again) changed?.(planId)
    })
  }
  return () => {
    left = true
    void opening.then((socket) => socket.disconnect())
  }
}

import { channel, type Channel } from './channel.ts'
import { clearDevice, settle } from './own-device.ts'

/** How many seats the page on screen has taken by itself. */
export const taken = { count: 0 }

/** The talk an interpreter read along in is over: the page becomes the place where they wait. */
export const backToLobby = (): void => location.reload()

/** Answers to joining that mean: nothing of this plan may stay on the screen. */
export const isOut = (refusal: string): boolean =>
  ['no-access', 'between-talks', 'unknown-plan', 'not-signed-in'].includes(refusal)

/**
 * A seat that only listens: for pages that show something of a plan and decide nothing.
 *
 * It hears when access ends, also when that happened while there was no connection: then joining
 * again is refused.
 */
export class Seat {
  readonly #channel: Promise<Channel>
  #left = false
  #ended = $state(false)

  constructor(planId: string, changed: () => void) {
    this.#channel = channel({ forceNew: true }).then((socket) => {
      socket.on('connect', () => {
        socket.emit('join', planId, (reply) => {
          if (reply.ok || !isOut(reply.refusal)) return
          this.#ended = true
          void settle()
        })
      })
      socket.io.on('reconnect', changed)
      socket.on('plan', (id) => id === planId && changed())
      socket.on('ended', (id, talkOver) => {
        if (id !== planId) return
        this.#ended = true
        // what this device kept of it goes with the access
        void clearDevice(planId).then(() => talkOver && backToLobby())
      })
      followSession(socket, () => {
        this.#ended = true
        void settle()
      })
      if (this.#left) socket.disconnect()
      return socket
    })
  }

  get ended(): boolean {
    return this.#ended
  }
  leave(): void {
    this.#left = true
    void this.#channel.then((socket) => socket.disconnect())
  }
}

/** Signing out elsewhere cuts the connection; trying once more tells whether that is why. */
export function followSession(socket: Channel, ended: () => void): void {
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && socket.connect())
  socket.on('connect_error', (error) => isOut(error.message) && ended())
}

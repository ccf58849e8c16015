import type { Peer } from './peer.ts'

type Frame = [peer: Peer, frame: Uint8Array]

/** Reading what another process stored first: what people send meanwhile waits, in its order. */
export class CatchingUp {
  #underWay = false
  #inbox: Frame[] = []

  get underWay(): boolean {
    return this.#underWay
  }

  /** Keeps a frame for afterwards; false when nothing is being read. */
  keep(...frame: Frame): boolean {
    if (this.#underWay) this.#inbox.push(frame)
    return this.#underWay
  }

  /** Waits for what is read and does something with it (null: it could not be), then hands over what came. */
  async with<T>(
    reading: Promise<T>,
    take: (read: T | null) => void,
    receive: (...frame: Frame) => void,
  ): Promise<void> {
    this.#underWay = true
    const read = await reading.catch(() => null)
    this.#underWay = false
    take(read)
    for (const [peer, frame] of this.#inbox.splice(0)) if (!peer.closing) receive(peer, frame)
  }
}

import type { PersonId } from '#plan/people.ts'
import * as frames from './frames.ts'
import type { Peer } from './peer.ts'
import { Presence, read } from './presence.ts'

type Screens = {
  /** Whether a client id is this person's, or can still become so. */
  mayBe(clientId: number, person: PersonId): boolean
  /** The client id is this person's from now on. */
  bind(clientId: number, person: PersonId): void
}

/** The connections at one document, and where their carets are. */
export class Audience {
  readonly peers = new Set<Peer>()
  readonly #presence = new Presence()

  enter(peer: Peer): void {
    this.peers.add(peer)
  }

  leave(peer: Peer): void {
    this.peers.delete(peer)
    const farewell = this.#presence.leave(peer)
    if (farewell) this.tell(frames.awareness(farewell))
  }

  /** Sends one frame to everybody, but perhaps to one who has it already. */
  tell(frame: Uint8Array, except: Peer | null = null): void {
    const packet = frames.packed(frame)
    for (const peer of this.peers) if (peer !== except) peer.pass(packet)
  }

  /** Says to one connection who else is here. */
  introduce(peer: Peer): void {
    const everyone = this.#presence.everyone()
    if (everyone) peer.send(frames.awareness(everyone))
  }

  /** What a connection says of its own carets; false when it is no such thing. */
  hear(peer: Peer, states: Uint8Array, screens: Screens): boolean {
    const said = read(states)
    if (said === null) return false
    const person = peer.person.id
    const changed = this.#presence.take(said, peer, person, (id) => screens.mayBe(id, person))
    for (const clientId of changed) {
      peer.clientId = clientId
      screens.bind(clientId, person)
    }
    // to its sender as well: a client that hears nothing for 30 s believes the connection is dead
    if (changed.length > 0) this.tell(frames.awareness(this.#presence.encode(changed)))
    return true
  }
}

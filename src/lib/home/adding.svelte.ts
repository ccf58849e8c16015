import type { PersonId } from '#plan/people.ts'
import type { Basis } from '#plan/voice.ts'
import type { AddTo } from '#live/home.ts'
import { ownDraft, shareCard } from '#lib/board/calls.ts'
import * as laying from '#lib/board/laying.ts'
import { bareBoard, ZoneBoard } from '#lib/board/zone.svelte.ts'
import { forget } from '#lib/live/own-device.ts'

/** Where words go: on the board for everyone, or in a lane that is only mine. */
export type Place = 'shared' | 'mine'
/** Where they stand now: still being written, on their way, waiting for a line, refused, or there. */
export type Where = 'writing' | 'sending' | 'waiting' | 'refused' | Place

/** Something a relative adds away from the board; it stands somewhere only once the server has it. */
export class Adding {
  readonly #to: AddTo
  readonly #me: PersonId
  readonly #goalId: string | null
  #zone = $state.raw<ZoneBoard | null>(null)
  #stands = $state<Place | null>(null)
  #going = $state(false)
  #failed = $state(false)
  #card: string | null = null
  #close = () => {}

  constructor(to: AddTo, me: PersonId, goalId: string | null = null) {
    this.#to = to
    this.#me = me
    this.#goalId = goalId
  }

  /** The last try did not succeed; the words are where they were. */
  get failed(): boolean {
    return this.#failed
  }

  readonly where: Where = $derived.by(() => {
    if (this.#stands) return this.#stands
    if (!this.#going) return 'writing'
    switch (this.#zone?.live?.state) {
      case 'refused':
      case 'closed':
      case 'ended':
        return 'refused'
      case 'offline':
      case 'unsaved':
        return 'waiting'
      default:
        return 'sending'
    }
  })

  /** Whether leaving now would lose the words. */
  get underway(): boolean {
    return this.where === 'sending' || this.where === 'waiting'
  }

  /** Puts the words down; what is said of a goal is a point to talk about beside it. */
  async put(place: Place, text: string, basis: Basis): Promise<void> {
    if (this.where !== 'writing') return
    this.#failed = false
    this.#going = true
    const { planId, documentId: shared } = this.#to
    const documentId = place === 'shared' ? shared : await ownDraft(planId)
    if (documentId === null) {
      this.#going = false
      this.#failed = true
      return
    }
    const zone = new ZoneBoard(
      bareBoard(documentId, place === 'shared' ? 'shared' : 'draft', [this.#me]),
      this.#me,
      { planId, personId: this.#me },
    )
    this.#close = zone.open()
    this.#zone = zone
    await zone.ready()
    this.#card = laying.add(zone, {
      kind: this.#goalId === null ? 'wish' : 'point',
      area: null,
      text,
      voice: { saidBy: this.#me, basis },
      about: this.#goalId,
    })
    await zone.stored()
    this.#stands = place
  }

  /** Shares what stood in my own lane after all. */
  async share(): Promise<void> {
    if (this.#stands !== 'mine' || !this.#zone || this.#card === null) return
    this.#failed = false
    const shared = await shareCard(this.#zone.documentId, this.#card, this.#to.documentId)
    if (shared) this.#stands = 'shared'
    else this.#failed = true
  }

  /** Back to an empty hand: nothing of it is on its way any more. */
  again(): void {
    const refused = this.where === 'refused' && this.#zone?.documentId
    this.close()
    if (refused) void forget(this.#to.planId, refused)
    this.#zone = this.#stands = this.#card = null
    this.#going = this.#failed = false
  }

  close(): void {
    this.#close()
    this.#close = () => {}
  }
}

import { untrack } from 'svelte'
import * as Y from 'yjs'
import { isAgreed } from '#plan/agreement.ts'
import type { Pointing } from '#plan/meeting.ts'
import type { Person, PersonId } from '#plan/people.ts'
import type { Words } from '#plan/words.ts'
import { handsOf } from '#live/attribution.ts'
import { wordsOf } from '#live/documents.ts'
import type { DraftView, GoalPage, Permissions, Writers } from '#live/views.ts'
import type { GoalView, PersonView, PlanView } from '#live/wire.ts'
import { LiveDocument } from '#lib/live/document.svelte.ts'
import { forget, isOwnDevice, keptOf, settle, tie, type Keep } from '#lib/live/own-device.ts'
import { Table } from '#lib/live/table.svelte.ts'
import { Announcer, hearingOfPage } from '#lib/live/announcer.svelte.ts'
import { hearOthers } from '#lib/live/others.ts'
import { lineWord } from '#lib/look/line.ts'
import { othersWords } from '#lib/look/others.ts'
import { Remarks } from '#lib/remarks/remarks.svelte.ts'
import { shortName } from '#lib/look/people.ts'
import { news, type News } from './news.ts'
import { plainDraft, sameWords } from './text.ts'

/** What one does with a goal now: write it, answer to it, or live by it. */
export type Phase = 'writing' | 'asked' | 'agreed'

/** People as the rules know them: everyone a screen is given has access. */
const asPerson = (view: PersonView): Person => ({
  ...view,
  confidantOfClient: false,
  access: 'active',
})

/** One goal while it is on screen: its newest state, its live draft, and words that met a lock. */
export class Goal {
  readonly id: string
  /** What is said to who cannot see it change. */
  readonly announcer = new Announcer(othersWords)
  /** What people say about it. */
  readonly remarks: Remarks
  #page = $state.raw<GoalPage>() as GoalPage
  #table = $state.raw<Table | null>(null)
  #live = $state.raw<LiveDocument | null>(null)
  #closing = $state.raw<LiveDocument[]>([])
  #late = $state.raw<Words | null>(null)
  #lateFrom: string | null = null
  #news = $state.raw<News | null>(null)
  #kept = $state(false)
  #lockedNow = $state(false)
  /** Whether an answer that was given here did not arrive, and was not sent again. */
  answerIsLost = $state(false)
  #noAccess = $state(false)

  constructor(page: GoalPage) {
    this.id = page.goal.id
    this.#page = page
    this.remarks = new Remarks(page.plan.id, page.remarks)
  }

  get view(): GoalView {
    return this.#table?.goal(this.id) ?? this.#page.goal
  }
  get plan(): PlanView {
    return this.#table?.plan ?? this.#page.plan
  }
  get phase(): Phase {
    const { documentId, state } = this.view
    if (documentId !== null) return 'writing'
    return isAgreed(state) ? 'agreed' : 'asked'
  }
  get may(): Permissions {
    return this.#page.may
  }
  /** Who decides this goal; null for who may not read the zone of the care. */
  get deciding(): GoalPage['deciding'] {
    return this.#page.deciding
  }
  get wishes(): GoalPage['wishes'] {
    return this.#page.wishes
  }
  /** Wishes on the board it does not come from yet. */
  get otherWishes(): GoalPage['otherWishes'] {
    return this.#page.otherWishes
  }
  get people(): Person[] {
    return this.plan.people.map(asPerson)
  }
  get me(): PersonView {
    return this.person(this.#page.me) as PersonView // the page is only given to who is on the plan
  }
  get client(): PersonView | undefined {
    return this.plan.people.find(({ kind }) => kind === 'client')
  }
  person(id: PersonId | null): PersonView | undefined {
    return this.plan.people.find((person) => person.id === id)
  }
  name(id: PersonId | null): string {
    const person = this.person(id)
    return person ? shortName(person) : ''
  }

  /** The table of decisions; null until the page runs in a browser. */
  get table(): Table | null {
    return this.#table
  }
  /** Whether a meeting about this plan goes on now. */
  get inTalk(): boolean {
    return this.#table?.meeting?.state === 'under-way'
  }
  /** What somebody in a meeting points at, where it is this goal. */
  get pointing(): Pointing | null {
    const now = this.#table?.meeting?.pointing ?? null
    return now?.target === this.id ? now : null
  }
  /** The live draft of this round; null while the words lie still or before the page runs. */
  get live(): LiveDocument | null {
    return this.#live?.id === this.view.documentId ? this.#live : null
  }
  /** The draft as it is known without its document: as the page was given it, else its words. */
  get draft(): DraftView {
    const { draft } = this.#page
    return draft?.documentId === this.view.documentId ? draft : plainDraft(this.view)
  }
  /** The hands of the draft whose words were taken over from an earlier plan. */
  readonly imported: ReadonlySet<number> = $derived(handsOf(this.draft.imported))
  /** Whether words may be typed on this screen now. */
  get mayType(): boolean {
    const shut = ['closed', 'refused', 'ended']
    return this.may.write && this.live?.synced === true && !shut.includes(this.live.state)
  }
  /** Who is at the table now. */
  get here(): readonly PersonId[] {
    return this.#table?.here ?? []
  }
  /** My words that came after the text was closed; they stay as long as the page does. */
  get late(): Words | null {
    return this.#late
  }
  /** The late words are stored, for the table or for their writer: leaving the page loses nothing. */
  lateIsKept(): void {
    this.#kept = true
    if (this.#lateFrom) void forget(this.plan.id, this.#lateFrom)
  }
  /** The writer does not want these words any more. */
  discardLate(): void {
    this.lateIsKept()
    this.#late = null
  }
  /** Whose words of this goal may stay on this device. */
  get keep(): Keep {
    return { planId: this.plan.id, personId: this.#page.me, goalId: this.id }
  }
  /** Whether something is only on this screen. */
  get onlyHere(): boolean {
    return this.#live?.unsaved === true || (this.#late !== null && !this.#kept)
  }
  /** What just happened, in words, for who cannot see it happen. */
  get news(): News | null {
    return this.#news
  }
  /** The goal was agreed while this page was open. */
  get lockedNow(): boolean {
    return this.#lockedNow
  }
  /** Access has ended: nothing of the plan may stay on the screen. */
  get ended(): boolean {
    return this.#noAccess || this.#table?.ended === true || this.#live?.state === 'ended'
  }
  /** The page's data, read anew. */
  replace(page: GoalPage): void {
    this.#page = page
    this.remarks.replace(page.remarks)
    this.#table?.replace(page.plan)
  }
  /**
   * Reads the record anew, and says whether that could be done.
   *
   * Not by loading the page again: without a connection that ends on an error page, and the words
   * on this screen would be gone.
   */
  async refresh(): Promise<boolean> {
    try {
      const response = await fetch(`/api/plans/${this.plan.id}`)
      if (response.status === 401 || response.status === 403) this.#noAccess = true
      if (!response.ok) return false
      this.#table?.replace((await response.json()) as PlanView)
      return true
    } catch {
      return false
    }
  }

  /** Takes a seat and follows the goal until the returned function is called. */
  open(): () => void {
    const table = new Table(this.plan, this.#page.me, () => void this.refresh())
    table.onremarks = () => void this.remarks.refresh()
    this.#table = table
    void this.#findKept()
    const stop = $effect.root(() => {
      $effect(() => {
        const id = this.ended ? null : this.view.documentId
        untrack(() => this.#turnTo(id))
      })
      $effect(() => {
        for (const document of this.#closing) this.#letGo(document)
      })
      $effect(() => {
        if (this.ended) void settle()
      })
      $effect(() => {
        // closed by another: whether it was presented is read from the record
        if (this.live?.state === 'closed') untrack(() => void this.refresh())
      })
      $effect(() => {
        const { live } = this
        if (!live) return
        return hearOthers(live, this.#page.me, (who, things) => {
          if (this.person(who)) this.announcer.others(this.name(who), things)
        })
      })
      $effect(() => {
        const state = this.live?.state
        if (state === 'offline' || state === 'unsaved') this.announcer.interrupt(lineWord(state))
        else if (state === 'saved') this.announcer.back()
      })
      let before = untrack(() => this.view)
      $effect(() => {
        const after = this.view
        untrack(() => this.#tell(before, after))
        before = after
      })
    })
    return () => {
      stop()
      this.announcer.close()
      table.leave()
      for (const document of [this.#live, ...this.#closing]) document?.destroy()
      this.#live = null
      this.#closing = []
    }
  }

  /** Opens the document of a new round; the one before is kept until the server has closed it. */
  #turnTo(id: string | null) {
    const current = this.#live
    if (current?.id === id) return
    if (current) {
      if (this.ended) current.destroy()
      else this.#closing = [...this.#closing, current]
    }
    const path = `/api/documents/${id}/writers`
    const readWriters = () => fetch(path).then((r) => r.json() as Promise<Writers>)
    this.#live = id === null ? null : new LiveDocument({ id, readWriters, keep: this.keep })
  }

  /** Nothing typed is dropped: what did not enter before the close is kept for its writer. */
  #letGo(document: LiveDocument) {
    if (document.state !== 'closed') return
    const mine = document.read(wordsOf)
    const { words } = untrack(() => this.view)
    if (document.unsaved && !sameWords(mine, words)) {
      this.#late = mine
      this.#lateFrom = document.id
      this.#kept = false
    } else void forget(this.plan.id, document.id)
    untrack(() => (this.#closing = this.#closing.filter((other) => other !== document)))
    document.destroy()
  }

  /** Words this device kept for a round that was closed while nobody was here. */
  async #findKept() {
    if (!isOwnDevice(this.keep)) return
    const { id: planId } = this.plan
    for (const { documentId, goalId, unsent } of keptOf(planId)) {
      if (goalId !== this.id || documentId === this.view.documentId) continue
      const doc = new Y.Doc()
      const tied = unsent ? await tie(planId, documentId, doc) : null
      const mine = tied && wordsOf(doc)
      tied?.destroy()
      doc.destroy()
      if (mine && !sameWords(mine, this.view.words)) {
        this.#late = mine
        this.#lateFrom = documentId
        this.#kept = false
        return
      }
      await forget(planId, documentId)
    }
  }

  #tell(before: GoalView, after: GoalView) {
    if (before === after) return
    if (!isAgreed(before.state) && isAgreed(after.state)) this.#lockedNow = true
    else if (!isAgreed(after.state)) this.#lockedNow = false
    const found = news(before, after, (id) => this.name(id), this.#page.me)
    if (found === null) return
    this.#news = found
    if (found.urgent) this.announcer.interrupt(found.text)
    else if (hearingOfPage() !== 'quiet') this.announcer.say(found.text)
  }
}

import { sentencesOf } from './sentences.ts'

/** A piece of text that can be read out: what it is called on the screen, and its words. */
export type Part = { id: string; text: string }

/** Where the voice is: the part, and the sentence of it. */
export type Spot = { id: string; at: number }

/** The voice of this device for Dutch; none where it has only others. */
const dutchVoice = (): SpeechSynthesisVoice | null =>
  typeof speechSynthesis === 'undefined'
    ? null
    : (speechSynthesis.getVoices().find(({ lang }) => /^nl\b/i.test(lang)) ?? null)

/**
 * Reads a screen out, sentence by sentence, and knows which one it is at.
 *
 * One utterance a sentence: browsers stop in the middle of long ones, and the sentence that is
 * spoken can be marked. Where the device has no Dutch voice nothing is offered: a foreign voice
 * reading Dutch cannot be followed.
 */
export class Reading {
  #voice = $state.raw<SpeechSynthesisVoice | null>(null)
  #spot = $state.raw<Spot | null>(null)
  #run = 0

  /** Looks for a voice; browsers find theirs only after a while. Returns what stops looking. */
  open(): () => void {
    if (typeof speechSynthesis === 'undefined') return () => {}
    const look = () => (this.#voice = dutchVoice())
    look()
    speechSynthesis.addEventListener('voiceschanged', look)
    return () => {
      speechSynthesis.removeEventListener('voiceschanged', look)
      this.stop()
    }
  }

  get available(): boolean {
    return this.#voice !== null
  }
  get reading(): boolean {
    return this.#spot !== null
  }
  get spot(): Spot | null {
    return this.#spot
  }

  start(parts: readonly Part[]): void {
    this.stop()
    const run = ++this.#run
    const all = parts.flatMap(({ id, text }) =>
      sentencesOf(text).map((sentence, at) => ({ id, at, sentence })),
    )
    const speak = (n: number) => {
      const now = all[n]
      if (run !== this.#run) return
      if (!now || !this.#voice) {
        this.#spot = null
        return
      }
      this.#spot = { id: now.id, at: now.at }
      const utterance = new SpeechSynthesisUtterance(now.sentence)
      utterance.voice = this.#voice
      utterance.lang = this.#voice.lang
      utterance.rate = 0.9
      utterance.onend = () => speak(n + 1)
      utterance.onerror = () => run === this.#run && (this.#spot = null)
      speechSynthesis.speak(utterance)
    }
    speak(0)
  }

  stop(): void {
    this.#run++
    this.#spot = null
    if (typeof speechSynthesis !== 'undefined') speechSynthesis.cancel()
  }
}

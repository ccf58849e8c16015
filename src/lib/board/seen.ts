/** The words of something seen: how it was taken, and how often. */
import { OFTEN, SIGHTS, type Often, type Sight } from '#plan/cards.ts'
import { m } from '#lib/paraglide/messages.js'

const sights: Record<Sight, () => string> = {
  liked: m.board_saw_liked,
  disliked: m.board_saw_disliked,
  unclear: m.board_saw_unclear,
}
export const sightWord = (sight: Sight): string => sights[sight]()
export const sightChoices = () => SIGHTS.map((sight) => [sight, sightWord(sight)] as const)

const frequencies: Record<Often, () => string> = {
  once: m.board_saw_once,
  sometimes: m.board_saw_sometimes,
  often: m.board_saw_often,
}
export const oftenWord = (often: Often): string => frequencies[often]()
export const oftenChoices = () => OFTEN.map((often) => [often, oftenWord(often)] as const)

/** The words of how an answer was given, and of how the client took it; a missing one does not compile. */
import type { Method, Reaction } from '#plan/answers.ts'
import { m } from '#lib/paraglide/messages.js'

const methods: Record<Method, () => string> = {
  own_device: m.method_own_device,
  shared_screen: m.method_shared_screen,
  verbal_recorded: m.method_verbal_recorded,
  pictogram: m.method_pictogram,
  on_behalf: m.method_on_behalf,
  paper: m.method_paper,
  observed_response: m.method_observed_response,
}
export const methodWord = (method: Method): string => methods[method]()

const reactions: Record<Reaction, () => string> = {
  liked: m.reaction_liked,
  disliked: m.reaction_disliked,
  'no-reaction': m.reaction_none,
  'not-asked': m.reaction_not_asked,
}
export const reactionWord = (reaction: Reaction): string => reactions[reaction]()

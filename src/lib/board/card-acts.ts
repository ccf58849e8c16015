/** What one can do with a card, and what is asked then: here when somebody reaches for it. */
import { isQuestion } from '#plan/cards.ts'
import type { CardView } from '#live/views.ts'
import type { Item } from '#lib/look/menu.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Board } from './board.svelte.ts'
import type { ZoneBoard } from './zone.svelte.ts'

export { default as Asking } from './Asking.svelte'

/** What the board asks about a card before something happens with it. */
export type Asked = 'remove' | 'move' | 'talk' | 'see' | 'erase' | 'follow' | 'not-follow' | 'photo'

/** What an act is about: the card, where it lies, and what opens for it. */
type Around = {
  board: Board
  zone: ZoneBoard
  card: CardView
  ongoal: ((card: CardView) => void) | undefined
  onedit: () => void
  onask: (asked: Asked) => void
}

/** The menu of a card, as it stands now. */
export function actsOf({ board, zone, card, ongoal, onedit, onask }: Around): Item[] {
  const { kind } = card
  const refused = board.decided.notFollowed.some(({ cardId }) => cardId === card.id)
  const mine = card.writers.includes(board.me)
  const items: (Item | false | undefined)[] = [
    !isQuestion(card) && change({ board, zone, card, onedit }),
    kind === 'wish' &&
      board.may.createGoal &&
      ongoal && { label: m.board_make_goal(), icon: 'signpost', act: () => ongoal(card) },
    kind === 'observation' && {
      label: m.board_presume(),
      icon: 'circle-dashed',
      act: () => presume(board, zone, card),
    },
    kind === 'wish' &&
      zone.zone === 'shared' &&
      board.may.decideDissent && {
        label: refused ? m.plans_follow_again() : m.plans_not_follow(),
        icon: 'circle-pause',
        act: () => onask(refused ? 'follow' : 'not-follow'),
      },
    zone.zone === 'draft'
      ? { label: m.board_share_card(), icon: 'send', act: () => void share(board, zone, card) }
      : { label: m.board_talk(), icon: 'message-square-plus', act: () => onask('talk') },
    kind === 'story' &&
      zone.mayWrite && { label: m.photo_title(), icon: 'plus', act: () => onask('photo') },
    { label: m.board_move(), icon: 'arrow-right', act: () => onask('move') },
    { label: m.zone_who_sees(), icon: 'eye', act: () => onask('see') },
    ((board.may.removeAnyCard && !zone.part?.letIn) || mine) && {
      label: m.board_remove(),
      icon: 'x',
      act: () => onask('remove'),
    },
    zone.mayErase && { label: m.zone_erase(), act: () => onask('erase') },
  ]
  return items.filter((item) => item !== false && item !== undefined)
}

/** One's own words are changed; another's are corrected beside them. */
function change({ board, zone, card, onedit }: Omit<Around, 'ongoal' | 'onask'>): Item {
  if (zone.mayChange(card, board.me)) return { label: m.board_edit(), icon: 'pencil', act: onedit }
  const { id, kind, area } = card
  return {
    label: m.board_correct(),
    icon: 'pencil',
    act: () => (board.adding = { kind, area, corrects: id, zone: zone.documentId }),
  }
}

function presume(board: Board, zone: ZoneBoard, { id, area }: CardView): void {
  board.adding = { kind: 'wish', area, about: id, presumed: true, zone: zone.documentId }
}

async function share(board: Board, zone: ZoneBoard, { id }: CardView): Promise<void> {
  board.say((await board.share(zone, id)) ? m.board_added() : m.board_trouble())
}

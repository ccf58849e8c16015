/** What our documents have a place for, as a question about one touched path. */
import * as Y from 'yjs'
import { isArea } from '#plan/areas.ts'
import { isCardKind, isOften, isSight, lacksGround } from '#plan/cards.ts'
import { isBasis, readVoiceMark } from '#plan/voice.ts'
import {
  ACTION_FIELDS,
  CARD_FIELDS,
  GOAL_FIELDS,
  isDay,
  VOICE,
  type DocumentKind,
  type Field,
} from '#live/documents.ts'
import type { Reason, Writer } from './contract.ts'
import { ANY, DELETED, FORMAT, isKey, MAP, STRING, TEXT, TYPE } from './scan.ts'

/** One thing an update does: an insertion or a deletion, at a path from its root. */
export type Touch = {
  kind: 'insert' | 'delete'
  path: readonly string[]
  /** An insertion that takes the place of a value that stands. */
  overwrites: boolean
  ref: number
  typeRef: number
  values: readonly unknown[]
  format: { key: string; value: unknown } | null
  /** Whose operation is touched: for a deletion, whose it was. */
  client: number
}

const ORDER = /^[0-9A-Za-z]{1,64}$/

/** Whether a value fits a field. `null` takes a plain value away. */
function fits(field: Field, value: unknown, writer: Writer): boolean {
  if (value === null) return field !== 'text' && field !== 'card-kind'
  switch (field) {
    case 'card-kind':
      return isCardKind(value)
    case 'area':
      return isArea(value)
    case 'person':
      return typeof value === 'string' && writer.isPerson(value)
    case 'basis':
      return isBasis(value)
    case 'day':
      return isDay(value)
    case 'order':
      return typeof value === 'string' && ORDER.test(value)
    case 'wishes':
      return Array.isArray(value) && value.every((id) => typeof id === 'string' && isKey(id))
    case 'id':
      return typeof value === 'string' && isKey(value)
    case 'sight':
      return isSight(value)
    case 'often':
      return isOften(value)
    case 'text':
      return false
    default:
      return field satisfies never
  }
}

function inText(touch: Touch, writer: Writer): Reason | null {
  if (touch.kind === 'delete') return null
  if (touch.ref === STRING || touch.ref === DELETED) return null
  if (touch.ref !== FORMAT || touch.format === null) return 'shape'
  const { key, value } = touch.format
  if (key !== VOICE) return 'shape'
  if (value === null) return null
  const voice = readVoiceMark(value)
  if (!voice || !writer.isPerson(voice.saidBy)) return 'voice'
  return writer.canSpeak(voice.saidBy, voice.basis) ? null : 'voice'
}

/** A key of a map of fields, or what lies in the text behind it. */
function inFields(
  fields: Record<string, Field>,
  path: readonly string[],
  touch: Touch,
  writer: Writer,
): Reason | null {
  const [name = '', ...rest] = path
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field === undefined) return 'shape'
  if (rest.length > 0)
    return field === 'text' && rest.length === 1 ? inText(touch, writer) : 'shape'
  if (field === 'text') {
    // a shared text is made once: never replaced, never taken away but with its whole card
    if (touch.kind === 'delete' || touch.overwrites) return 'overwrite'
    if (touch.ref === DELETED) return null
    return touch.ref === TYPE && touch.typeRef === TEXT ? null : 'shape'
  }
  if (touch.kind === 'delete' || touch.ref === DELETED) return null
  if (touch.ref !== ANY) return 'shape'
  return touch.values.every((value) => fits(field, value, writer)) ? null : 'shape'
}

/** A whole entry of `cards` or `actions`: made once, taken away by who may. */
function entry(touch: Touch, mayRemove: boolean): Reason | null {
  if (touch.kind === 'delete') return mayRemove ? null : 'not-yours'
  if (touch.overwrites) return 'overwrite'
  if (touch.ref === DELETED) return null
  return touch.ref === TYPE && touch.typeRef === MAP ? null : 'shape'
}

/** What a card is, or becomes, is not everyone's to say: what was seen, and what is to be talked about. */
function ofKind({ kind, ref, values }: Touch, writer: Writer): Reason | null {
  if (kind === 'delete' || ref !== ANY) return null
  return values.every((value) => !isCardKind(value) || writer.mayAdd(value)) ? null : 'not-yours'
}

/** Why this may not be; null when it may. */
export function ruleFor(kind: DocumentKind, touch: Touch, writer: Writer): Reason | null {
  const [root, id, ...rest] = touch.path
  if (id === undefined) return 'shape'
  if (root === 'order') {
    if (rest.length > 0) return 'shape'
    if (touch.kind === 'delete' || touch.ref === DELETED) return null
    const valid = touch.ref === ANY && touch.values.every((value) => fits('order', value, writer))
    return valid ? null : 'shape'
  }
  if (kind === 'goal' && root === 'goal') return inFields(GOAL_FIELDS, [id, ...rest], touch, writer)
  const isCards = kind !== 'goal' && root === 'cards'
  if (!isCards && !(kind === 'goal' && root === 'actions')) return 'shape'
  if (rest.length > 0) {
    const why = inFields(isCards ? CARD_FIELDS : ACTION_FIELDS, rest, touch, writer)
    return why ?? (isCards && rest[0] === 'kind' ? ofKind(touch, writer) : null)
  }
  const own = writer.ownerOf(touch.client) === writer.personId
  return entry(touch, !isCards || writer.mayRemoveAnyCard || own)
}

/** Whether what is touched is only formatting being tidied away, which every client does by itself. */
export const isTidying = (touches: readonly Touch[]): boolean =>
  touches.every((touch) => touch.kind === 'delete' && touch.ref === FORMAT)

const isEntry = ({ kind, path }: Touch): boolean => kind === 'insert' && path.length === 2

/** A touch of these asks anew whether the voice of a card or goal may stand. */
const GROUNDS = new Set(['saidBy', 'basis', 'because', ''])

/** What must hold once the update is in: counts, lengths, and voices that fit their speakers. */
export function holds(
  doc: Y.Doc,
  kind: DocumentKind,
  touches: readonly Touch[],
  writer: Writer,
  limits: { cards: number; fieldCharacters: number },
): Reason | null {
  const entries = doc.getMap<Y.Map<unknown>>(kind === 'goal' ? 'actions' : 'cards')
  // counting walks them all, so only when one comes
  if (touches.some(isEntry) && entries.size > limits.cards) return 'too-large'
  let last: readonly string[] | null = null
  for (const { kind: how, path, ref } of touches) {
    if (
      how === 'delete' ||
      (last && path[0] === last[0] && path[1] === last[1] && path[2] === last[2])
    )
      continue
    const [root, id = '', field = ''] = path
    const fields =
      root === 'goal' ? doc.getMap<unknown>('goal') : root === 'order' ? undefined : entries.get(id)
    if (!(fields instanceof Y.Map)) continue
    last = ref === STRING ? path : null
    const text = fields.get(root === 'goal' ? id : field)
    if (text instanceof Y.Text && text.length > limits.fieldCharacters) return 'too-large'
    const name = root === 'goal' ? id : field
    if (!GROUNDS.has(name)) continue
    const [saidBy, basis] = [fields.get('saidBy'), fields.get('basis')]
    if (root === 'cards' && lacksGround(basis, String(fields.get('because') ?? ''))) return 'voice'
    if (typeof saidBy === 'string' && isBasis(basis) && !writer.canSpeak(saidBy, basis))
      return 'voice'
  }
  return null
}

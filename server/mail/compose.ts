/** From a kept letter to a mail: plain text, simple HTML, and a calendar part where there is a time. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Names } from '../db/mail.ts'
import type { Facts, Kind } from '../mail.ts'
import { WORDS, type Around, type Said } from './words.ts'

export type Mail = {
  subject: string
  text: string
  html: string
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string } | null
}

type Kept = { kind: string; facts: Record<string, unknown>; planId: string | null }

const TITLE = /^(dokter|dr\.?|pandit|mevrouw|mevr\.?|mw\.?|meneer|dhr\.?|de heer|tolk)(\s|$)/i

/** The name somebody may be called by in a mailbox: a first name, or none where only a title is known. */
export const callable = (name: string): string | null => {
  const word = name.trim().split(/\s+/)[0] ?? ''
  return word === '' || TITLE.test(name.trim()) || /^\p{L}\.$/u.test(word) ? null : word
}

/** How the client likes to be called, unless that is her surname. */
const clientName = ({ client, callMe }: Names): string | null => {
  const called = callMe?.trim() ?? ''
  if (called === '' || TITLE.test(called)) return null
  const surname = (client ?? '').replace(TITLE, '').trim().split(/\s+/).slice(1)
  return called.split(/\s+/).some((word) => surname.includes(word)) ? null : called
}

const known = (kind: string): kind is Kind => kind in WORDS

/** The letter in words; a letter of a kind this version does not know says nothing but hello. */
export function said(kept: Kept, names: Names | undefined): Said {
  const around: Around = {
    planId: kept.planId,
    client: names ? clientName(names) : null,
    own: names?.own ?? false,
  }
  if (!known(kept.kind)) throw new Error(`a letter of the kind ${kept.kind} has no words`)
  const words = WORDS[kept.kind] as (facts: Facts[Kind], around: Around) => Said
  return words(kept.facts, around)
}

/** A whole mail. `base` is where people open the product. */
export function compose(kept: Kept, names: Names | undefined, base: string): Mail {
  const { subject, lines, code, button, after = [] } = said(kept, names)
  const reader = names && callable(names.reader)
  const hello = reader ? `Dag ${reader},` : 'Dag,'
  const url = button && new URL(button.path, base).href
  const text = [
    hello,
    lines.join('\n'),
    code,
    button && `${button.label}:\n${url}`,
    after.join('\n'),
    'Aan tafel',
  ]
  const html = [
    p(hello),
    ...lines.map((line) => p(line)),
    code && `<p style="font-size:32px;font-weight:700;letter-spacing:4px">${escape(code)}</p>`,
    button &&
      `<p><a href="${escape(url!)}" style="display:inline-block;padding:14px 22px;background:#1c4a8a;color:#ffffff;border-radius:8px;text-decoration:none;font-weight:700">${escape(button.label)}</a></p>`,
    ...after.map((line) => p(line)),
    p('Aan tafel'),
  ]
  return {
    subject,
    text: text.filter(Boolean).join('\n\n') + '\n',
    html: page(subject, html.filter(Boolean).join('\n')),
    calendar: calendarOf(kept, base),
  }
}

function calendarOf({ kind, facts, planId }: Kept, base: string): Mail['calendar'] {
  if (kind !== 'meeting' && kind !== 'meeting-moved' && kind !== 'meeting-cancelled') return null
  const { uid, start, end, sequence = 0, place, link } = facts as Facts['meeting']
  const gone = kind === 'meeting-cancelled'
  const method = gone ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST
  const calendar = ical({ prodId: '//Aan tafel//Aan tafel//NL', method })
  calendar.createEvent({
    id: uid,
    sequence,
    start: new Date(start), // no time zone: written in UTC, which every calendar shows in its own
    end: new Date(end),
    summary: 'Gesprek aan tafel',
    location: place ?? link ?? null,
    status: gone ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    url: new URL(planId ? `/plan/${planId}` : '/plannen', base).href,
  })
  return { method: gone ? 'CANCEL' : 'REQUEST', content: calendar.toString() }
}

const p = (line: string) => `<p>${escape(line)}</p>`
const escape = (text: string) =>
  text.replace(/[&<>"']/g, (letter) => `&#${String(letter.codePointAt(0))};`)
const page = (title: string, body: string) => `<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title></head>
<body style="font-family:Verdana,Arial,sans-serif;font-size:18px;line-height:1.5;color:#1c2438;background:#ffffff;max-width:36em;margin:0 auto;padding:24px">
${body}
</body>
</html>
`

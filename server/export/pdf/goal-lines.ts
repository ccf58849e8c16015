/** One goal as lines of the client's paper: its words, who does what, and where she can answer. */
import type { PaperGoal, PaperQuote } from '#live/paper.ts'
import type { sentences } from '../sentences.ts'
import { INK, type Line, type Place, type Sheet, type Style } from './sheet.ts'

export const TEXT: Style = { face: 'text', size: 15 }
const BOLD: Style = { face: 'bold', size: 15 }
export const LEAD: Style = { face: 'text', size: 13, colour: INK.soft, leading: 1.5 }
const GOAL: Style = { face: 'bold', size: 22, leading: 1.24 }
export const QUOTE: Style = { face: 'voice', size: 18.5, leading: 1.36 }
export const HEAD: Style = { face: 'bold', size: 16, leading: 1.5 }

type Sign = 'patch' | 'calendar'

const scaled = <S extends Style>(stretches: readonly S[], scale: number): S[] =>
  stretches.map((one) => ({ ...one, size: one.size * scale }))

export class GoalLines {
  readonly #sheet: Sheet
  readonly #m: ReturnType<typeof sentences>

  constructor(sheet: Sheet, m: ReturnType<typeof sentences>) {
    this.#sheet = sheet
    this.#m = m
  }

  /** Its words, who does what, and how it was agreed. */
  words(goal: PaperGoal, asked: boolean, scale = 1): Line[] {
    const sheet = this.#sheet
    const width = sheet.width - 48
    const section = sheet.element('Sect')
    const p = (stretches: Parameters<Sheet['text']>[1], type = 'P', wide = width) =>
      sheet.text(sheet.element(type, section), scaled(stretches, scale), wide)
    const signed = (sign: Sign, stretches: Parameters<Sheet['text']>[1]) =>
      this.#signed(sign, p(stretches, 'P', width - 28))
    return [
      ...p([{ ...LEAD, text: goal.areaWord, colour: INK.agreed }]),
      ...goal.quotes.flatMap((quote) => [
        ...(quote.lead === '' ? [] : [sheet.gap(4), ...p([{ ...LEAD, text: quote.lead }])]),
        ...p([{ ...QUOTE, text: quote.literal ? `“${quote.text}”` : quote.text }]),
        sheet.gap(6),
      ]),
      sheet.gap(6),
      ...p([{ ...LEAD, text: goal.lead }]),
      ...p([{ ...GOAL, text: goal.text }], 'H2'),
      sheet.gap(12),
      ...this.#doing(section, goal, width, scale),
      ...(goal.success === null
        ? []
        : [
            ...p([{ ...LEAD, text: this.#m.export_success() }]),
            ...p([{ ...TEXT, text: goal.success }]),
            sheet.gap(8),
          ]),
      ...(goal.agreed
        ? [
            ...signed('patch', [
              { ...BOLD, text: `${goal.agreed.on} ` },
              { ...TEXT, text: goal.agreed.who.join(' ') },
            ]),
            sheet.gap(6),
          ]
        : []),
      ...goal.remarks.flatMap((remark) => this.#remark(remark, p)),
      ...goal.differs.flatMap(({ title, lead, text, by }) => [
        sheet.gap(6),
        ...p([{ ...BOLD, text: title }], 'H3'),
        ...p([{ ...TEXT, text: `${lead} ${text}` }]),
        ...p([{ ...LEAD, text: by }]),
        sheet.gap(6),
      ]),
      sheet.gap(goal.remarks.length > 0 ? 6 : 0),
      ...(goal.back === null ? [] : signed('calendar', [{ ...TEXT, text: goal.back }])),
      ...(asked ? [] : [sheet.gap(6), ...p([{ ...LEAD, size: 10.5, text: goal.code }])]),
    ]
  }

  #remark(remark: PaperQuote, p: (s: Parameters<Sheet['text']>[1]) => Line[]): Line[] {
    return p([
      { ...TEXT, text: `${remark.lead} ` },
      remark.literal
        ? { face: 'voice', size: 15.5, text: `“${remark.text}”` }
        : { ...TEXT, text: remark.text },
    ])
  }

  /** Who does what, as a table with its heads for who hears it. */
  #doing(section: Place, goal: PaperGoal, width: number, scale: number): Line[] {
    if (goal.doing.length === 0) return []
    const sheet = this.#sheet
    const who = 82
    const when = goal.doing.some((one) => one.when !== '') ? 118 : 0
    const what = width - who - when
    const caption = sheet.text(
      sheet.element('P', section),
      scaled([{ ...LEAD, text: this.#m.export_who_does() }], scale),
      width,
    )
    const table = sheet.element('Table', section)
    const rows = goal.doing.flatMap((one) => {
      const row = sheet.element('TR', table)
      const cells = [
        {
          lines: sheet.text(
            sheet.element('TH', row, { scope: 'Row' }),
            scaled([{ ...BOLD, text: one.who }], scale),
            who - 8,
          ),
          x: 0,
        },
        {
          lines: sheet.text(
            sheet.element('TD', row),
            scaled([{ ...TEXT, text: one.what }], scale),
            what - 12,
          ),
          x: who,
        },
        ...(when === 0
          ? []
          : [
              {
                lines: sheet.text(
                  sheet.element('TD', row),
                  scaled([{ ...TEXT, text: one.when }], scale),
                  when,
                ),
                x: who + what,
              },
            ]),
      ]
      return [sheet.rule(width), sheet.gap(5), ...sheet.columns(cells), sheet.gap(5)]
    })
    return [...caption, ...rows, sheet.gap(6)]
  }

  /** A line with a sign before it: the stitched patch of what is agreed, or a calendar. */
  #signed(sign: Sign, lines: readonly Line[]): Line[] {
    const { doc } = this.#sheet
    const sheet = this.#sheet
    const paths = {
      patch:
        'M5 4.5h14a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3z M7.8 12.3l2.9 2.9 5.6-6.1',
      calendar:
        'M5 4h14a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z M3 9h18 M8 2v4 M16 2v4',
    }
    return lines.map((line, at) => ({
      height: line.height,
      draw: (x, y) => {
        if (at === 0) {
          sheet.ornament(() => {
            doc
              .save()
              .translate(x, y + 1)
              .scale(0.78)
            doc.lineWidth(2).strokeColor(INK.agreed).path(paths[sign]).stroke()
            doc.restore()
          })
        }
        line.draw(x + 28, y)
      },
    }))
  }

  /** What was answered, or where to answer. */
  answer(goal: PaperGoal, tick: string): Line[] {
    const { given, code } = goal
    if (!given) return this.#ticks(goal, tick)
    const sheet = this.#sheet
    const p = (stretches: Parameters<Sheet['text']>[1]) =>
      sheet.text(sheet.element('P'), stretches, sheet.width - 48)
    return [
      sheet.gap(8),
      ...p([{ ...BOLD, text: given.said }]),
      ...p([{ ...TEXT, text: given.then }]),
      sheet.gap(6),
      ...p([{ ...BOLD, size: 13, text: code }]),
    ]
  }

  /** Where she can put her answer on paper; the code says to which words it belongs. */
  #ticks(goal: PaperGoal, tick: string): Line[] {
    const { doc } = this.#sheet
    const sheet = this.#sheet
    const m = this.#m
    const width = sheet.width - 48
    const p = (stretches: Parameters<Sheet['text']>[1], type = 'P', wide = width) =>
      sheet.text(sheet.element(type), stretches, wide)
    const box = (label: string): Line[] => [
      sheet.gap(6),
      ...p([{ ...TEXT, size: 17, text: label }], 'P', width - 40).map((line, at) => ({
        height: Math.max(line.height, 26),
        draw: (x: number, y: number) => {
          if (at === 0)
            sheet.ornament(() =>
              doc
                .lineWidth(1.4)
                .strokeColor(INK.text)
                .roundedRect(x, y + 1, 22, 22, 4)
                .stroke(),
            )
          line.draw(x + 36, y + 1)
        },
      })),
    ]
    const open = (label: string): Line[] =>
      p([{ ...TEXT, text: label }]).map((line) => ({
        height: 34,
        draw: (x, y) => {
          line.draw(x, y + 10)
          sheet.ornament(() =>
            doc
              .lineWidth(0.8)
              .strokeColor(INK.soft)
              .moveTo(x + 70, y + 29)
              .lineTo(x + width, y + 29)
              .stroke(),
          )
        },
      }))
    return [
      sheet.gap(8),
      ...p([{ ...HEAD, text: m.export_asked() }], 'H3'),
      ...box(m.export_tick_yes()),
      ...box(m.export_tick_no()),
      ...box(m.export_tick_talk()),
      ...open(m.export_tick_name()),
      ...open(m.export_tick_day()),
      sheet.gap(8),
      ...p([{ ...TEXT, size: 13, text: tick }]),
      ...p([{ ...BOLD, size: 13, text: goal.code }]),
    ]
  }
}

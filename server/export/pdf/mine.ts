/** The paper for the client: big letters, one goal in one frame, little ink (looks 08). */
import type { Paper, PaperGoal, PaperQuote } from '#live/paper.ts'
import { sentences, type Locale } from '../sentences.ts'
import { INK, MARGIN, Sheet, type Line, type Place, type Style } from './sheet.ts'

const TEXT: Style = { face: 'text', size: 15 }
const BOLD: Style = { face: 'bold', size: 15 }
const LEAD: Style = { face: 'text', size: 13, colour: INK.soft, leading: 1.5 }
const GOAL: Style = { face: 'bold', size: 22, leading: 1.24 }
const QUOTE: Style = { face: 'voice', size: 18.5, leading: 1.36 }
const HEAD: Style = { face: 'bold', size: 16, leading: 1.5 }

/** The plan as the client's own paper, as the bytes of a PDF. */
export function minePdf(paper: Paper, locale: Locale, compress = true): Promise<Buffer> {
  const m = sentences(locale)
  const title = `${paper.title} – ${paper.name}`
  const sheet = new Sheet({ title, lang: locale === 'nl' ? 'nl-NL' : 'en-GB', compress })
  new Mine(sheet, paper, m).draw()
  return sheet.finish(paper.foot, (page, pages) =>
    m.export_page({ page: String(page), pages: String(pages) }),
  )
}

const PAD = 20

type Sign = 'patch' | 'calendar'

const scaled = <S extends Style>(stretches: readonly S[], scale: number): S[] =>
  stretches.map((one) => ({ ...one, size: one.size * scale }))

class Mine {
  readonly #sheet: Sheet
  readonly #paper: Paper
  readonly #m: ReturnType<typeof sentences>

  constructor(sheet: Sheet, paper: Paper, m: ReturnType<typeof sentences>) {
    this.#sheet = sheet
    this.#paper = paper
    this.#m = m
  }

  draw(): void {
    const { goals, asked, notNow, also, change, tick } = this.#paper
    this.#head()
    for (const goal of goals) {
      // a little smaller where that keeps it on the page that was begun
      const sizes = [1, 0.94].map((scale) => this.#goal(goal, false, scale))
      const lines = sizes.find((one) => this.#sheet.leaves(one, PAD)) ?? sizes[0]!
      this.#framed(lines, true)
    }
    if (goals.length === 0 && asked.length === 0) {
      this.#plain(null, [this.#m.export_nothing()])
    }
    for (const goal of asked) {
      const [words, ticks] = [this.#goal(goal, true), this.#ticks(goal, tick)]
      const blocks = this.#sheet.fits([...words, ...ticks], PAD)
        ? [[...words, ...ticks]]
        : [words, ticks]
      for (const lines of blocks) this.#framed(lines, false)
    }
    if (notNow.length > 0) this.#notNow()
    if (also.length > 0) this.#plain(this.#m.export_also(), also)
    this.#plain(change.title, [change.text])
  }

  #head(): void {
    const { doc, left, width } = this.#sheet
    const sheet = this.#sheet
    const { title, name, contact } = this.#paper
    sheet.ornament(() => {
      const stripes = [INK.client, INK.client, INK.warm, INK.client]
      stripes.forEach((colour, at) => {
        doc.lineWidth(1.6).strokeColor(colour)
        doc
          .moveTo(left, sheet.y + 1 + at * 2.3)
          .lineTo(left + width, sheet.y + 1 + at * 2.3)
          .stroke()
      })
    })
    sheet.y += 24
    const side = contact ? 62 * (72 / 25.4) : 0
    const heads = [
      ...sheet.text(
        sheet.element('H1'),
        [{ text: title, face: 'bold', size: 32, leading: 1.1 }],
        width - side,
      ),
      ...sheet.text(
        sheet.element('P'),
        [{ text: name, face: 'voice-medium', size: 20, leading: 1.35, colour: INK.client }],
        width - side,
      ),
    ]
    const small: Style = { face: 'text', size: 13 }
    const about = contact
      ? sheet.text(
          sheet.element('P'),
          [
            { ...small, text: `${contact.lead}\n` },
            { ...small, face: 'bold', text: contact.name },
          ],
          side - 12,
        )
      : []
    sheet.put([
      sheet.beside([
        { lines: heads, x: 0 },
        { lines: [sheet.gap(14), ...about], x: width - side + 12 },
      ]),
    ])
    sheet.y += 16
  }

  /** A block in the green double frame of what is agreed, or in a plain one while it is asked. */
  #framed(lines: readonly Line[], agreed: boolean): void {
    const { doc } = this.#sheet
    const sheet = this.#sheet
    sheet.put(lines, {
      inset: 24,
      pad: PAD,
      frame: (x, y, w, h) =>
        sheet.ornament(() => {
          doc
            .lineWidth(1.1)
            .strokeColor(agreed ? INK.agreed : INK.soft)
            .roundedRect(x, y, w, h, 11)
            .stroke()
          if (!agreed) return
          doc
            .lineWidth(1.7)
            .dash(6, { space: 4 })
            .roundedRect(x + 5, y + 5, w - 10, h - 10, 8)
            .stroke()
          doc.undash()
        }),
    })
    sheet.y += 20
  }

  #goal(goal: PaperGoal, asked: boolean, scale = 1): Line[] {
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

  /** The wishes that are not followed now, each with its ground. */
  #notNow(): void {
    const sheet = this.#sheet
    const width = sheet.width - 48
    this.#paper.notNow.forEach(({ quote, why, by }, at) => {
      const section = sheet.element('Sect')
      const p = (stretch: Style & { text: string }, type = 'P') =>
        sheet.text(sheet.element(type, section), [stretch], width)
      const { lead, text, literal } = quote
      sheet.put(
        [
          ...(at === 0 ? p({ ...HEAD, text: this.#m.export_not_now() }, 'H2') : []),
          ...p({ ...LEAD, text: lead }),
          ...p({ ...QUOTE, text: literal ? `“${text}”` : text }),
          sheet.gap(4),
          ...why.flatMap((one) => p({ ...TEXT, text: one })),
          ...p({ ...LEAD, text: by }),
        ],
        { inset: 24 },
      )
      sheet.y += 16
    })
  }

  #plain(title: string | null, lines: readonly string[]): void {
    const sheet = this.#sheet
    const width = sheet.width - 48
    const section = sheet.element('Sect')
    sheet.put(
      [
        ...(title === null
          ? []
          : sheet.text(sheet.element('H2', section), [{ ...HEAD, text: title }], width)),
        ...lines.flatMap((text) =>
          sheet.text(sheet.element('P', section), [{ ...TEXT, text }], width),
        ),
      ],
      { inset: 24 },
    )
    sheet.y += 16
    if (sheet.y > sheet.bottom) sheet.y = Math.max(sheet.bottom, MARGIN.top)
  }
}

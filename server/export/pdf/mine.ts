/** The paper for the client: big letters, one goal in one frame, little ink (looks 08). */
import type { Paper } from '#live/paper.ts'
import { sentences, type Locale } from '../sentences.ts'
import { GoalLines, HEAD, LEAD, QUOTE, TEXT } from './goal-lines.ts'
import { INK, MARGIN, Sheet, type Line, type Style } from './sheet.ts'

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

class Mine {
  readonly #sheet: Sheet
  readonly #paper: Paper
  readonly #m: ReturnType<typeof sentences>
  readonly #goals: GoalLines

  constructor(sheet: Sheet, paper: Paper, m: ReturnType<typeof sentences>) {
    this.#sheet = sheet
    this.#paper = paper
    this.#m = m
    this.#goals = new GoalLines(sheet, m)
  }

  draw(): void {
    const { goals, asked, notNow, also, change, tick } = this.#paper
    this.#head()
    for (const goal of goals) {
      // a little smaller where that keeps it on the page that was begun
      const sizes = [1, 0.94].map((scale) => this.#goals.words(goal, false, scale))
      const lines = sizes.find((one) => this.#sheet.leaves(one, PAD)) ?? sizes[0]!
      this.#framed(lines, true)
    }
    if (goals.length === 0 && asked.length === 0) {
      this.#plain(null, [this.#m.export_nothing()])
    }
    for (const goal of asked) {
      const [words, ticks] = [this.#goals.words(goal, true), this.#goals.answer(goal, tick)]
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

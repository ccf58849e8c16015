/**
 * Paper: lines that flow over A4 pages, each in the place it has in the structure of the document.
 *
 * What is drawn and what a screen reader hears are made together: every text line is content of
 * its own structure element, everything else is marked as ornament. Blocks that belong together
 * stay on one page where they fit.
 */
import PDFDocument from 'pdfkit'
import { FACES, Letters, type Stretch } from './letters.ts'

type Element = PDFKit.PDFStructureElement
/** A place in the structure; it comes to be when something is drawn in it. */
export type Place = () => Element
export type { Stretch, Style } from './letters.ts'

const MM = 72 / 25.4
export const PAGE = { width: 210 * MM, height: 297 * MM }
export const MARGIN = { top: 14 * MM, side: 17 * MM, bottom: 21 * MM }
const PICTURE_HIGH = 60 * MM
export const INK = {
  text: '#192439',
  soft: '#3e4a5c',
  rule: '#b9b7ad',
  agreed: '#155b3f',
  client: '#235193',
  warm: '#e4b756',
} as const

/** Something with a height that is drawn at a place. */
export type Line = { height: number; draw(x: number, y: number): void }

export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly #root: Element
  y = MARGIN.top
  readonly left = MARGIN.side
  readonly width = PAGE.width - 2 * MARGIN.side
  readonly #bytes: Promise<Buffer>
  readonly #letters: Letters

  constructor({ title, lang, compress }: { title: string; lang: string; compress: boolean }) {
    this.doc = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      bufferPages: true,
      compress,
      pdfVersion: '1.7',
      subset: 'PDF/UA' as never, // known to pdfkit, not yet to its types
      tagged: true,
      lang,
      displayTitle: true,
      info: { Title: title, Creator: 'Aan tafel', Producer: 'Aan tafel' },
      font: FACES.text() as never, // declared as a name; a font's bytes are read as well
    })
    const chunks: Buffer[] = []
    this.#bytes = new Promise((done, fail) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
      this.doc.on('end', () => done(Buffer.concat(chunks)))
      this.doc.on('error', fail)
    })
    this.#letters = new Letters(this.doc)
    this.#root = this.doc.struct('Document')
    this.doc.addStructure(this.#root)
  }

  get bottom(): number {
    return PAGE.height - MARGIN.bottom
  }

  /** A new place in the structure, after those in which something was drawn. */
  element(type: string, parent: Place = () => this.#root, options: object = {}): Place {
    let made: Element | null = null
    return () => {
      if (made === null) parent().add((made = this.doc.struct(type, options)))
      return made
    }
  }

  /** Drawn for the eye only. */
  ornament(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }

  /** A paragraph as lines; stretches follow each other and keep their own look. */
  text(place: Place, stretches: readonly Stretch[], width: number): Line[] {
    const rows = this.#letters.rows(stretches, width)
    return rows.map((row, at) => {
      const size = Math.max(...row.map((one) => one.size))
      const height = size * (row[0]?.leading ?? 1.42)
      const said = at < rows.length - 1 ? ' ' : '' // lines of one sentence are read with a space
      return {
        height,
        draw: (x, y) => {
          place().add(() => {
            let along = x
            row.forEach((stretch, index) => {
              const { text, face, size: own, colour = INK.text } = stretch
              const last = index === row.length - 1 ? said : ''
              this.doc.font(face).fontSize(own).fillColor(colour)
              const options = { lineBreak: false, baseline: 'alphabetic' } as const
              this.doc.text(text + last, along, y + height / 2 + size * 0.32, options)
              along += this.#letters.wide(stretch)
            })
          })
        },
      }
    })
  }

  /** A picture no wider than half the sheet; who hears the paper hears what stands on it. */
  picture(place: Place, jpeg: Buffer, { alt, width, height }: Picture): Line {
    const scale = Math.min(this.width / 2 / width, PICTURE_HIGH / height)
    const [wide, high] = [width * scale, height * scale]
    return {
      height: high,
      draw: (x, y) => {
        const figure = this.element('Figure', place, { alt, bbox: [x, y, x + wide, y + high] })
        figure().add(() => this.doc.image(jpeg, x, y, { width: wide, height: high }))
      },
    }
  }

  gap = (height: number): Line => ({ height, draw: () => {} })

  rule(width: number): Line {
    return {
      height: 1,
      draw: (x, y) =>
        this.ornament(() => {
          this.doc
            .lineWidth(0.6)
            .strokeColor(INK.rule)
            .moveTo(x, y)
            .lineTo(x + width, y)
            .stroke()
        }),
    }
  }

  /** Two stacks of lines beside each other, each with its own heights, kept together. */
  beside(stacks: readonly { lines: readonly Line[]; x: number }[]): Line {
    const high = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.height, 0)
    return {
      height: Math.max(...stacks.map(({ lines }) => high(lines))),
      draw: (x, y) => {
        for (const stack of stacks) {
          let down = y
          for (const line of stack.lines) {
            line.draw(x + stack.x, down)
            down += line.height
          }
        }
      },
    }
  }

  /** Lines beside each other, as high as the highest. */
  columns(cells: readonly { lines: readonly Line[]; x: number }[]): Line[] {
    const count = Math.max(...cells.map(({ lines }) => lines.length))
    return Array.from({ length: count }, (_, at) => ({
      height: Math.max(...cells.map(({ lines }) => lines[at]?.height ?? 0)),
      draw: (x: number, y: number) => {
        for (const cell of cells) cell.lines[at]?.draw(x + cell.x, y)
      },
    }))
  }

  newPage(): void {
    this.doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
    this.y = MARGIN.top
  }

  /** Whether lines stand on one page, if it is theirs alone. */
  fits(lines: readonly Line[], pad = 0): boolean {
    return lines.reduce((sum, line) => sum + line.height, 2 * pad) <= this.bottom - MARGIN.top
  }

  /** Whether lines stand on what is left of the page that was begun. */
  leaves(lines: readonly Line[], pad = 0): boolean {
    return lines.reduce((sum, line) => sum + line.height, this.y + 2 * pad) <= this.bottom
  }

  /**
   * Puts lines on the paper. Together they stay on one page where that is possible; what is longer
   * than a page goes on on the next. `frame` is drawn around what stands on each page.
   */
  put(
    lines: readonly Line[],
    { inset = 0, pad = 0, frame }: { inset?: number; pad?: number; frame?: Frame } = {},
  ): void {
    const total = lines.reduce((sum, line) => sum + line.height, 2 * pad)
    const begun =
      this.y > MARGIN.top + (this.bottom - MARGIN.top) * (this.fits(lines, pad) ? 0 : 0.4)
    if (begun && this.y + total > this.bottom) this.newPage()
    let at = 0
    while (at < lines.length) {
      const top = this.y
      this.y += pad
      const from = at
      while (
        at < lines.length &&
        (at === from || this.y + lines[at]!.height + pad <= this.bottom)
      ) {
        lines[at]!.draw(this.left + inset, this.y)
        this.y += lines[at]!.height
        at++
      }
      this.y += pad
      frame?.(this.left, top, this.width, this.y - top)
      if (at < lines.length) this.newPage()
    }
  }

  /** Closes every page with its foot, and the document. */
  async finish(foot: string, page: (at: number, of: number) => string): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange()
    for (let at = 0; at < count; at++) {
      this.doc.switchToPage(at)
      const number = page(at + 1, count)
      this.doc.markContent('Artifact', { type: 'Pagination' })
      this.doc.font('text').fontSize(10).fillColor(INK.soft)
      const y = PAGE.height - 13 * MM
      const room = this.width - this.doc.widthOfString(number) - 12
      this.doc.text(foot, this.left, y, { lineBreak: false, width: room, ellipsis: true })
      const wide = this.doc.widthOfString(number)
      this.doc.text(number, this.left + this.width - wide, y, { lineBreak: false })
      this.doc.endMarkedContent()
    }
    this.#root.end()
    this.doc.end()
    return this.#bytes
  }
}

type Picture = { alt: string; width: number; height: number }
type Frame = (x: number, y: number, width: number, height: number) => void

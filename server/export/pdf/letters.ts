/** Letters: which face writes what, how wide words are, and where lines break. */
import { readFileSync } from 'node:fs'

export type Face = 'text' | 'bold' | 'voice' | 'voice-medium' | 'other'

const font = (name: string) => readFileSync(new URL(`../fonts/${name}.ttf`, import.meta.url))
/** The letters of the screens at fixed weights, and one face with the signs and scripts they lack. */
export const FACES: Record<Face, () => Buffer> = {
  text: () => font('AtkinsonHyperlegibleNext-Regular'),
  bold: () => font('AtkinsonHyperlegibleNext-Bold'),
  voice: () => font('Literata-Regular'),
  'voice-medium': () => font('Literata-Medium'),
  other: () => font('DejaVuSans'),
}

export type Style = { face: Face; size: number; colour?: string; leading?: number }
export type Stretch = { text: string } & Style

/** The letters of one document; a word is measured once a face. */
export class Letters {
  readonly #doc: PDFKit.PDFDocument
  readonly #widths = new Map<string, number>()

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc
    for (const [face, read] of Object.entries(FACES)) doc.registerFont(face, read())
  }

  /** A paragraph broken into the rows in which it is drawn. */
  rows(stretches: readonly Stretch[], width: number): Stretch[][] {
    return this.#wrap(this.#writable(stretches), width)
  }

  /** How wide words are; the same word is measured once a face. */
  wide({ text, face, size }: Stretch): number {
    const key = `${face} ${text}`
    let wide = this.#widths.get(key)
    if (wide === undefined) {
      wide = this.#doc.font(face).fontSize(100).widthOfString(text) / 100
      this.#widths.set(key, wide)
    }
    return wide * size
  }

  /** Whether a face has a sign for this; pdfkit knows, and does not tell. */
  #has(face: Face, letter: string): boolean {
    const key = `${face} has ${letter}`
    let has = this.#widths.get(key)
    if (has === undefined) {
      this.#doc.font(face)
      const { _font } = this.#doc as unknown as {
        _font: { font: { hasGlyphForCodePoint(code: number): boolean } }
      }
      has = Number(_font.font.hasGlyphForCodePoint(letter.codePointAt(0)!))
      this.#widths.set(key, has)
    }
    return has === 1
  }

  /** The same stretches, with what their own face cannot write in the other face. */
  #writable(stretches: readonly Stretch[]): Stretch[] {
    return stretches.flatMap((stretch) => {
      const parts: Stretch[] = []
      for (const letter of stretch.text) {
        const lacks = letter.trim() !== '' && !this.#has(stretch.face, letter)
        const face = lacks && this.#has('other', letter) ? 'other' : stretch.face
        const last = parts.at(-1)
        if (last?.face === face) last.text += letter
        else parts.push({ ...stretch, face, text: letter })
      }
      return parts
    })
  }

  /** Breaks at spaces; a word wider than the column at its letters. */
  #wrap(stretches: readonly Stretch[], width: number): Stretch[][] {
    const rows: Stretch[][] = [[]]
    let used = 0
    const put = (stretch: Stretch, wide: number) => {
      const row = rows.at(-1)!
      const last = row.at(-1)
      if (
        last?.face === stretch.face &&
        last.size === stretch.size &&
        last.colour === stretch.colour
      )
        last.text += stretch.text
      else row.push({ ...stretch })
      used += wide
    }
    const next = () => {
      const last = rows.at(-1)!.at(-1)
      if (last) last.text = last.text.trimEnd()
      rows.push([])
      used = 0
    }
    for (const stretch of stretches) {
      for (const word of stretch.text.match(/\n|[ \t]+|[^ \t\n]+/g) ?? []) {
        if (word === '\n') {
          next()
          continue
        }
        const blank = word.trim() === ''
        const piece = { ...stretch, text: blank ? ' ' : word }
        const wide = this.wide(piece)
        if (blank) {
          if (used > 0) put(piece, wide)
        } else if (used + wide <= width) put(piece, wide)
        else if (wide <= width) {
          next()
          put(piece, wide)
        } else {
          for (const letter of word) {
            const one = { ...stretch, text: letter }
            const own = this.wide(one)
            if (used + own > width) next()
            put(one, own)
          }
        }
      }
    }
    return rows
  }
}

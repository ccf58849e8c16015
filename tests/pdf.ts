/** Reads a PDF of ours that was made without compression: what it says, and how it is built. */

export type ReadPdf = {
  /** What it says to who hears it: the structure, in its order; white space folded. */
  text: string
  /** What stands on the pages for the eye only: page numbers and codes. */
  ornaments: string
  catalog: string
  /** The kinds of structure elements that are used. */
  structure: string[]
  pages: number
  /** Letters drawn outside a marked place: a screen reader would not know what they are. */
  untagged: number
}

type Objects = ReadonlyMap<string, string>

export function readPdf(bytes: Buffer): ReadPdf {
  const source = bytes.toString('latin1')
  const objects: Objects = new Map(
    [...source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]),
  )
  const letters = fontsOf(objects)
  const pages = [...objects].filter(([, body]) => /\/Type \/Page\b/.test(body))
  const read = new Map(pages.map(([id, page]) => [id, readPage(page, objects, letters)]))
  const catalog = [...objects.values()].find((body) => body.includes('/Type /Catalog')) ?? ''
  const kinds = new Set<string>()
  const said = (id: string): string => {
    const body = objects.get(id)!
    const kind = /^<<\n\/S \/(\w+)/.exec(body)?.[1]
    if (kind) kinds.add(kind)
    const page = /\/Pg (\d+) 0 R\n>>$/.exec(body)?.[1]
    const kids = /\/K (\[[\s\S]*?\](?=\n)|\d+ 0 R)/.exec(body)?.[1] ?? ''
    const parts: string[] = []
    const kid = /(\d+) 0 R|<<([^>]*)>>|(\d+)/g
    for (const [, child, content, mark] of kids.matchAll(kid)) {
      if (child !== undefined) parts.push(said(child))
      else if (mark !== undefined) parts.push(read.get(page!)!.marked.get(Number(mark)) ?? '')
      else {
        const [on] = /\d+(?= 0 R)/.exec(content!)!
        parts.push(read.get(on)!.marked.get(Number(/\/MCID (\d+)/.exec(content!)![1])) ?? '')
      }
    }
    return parts.join('') + (kind && !['Document', 'Sect'].includes(kind) ? '\n' : '')
  }
  const root = /\/StructTreeRoot (\d+) 0 R/.exec(catalog)![1]!
  const all = [...read.values()]
  const fold = (text: string) => text.replace(/\s+/g, ' ')
  return {
    text: fold(said(root)),
    ornaments: fold(all.map(({ ornaments }) => ornaments).join(' ')),
    catalog: catalog + [...catalog.matchAll(/(\d+) 0 R/g)].map(([, id]) => objects.get(id!)).join(),
    structure: [...kinds],
    pages: pages.length,
    untagged: all.reduce((sum, page) => sum + page.untagged, 0),
  }
}

/** For each font: glyph code → letters, from the map that is there for copying and reading aloud. */
function fontsOf(objects: Objects): Map<string, Map<number, string>> {
  const fonts = new Map<string, Map<number, string>>()
  for (const [id, body] of objects) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1]
    if (map === undefined) continue
    const codes = new Map<number, string>()
    const cmap = objects.get(map)!
    for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/g)) {
      for (const [at, [, hex]] of [...list!.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
        const units = hex!.replaceAll(' ', '').match(/.{4}/g) ?? []
        codes.set(
          parseInt(from!, 16) + at,
          String.fromCharCode(...units.map((unit) => parseInt(unit, 16))),
        )
      }
    }
    fonts.set(id, codes)
  }
  return fonts
}

/** What one page shows, by its marks. */
function readPage(
  page: string,
  objects: Objects,
  fonts: ReadonlyMap<string, Map<number, string>>,
): { marked: Map<number, string>; ornaments: string; untagged: number } {
  const stream = objects.get(/\/Contents (\d+) 0 R/.exec(page)![1]!)!
  const resources = objects.get(/\/Resources (\d+) 0 R/.exec(page)![1]!)!
  const named = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, fonts.get(id!)!]),
  )
  const marked = new Map<number, string>()
  let font = new Map<number, string>()
  let [ornaments, untagged, mark] = ['', 0, 'none']
  const tokens =
    /\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ|\/MCID (\d+)\s*>> BDC|\/Artifact\b|\b(EMC)\b/g
  for (const [, name, shown, mcid, ends] of stream.matchAll(tokens)) {
    if (name !== undefined) font = named.get(name)!
    else if (mcid !== undefined) mark = mcid
    else if (ends !== undefined) mark = 'none'
    else if (shown === undefined) mark = 'ornament'
    else {
      const codes = [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(
        ([, hex]) => hex!.match(/.{4}/g) ?? [],
      )
      const text = codes.map((code) => font.get(parseInt(code, 16)) ?? '\ufffd').join('')
      if (mark === 'none') untagged += text.length
      else if (mark === 'ornament') ornaments += ` ${text}`
      else marked.set(Number(mark), (marked.get(Number(mark)) ?? '') + text)
    }
  }
  return { marked, ornaments, untagged }
}

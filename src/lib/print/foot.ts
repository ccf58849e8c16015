/** The foot of every printed page: whose paper it is and its code, and which page of how many. */
import { m } from '#lib/paraglide/messages.js'

const MARK = '\u0000'

/** Puts the foot in the margin of the paper; answers with what takes it away again. */
export function printFoot(foot: string): () => void {
  const [before, between, after] = m.export_page({ page: MARK, pages: MARK }).split(MARK)
  const said = (text = '') => JSON.stringify(text)
  const page = `${said(before)} counter(page) ${said(between)} counter(pages) ${said(after)}`
  const look = "font: 10pt 'Atkinson Hyperlegible Next', sans-serif; color: #3e4a5c;"
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    `@page { @bottom-left { content: ${said(foot)}; ${look} } @bottom-right { content: ${page}; ${look} } }`,
  )
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  }
}

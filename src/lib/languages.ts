import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

type Says = (inputs: unknown) => string

/** What the screens say in English, by the place of the message among all; empty until it is fetched. */
let english: Says[] = []

/** Fetches the English words; a page in English waits for them before it wakes up. */
export async function fetchEnglish(): Promise<void> {
  english = (await import('virtual:english')).default
}

/** Asked once: another language comes with another page, and asking reads the cookie every time. */
let chosen: Locale | undefined
const locale = (): Locale => (chosen ??= getLocale())

/** A message in the browser: its Dutch words come with the page, its English words with all others. */
export const says =
  (place: number, dutch: Says) =>
  (inputs: unknown = {}, options: { locale?: Locale } = {}): string =>
    ((options.locale ?? locale()) === 'en' ? (english[place] ?? dutch) : dutch)(inputs)

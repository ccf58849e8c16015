/** Days and times in words, in Dutch time, for a file in one language. */
import type { Locale } from './sentences.ts'

const ZONE = 'Europe/Amsterdam'
const NBSP = '\u00a0'
const dateOf = (value: string) => new Date(value.length === 10 ? `${value}T12:00:00Z` : value)
const whole = (text: string) => text.replaceAll(' ', NBSP)

/** "1 september 2026" */
export function longDay(value: string, locale: Locale): string {
  const form = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'nl-NL', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: ZONE,
  })
  return whole(form.format(dateOf(value)))
}

/** "dinsdag 1 september 2026" */
export function namedDay(value: string, locale: Locale): string {
  const form = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'nl-NL', {
    weekday: 'long',
    timeZone: ZONE,
  })
  return `${form.format(dateOf(value))} ${longDay(value, locale)}`
}

/** "1 september 2026, 14.22 uur" */
export function moment(value: string, locale: Locale): string {
  const form = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  })
  const time = form.format(new Date(value))
  const said = locale === 'en' ? time : whole(`${time.replace(':', '.')} uur`)
  return `${longDay(value, locale)}, ${said}`
}

/** "Ria, Fatima en Joost" */
export const together = (names: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'en' ? 'en-GB' : 'nl-NL').format(names)

/** Dates and times in words, in Dutch time, that never break over a line. */
import { getLocale } from '#lib/paraglide/runtime.js'

const ZONE = 'Europe/Amsterdam'
const NBSP = '\u00a0'
const locale = () => (getLocale() === 'en' ? 'en-GB' : 'nl-NL')
const whole = (text: string) => text.replaceAll(' ', NBSP)

/** A day (`2026-09-01`) or a moment, as "1 september 2026". */
export function longDay(value: string): string {
  const date = new Date(value.length === 10 ? `${value}T12:00:00Z` : value)
  const form = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: ZONE,
  })
  return whole(form.format(date))
}

/** A day with its name: "dinsdag 1 september 2026". */
export function namedDay(value: string): string {
  const date = new Date(value.length === 10 ? `${value}T12:00:00Z` : value)
  const name = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: ZONE }).format(date)
  return `${name} ${longDay(value)}`
}

/** A day as one says it this year: "1 september"; in another year with that year. */
export function dayInYear(value: string, today: string): string {
  if (value.slice(0, 4) !== today.slice(0, 4)) return longDay(value)
  const form = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', timeZone: ZONE })
  return whole(form.format(new Date(`${value}T12:00:00Z`)))
}

/** Today with its name: "dinsdag 1 september". */
export function namedDayInYear(value: string): string {
  const date = new Date(`${value}T12:00:00Z`)
  const name = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: ZONE }).format(date)
  return `${name} ${dayInYear(value, value)}`
}

/** The time of a moment: "14.22 uur". */
export function clock(value: string): string {
  const form = new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: ZONE,
  })
  const time = form.format(new Date(value))
  return getLocale() === 'en' ? time : whole(`${time.replace(':', '.')} uur`)
}

/** The clock in the Netherlands at a moment, as date and time fields write it. */
export function dutchClock(at: Date): { day: string; time: string } {
  const form = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: ZONE,
  })
  const [day = '', time = ''] = form.format(at).split(' ')
  return { day, time }
}

/** The moment at which the clock in the Netherlands says this, wherever the screen is. */
export function atDutch(day: string, time: string): string {
  const asked = Date.parse(`${day}T${time}Z`)
  let at = asked
  // twice: the first guess may lie on the other side of the hour that the clock is put forward
  for (let guess = 0; guess < 2; guess++) {
    const shown = dutchClock(new Date(at))
    at += asked - Date.parse(`${shown.day}T${shown.time}Z`)
  }
  return new Date(at).toISOString()
}

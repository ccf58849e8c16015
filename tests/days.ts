/** Days near the one on which a test runs, whichever that is. */

/** A moment some days from now. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString()
/** The day of that moment, as a field of a form takes it. */
export const dayIn = (days: number): string => inDays(days).slice(0, 10)
/** A day as Dutch pages write it: 1 maart 2027. */
export const written = (day: string): string =>
  new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))

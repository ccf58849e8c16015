/** How long a browser keeps the files of `static/`, whose names carry no version. */

const STATIC = /^\/((fonts|art)\/[\w.-]+|[\w-]+\.(svg|png|webmanifest))(\?|$)/

/**
 * A day without asking, and after that at once while it asks anew: so that a drawing which was not on
 * screen before, such as that of "niet aangekomen", is there without a network too. What nobody
 * may keep, and what is not a file, says so itself.
 */
export const keepOf = (path: string): string | null =>
  STATIC.test(path) ? 'public, max-age=86400, stale-while-revalidate=2592000' : null

/**
 * The short code of a text on paper, so that an answer given on paper names the words it belongs to.
 *
 * Eight signs of the SHA-256 of the words, in two groups: `7F3A-21C9`. Enough to tell the versions
 * of one goal apart; it proves nothing by itself, the hash behind it does.
 */
export const versionCode = (hash: string): string =>
  `${hash.slice(0, 4)}-${hash.slice(4, 8)}`.toUpperCase()

/** What somebody typed over from paper, as a code: signs that read alike are taken for each other. */
const typedCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[\s.–—-]/g, '')

/** Whether a code typed over from paper is that of the words with this hash. */
export const isCodeOf = (typed: string, hash: string): boolean =>
  hash.length >= 8 && typedCode(typed) === hash.slice(0, 8).toUpperCase()

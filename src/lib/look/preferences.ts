/**
 * How somebody likes to read and hear, from the cookie `look` (`theme.contrast.size.hear`), as
 * attributes of the page.
 */
export function preferenceAttributes(cookie: string | undefined): string {
  const [theme = '', contrast = '', size = '', hear = ''] = (cookie ?? '').split('.')
  const known = (name: string, value: string, values: readonly string[]) =>
    values.includes(value) ? [`data-${name}="${value}"`] : []
  return [
    ...known('theme', theme, ['light', 'dark']),
    ...known('contrast', contrast, ['more']),
    ...known('size', size, ['2', '3']),
    ...known('hear', hear, ['important', 'quiet']),
  ].join(' ')
}

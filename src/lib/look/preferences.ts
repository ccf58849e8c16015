/** How somebody likes to read, from the cookie `look` (`theme.contrast.size`), as attributes of the page. */
export function preferenceAttributes(cookie: string | undefined): string {
  const [theme = '', contrast = '', size = ''] = (cookie ?? '').split('.')
  const known = (name: string, value: string, values: readonly string[]) =>
    values.includes(value) ? [`data-${name}="${value}"`] : []
  return [
    ...known('theme', theme, ['light', 'dark']),
    ...known('contrast', contrast, ['more']),
    ...known('size', size, ['2', '3']),
  ].join(' ')
}

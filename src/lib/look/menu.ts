/** An act, a page to go to, or one of several choices; `narrow`: a wide screen shows it elsewhere. */
export type Item = { label: string; icon?: string; narrow?: boolean } & (
  { act: () => void; checked?: boolean } | { href: string }
)

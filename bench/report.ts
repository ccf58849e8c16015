/** The table of one run, and what was to be reached. */
import type { Embedded, Kind } from './peers.ts'
import { KINDS, NAMES } from './peers.ts'
import type { Row } from './scenarios.ts'
import type { Screens } from './screens.ts'

export type Measured = Partial<Record<Kind | Embedded, Row>>

const round = (value: number, digits = 2): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(digits)

const LINES: [string, (row: Row) => string][] = [
  [
    'fan-out, 10 people, 20 edits/s: p50 / p99 ms',
    (r) => `${round(r.fan.p50)} / ${round(r.fan.p99)}`,
  ],
  ['200 documents × 5 people, 1,000 edits/s: p99 ms', (r) => round(r.many.p99)],
  ['CPU seconds per 1,000 updates, same load, storing included', (r) => round(r.many.serverCpu, 3)],
  ['updates/s at p99 < 100 ms, one process', (r) => round(r.most, 0)],
  ['cold load, 20,000 updates, ms', (r) => (r.cold === null ? '–' : round(r.cold, 0))],
  ['500 people joining, joins/s', (r) => round(r.joins, 0)],
  ['heap per open idle document, KiB', (r) => (r.idleKib < 0 ? '–' : round(r.idleKib, 0))],
  [
    'acknowledged updates lost on kill -9',
    (r) => (r.lost ? `${r.lost.lost} of ${r.lost.promised}` : '–'),
  ],
  ['forged author', (r) => (r.forged ? 'accepted' : 'refused')],
  [
    'reader that stops reading',
    (r) =>
      r.lazy.cut ? `cut, had got ${round(r.lazy.mib, 1)} MiB` : `held, ${round(r.lazy.mib, 1)} MiB`,
  ],
]

type Goal = [what: string, ours: number, against: number, better: 'lower' | 'higher']

/** What was to be reached, as ratios within this run. */
function goals(all: Measured): Goal[] {
  const { ours, hocuspocus, 'relay-insert': insert } = all
  const found: Goal[] = []
  if (ours && insert)
    found.push(
      ['fan-out p50 ≤ 1.1 × relay that inserts first', ours.fan.p50, insert.fan.p50 * 1.1, 'lower'],
      ['fan-out p99 ≤ relay that inserts first', ours.fan.p99, insert.fan.p99, 'lower'],
      ['200 documents p99 ≤ relay that inserts first', ours.many.p99, insert.many.p99, 'lower'],
    )
  if (ours && hocuspocus)
    found.push(
      [
        'CPU per 1,000 updates ≤ Hocuspocus',
        ours.many.serverCpu,
        hocuspocus.many.serverCpu,
        'lower',
      ],
      ['cold load ≤ Hocuspocus', ours.cold ?? NaN, hocuspocus.cold ?? NaN, 'lower'],
      ['joins/s ≥ Hocuspocus', ours.joins, hocuspocus.joins, 'higher'],
      ['updates/s ≥ Hocuspocus', ours.most, hocuspocus.most, 'higher'],
    )
  if (ours && ours.idleKib >= 0)
    // less than before is no measure of it
    found.push(['heap per idle document ≤ 15 KiB', ours.idleKib, 15, 'lower'])
  const { 'relay-embedded': relay, 'ours-embedded': mine } = all
  if (relay && mine)
    found.push(['embedded: updates/s ≥ relay that inserts first', mine.most, relay.most, 'higher'])
  return found
}

/** One row for each thing measured, one column for each server, and on what machine it was. */
function table(all: Measured, machine: string, at: Date): string {
  const kinds = [...KINDS, 'relay-embedded', 'ours-embedded'] as (Kind | Embedded)[]
  const shown = kinds.filter((kind) => all[kind])
  const head = `| | ${shown.map((kind) => NAMES[kind]).join(' | ')} |`
  const rule = `|---|${shown.map(() => '---|').join('')}`
  const lines = LINES.map(
    ([title, of]) => `| ${title} | ${shown.map((kind) => of(all[kind]!)).join(' | ')} |`,
  )
  return `Made by \`npm run bench\` on ${at.toISOString().slice(0, 10)}: ${machine}. The load runs beside the servers on the same machine. Latencies, CPU, joins and cold load are the middle of three. Compare within a row; figures of another run or machine say little.

${[head, rule, ...lines].join('\n')}

"Aan tafel" runs with everything on: sessions checked, every update judged, stored in PostgreSQL before anybody sees it, every client id bound to a person.`
}

const README = /(<!-- npm run bench -->\n)[\s\S]*(\n<!-- end -->)/

/** The README with the table of this run in the place of the one before. */
export function intoReadme(readme: string, all: Measured, machine: string, at: Date): string {
  if (!README.test(readme)) throw new Error('the README has no place for the table')
  return readme.replace(
    README,
    (_, from: string, to: string) => from + table(all, machine, at) + to,
  )
}

/** The whole report as Markdown. */
export function report(all: Measured, felt: Screens, machine: string, at: Date): string {
  const reached = goals(all).map(([what, ours, against, better]) => {
    const ok = better === 'lower' ? ours <= against : ours >= against
    return `| ${what} | ${round(ours)} | ${round(against)} | ${ok ? 'reached' : '**not reached**'} |`
  })
  return `# Measured

${table(all, machine, at)}

## What was to be reached

| | ours | to reach | |
|---|---|---|---|
${reached.join('\n')}

## At real screens

Two Chromium pages, one types, the other shows.

| | p50 ms | p99 ms |
|---|---|---|
| keystroke until the letter stands in the other page's field (${felt.keystroke.count} letters) | ${round(felt.keystroke.p50)} | ${round(felt.keystroke.p99)} |
| a message over a bare relay between the same pages | ${round(felt.relay.p50)} | ${round(felt.relay.p99)} |

Board of plan-01, opened for the first time: something is painted after ${round(felt.firstPaintMs, 0)} ms; ${round(felt.scriptKib, 1)} KiB of JavaScript (gzip).
`
}

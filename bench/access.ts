/**
 * `npm run bench:access`: what the question "may they?" costs of the judge's time for one message.
 *
 * The judge is timed as it runs in a room, on a key press in a board of sixty cards; the question as a
 * room asks it, once for a circle, and as if it were asked anew for every message.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import * as Y from 'yjs'
import { addCard, cardText } from '#live/documents.ts'
import type { Person, Role } from '#plan/people.ts'
import type { PersonRow } from '#server/db/plans.ts'
import { judge } from '#server/sync/judge/judge.ts'
import { writerIn } from '#server/sync/writer.ts'

const CARDS = 60
const KEYS = 4000
const ROLES = ['client', 'first_contact', 'primary_carer', 'physiotherapist', 'gp'] as const
const LIMITS = { updateBytes: 524_288, documentBytes: 1e9, cards: 500, fieldCharacters: 20_000 }

const people = ROLES.map((role: Role, at): Person => ({
  ...{ id: role, key: role, name: role, role, relation: null, number: at + 1 },
  ...{ authority: role === 'client' ? 'self' : 'professional', mayConfirm: true },
  ...{ confidantOfClient: false, access: 'active' },
}))
const circle = { planId: 'plan', people: people as PersonRow[] }
const me = 'primary_carer'
const thing = { zone: 'shared' as const, owner: null }

const written = new Y.Doc()
for (let n = 0; n < CARDS; n++) {
  const said = { saidBy: 'client', basis: 'own_words' as const }
  const text = `Dit is kaart ${n}, met een zin erop.`
  addCard(written, { id: `c${n}`, kind: 'point', area: null, text, order: `a${n}V`, ...said })
}
const start = Y.encodeStateAsUpdate(written)
const hands = new Map<number, string | null>([[written.clientID, me]])

/** One person's key presses, each an update of its own. */
const typing = new Y.Doc()
Y.applyUpdate(typing, start)
hands.set(typing.clientID, me)
const updates: Uint8Array[] = []
typing.on('update', (update: Uint8Array) => updates.push(update))
for (let n = 0; n < KEYS; n++) cardText(typing, `c${n % CARDS}`)!.insert(3, 'e')

const stageDoc = new Y.Doc()
Y.applyUpdate(stageDoc, start)
const stage = { kind: 'board' as const, doc: () => stageDoc, spoil: () => {} }

const timed = (what: () => void): number => {
  const from = performance.now()
  what()
  return performance.now() - from
}
const micro = (ms: number, times: number) => (ms / times) * 1000

const writer = writerIn(circle, me, thing, hands)
let accepted = 0
const judging = timed(() => {
  for (const update of updates)
    if (judge(stage, update, writer, LIMITS).kind === 'accepted') accepted++
})
if (accepted !== KEYS) throw new Error(`only ${accepted} of ${KEYS} were accepted`)
// how a room asks: is it still the same circle?
const kept = new WeakMap([[circle, writer]])
let same = 0
const asKept = timed(() => {
  for (let n = 0; n < KEYS * 10; n++) if (kept.get(circle) === writer) same++
})
const anew = timed(() => {
  for (let n = 0; n < KEYS * 10; n++) if (writerIn(circle, me, thing, hands).mayWrite) same++
})
if (same !== KEYS * 20) throw new Error('the question was not answered')

const [perKey, perKept, perAnew] = [
  micro(judging, KEYS),
  micro(asKept, KEYS * 10),
  micro(anew, KEYS * 10),
]
const share = (part: number) => `${((part / (perKey + part)) * 100).toFixed(2)} %`
const text = `# What the question of access costs

One key press in a board of ${CARDS} cards at a table of ${people.length}, ${KEYS} times. Made with \`npm run bench:access\` on ${cpus()[0]?.model.trim() ?? 'this machine'}, Node ${process.version}.

| per message | µs | of the judge's time |
| --- | --- | --- |
| the judge | ${perKey.toFixed(1)} | |
| the question, as a room asks it (kept for as long as nobody's seat changes) | ${perKept.toFixed(3)} | ${share(perKept)} |
| the question asked anew from the table (a seat changed) | ${perAnew.toFixed(2)} | ${share(perAnew)} |

The aim is under 5 %.
`
writeFileSync(new URL('ACCESS.md', import.meta.url), text)
console.log(text)

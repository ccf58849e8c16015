/** Knocking at every door with ids one learned: what `doors` and `outsiders` do. */
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { ClientEvents } from '#live/wire.ts'
import { bodyFor, type Door } from './doors.ts'

/** Ids of one plan, as somebody who sits at it knows them. */
export type Ids = {
  plan: string
  organisation: string
  meeting: string
  goal: string
  document: string
  person: string
  remark: string
  hash: string
  words: unknown
}

/** A body for each event that can be read, so that it is refused for who sends it and not for its form. */
export const eventBodies = (of: Ids): Record<keyof ClientEvents, unknown> => ({
  join: of.plan,
  watch: of.plan,
  reading: { goalId: of.goal, hash: of.hash },
  'goal:create': { planId: of.plan, area: 'living' },
  'goal:present': { goalId: of.goal },
  'goal:answer': { goalId: of.goal, hash: of.hash, answer: 'yes', method: 'own_device', key: 'k' },
  'goal:propose': { goalId: of.goal, words: of.words, send: true },
  'goal:withdraw': { documentId: of.document },
  'goal:revise': { goalId: of.goal },
  'goal:dissent': { goalId: of.goal, personId: of.person, text: 'Zo is het.' },
  'goal:mark': { goalId: of.goal, mark: 'statement', text: 'Zo is het.' },
  'goal:review': { goalId: of.goal, outcome: 'achieved', text: 'Zo ging het.' },
  'meeting:step': { meetingId: of.meeting, step: { do: 'raise' } },
  'meeting:screen': { meetingId: of.meeting, code: 'ABCDEF' },
  'meeting:screen-away': { meetingId: of.meeting, screenId: of.meeting },
  'help:hear': { planId: of.plan, id: 'nobody' },
})

/** Which id stands for a parameter: what it is called, or else what stands before it. */
function idFor(name: string, before: string, ids: Ids): string {
  if (['plan', 'plans', 'tafel'].includes(before)) return ids.plan
  if (before === 'meetings' || name === 'meeting') return ids.meeting
  if (['goals', 'doel'].includes(before) || name === 'goal') return ids.goal
  if (before === 'documents' || name === 'document') return ids.document
  if (before === 'people' || name === 'person') return ids.person
  if (before === 'remarks') return ids.remark
  if (name === 'organisation') return ids.organisation
  return ids.plan
}

/** Where a door is, with these ids in its address. */
export const pathOf = ({ route }: Door, ids: Ids): string => {
  const parts = route.split('/')
  return parts
    .map((part, at) =>
      part.replace(/^\[+(?:\.{3})?(\w+)(?:=\w+)?\]+$/, (_, name: string) =>
        idFor(name, parts[at - 1]!, ids),
      ),
    )
    .join('/')
}

export type Answer = { status: number; text: string; to: string | null }

/** Knocks once, with a body that can be read. */
export async function knock(base: string, door: Door, cookie: string, ids: Ids): Promise<Answer> {
  const headers: Record<string, string> = { cookie, origin: base }
  let body: string | null = null
  if (door.kind === 'action') {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    const form = { plan: ids.plan, person: ids.person, goal: ids.goal }
    body = new URLSearchParams(form).toString()
  } else if (door.method !== 'GET') {
    headers['content-type'] = 'application/json'
    const known = { personId: ids.person, documentId: ids.document, goalId: ids.goal }
    body = JSON.stringify(bodyFor(door, known))
  }
  const action = door.action === null || door.action === 'default' ? '' : `?/${door.action}`
  const answer = await fetch(`${base}${pathOf(door, ids)}${action}`, {
    method: door.method,
    headers,
    redirect: 'manual',
    ...(body !== null && { body }),
  })
  const text = await answer.text()
  // to who does not ask for a page, a form tells in its answer where it sends them
  const sent = /^\{"type":"redirect","status":303,"location":"([^"]*)"\}$/.exec(text)
  if (sent) return { status: 303, text, to: sent[1]! }
  return { status: answer.status, text, to: answer.headers.get('location') }
}

/** A connection of the channel, or why there is none. */
export async function socket(base: string, cookie: string): Promise<Socket | string> {
  const made = io(base, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie },
  })
  return new Promise((done) => {
    made.once('connect', () => done(made))
    made.once('connect_error', (error) => done(error.message))
  })
}

/** Asks for everything of a document: with what code it closes, and how many bytes came before. */
export async function knockAtDocument(
  base: string,
  documentId: string,
  cookie: string,
): Promise<{ code: number; bytes: number }> {
  const address = `${base.replace('http', 'ws')}/sync/${documentId}`
  const ws = new WebSocket(address, { headers: { cookie } })
  let bytes = 0
  ws.on('message', (data: Buffer) => (bytes += data.length))
  ws.on('open', () => ws.send(new Uint8Array([0, 0, 1, 0]))) // a sync step 1: send me everything
  return new Promise((done) => ws.on('close', (code) => done({ code, bytes })))
}

/** Where a relay keeps its updates, when it keeps them. */
import postgres from 'postgres'

const CONNECTIONS = 10
const TABLE = `create table if not exists updates (
  room text not null, seq bigint generated always as identity, data bytea not null,
  primary key (room, seq))`

export async function openStore({ DATABASE_URL, DATA_DIR }) {
  if (DATABASE_URL) return onServer(DATABASE_URL)
  return DATA_DIR ? embedded(DATA_DIR) : null
}

async function onServer(url) {
  const lines = Array.from({ length: CONNECTIONS }, () =>
    postgres(url, { max: 1, onnotice: () => {} }),
  )
  await lines[0].unsafe(TABLE)
  const lineOf = (room) => {
    let sum = 0
    for (let at = 0; at < room.length; at++) sum = (sum * 31 + room.charCodeAt(at)) | 0
    return lines[Math.abs(sum) % CONNECTIONS]
  }
  return {
    add: (room, data) => lineOf(room)`insert into updates (room, data) values (${room}, ${data})`,
    all: async (room) =>
      (await lineOf(room)`select data from updates where room = ${room} order by seq`).map(
        (row) => row.data,
      ),
  }
}

/** PGlite as most would use it: in this process, on a folder. */
async function embedded(folder) {
  const { PGlite } = await import('@electric-sql/pglite')
  const db = await PGlite.create(folder)
  await db.exec(TABLE)
  return {
    add: (room, data) => db.query('insert into updates (room, data) values ($1, $2)', [room, data]),
    all: async (room) => {
      const { rows } = await db.query('select data from updates where room = $1 order by seq', [
        room,
      ])
      return rows.map((row) => row.data)
    },
  }
}

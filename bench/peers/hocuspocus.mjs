/** Hocuspocus with its own database extension on PostgreSQL, its settings as they come. */
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import postgres from 'postgres'

const sql = postgres(process.env.DATABASE_URL, { max: 10, onnotice: () => {} })
await sql`create table if not exists documents (name text primary key, data bytea not null)`

const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  extensions: [
    new Database({
      async fetch({ documentName }) {
        const [row] = await sql`select data from documents where name = ${documentName}`
        return row?.data ?? null
      },
      async store({ documentName, state }) {
        await sql`
          insert into documents (name, data) values (${documentName}, ${state})
          on conflict (name) do update set data = excluded.data`
      },
    }),
  ],
})
await server.listen()
console.log(`listening on ${server.address.port}`)

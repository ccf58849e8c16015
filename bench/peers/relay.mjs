/**
 * A relay that knows nothing: what one sends the others in the room get.
 *
 * With DATABASE_URL it puts each update in PostgreSQL before it passes it on, and with
 * DATA_DIR in an embedded one. Connections to PostgreSQL are chosen by room, so that each room
 * keeps its order and many inserts are under way at once.
 */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { openStore } from './store.mjs'

const store = await openStore(process.env)
const rooms = new Map()
const http = createServer()
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })

const isUpdate = (data) => data[0] === 0 && data[1] === 2
const isQuestion = (data) => data[0] === 0 && data[1] === 0

sockets.on('connection', (socket, request) => {
  const name = request.url.slice(1)
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(socket))
  const tell = (data) => {
    for (const other of room) if (other !== socket && other.readyState === 1) other.send(data)
  }
  socket.on('error', () => {})
  socket.on('close', () => {
    room.delete(socket)
    if (room.size === 0) rooms.delete(name)
  })
  socket.on('message', async (data) => {
    if (!store) return tell(data)
    if (isUpdate(data)) {
      await store.add(name, data)
      tell(data)
    } else if (isQuestion(data)) {
      for (const stored of await store.all(name)) socket.send(stored)
      socket.send(new Uint8Array([0, 1, 2, 0, 0])) // that was all
    }
  })
})
http.listen(0, '127.0.0.1', () => console.log(`listening on ${http.address().port}`))

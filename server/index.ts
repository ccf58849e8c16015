/** Production: the built pages and the sockets on one port. */
import { createServer, type RequestListener } from 'node:http'
import { openTable } from './table.ts'
import { ownConfig, WrongSetting } from './config.ts'
import { keepOf } from './static.ts'
import { warmDoor, warmUp } from './sync/warm.ts'

async function start(): Promise<void> {
  const started = performance.now()
  const config = ownConfig()
  const [app] = await Promise.all([openTable(config), warmUp(config.limits)])
  await warmDoor(app)
  // adapter-node believes it is behind https unless a header says otherwise: say what we are served as
  process.env.PROTOCOL_HEADER = 'x-forwarded-proto'
  process.env.BODY_SIZE_LIMIT = '2M'
  const built = new URL('../build/handler.js', import.meta.url).href
  const { handler } = (await import(built)) as { handler: RequestListener }
  const protocol = config.origin ? new URL(config.origin).protocol.slice(0, -1) : 'http'
  const server = createServer((request, response) => {
    request.headers['x-forwarded-proto'] = protocol
    const keep = keepOf(request.url ?? '')
    if (keep) response.setHeader('cache-control', keep)
    handler(request, response)
  })
  await app.attach(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.port, config.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const kind = app.db.embedded ? 'embedded database' : 'PostgreSQL'
  const took = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Aan tafel: http://${config.host}:${port} (${kind}, ready in ${took} s)`)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await app.close()
    server.closeAllConnections()
    server.close(() => process.exit(0))
    setTimeout(() => process.exit(0), 2000).unref()
  }
  process.on('SIGINT', () => void stop()).on('SIGTERM', () => void stop())
}

try {
  await start()
} catch (error) {
  if (error instanceof WrongSetting) console.error(error.message)
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error('PORT: another program uses this port; stop it, or set PORT to another number.')
  } else console.error(error)
  process.exit(1)
}

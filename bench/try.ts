import { Ground } from './peers.ts'
import { Load } from './load.ts'
import { guard, endAll } from './children.ts'
guard()
try {
  const t = Date.now()
  const ground = await Ground.lay([10, 5, 5, 5])
  console.log('laid', Date.now() - t, await ground.version())
  const load = new Load()
  for (const kind of (process.argv[2] ?? 'relay,relay-insert,y-websocket,hocuspocus,ours').split(
    ',',
  ) as never[]) {
    const it = await (await ground.install(kind)).start()
    console.log(
      kind,
      await load.ask('traffic', {
        address: it.address,
        pid: it.pid,
        seats: ground.seated.boards[0]!,
        perSecond: 20,
        warmSeconds: 1,
        seconds: 4,
      }),
    )
    console.log(await it.memory())
    await it.stop()
  }
} finally {
  await endAll()
}
process.exit(0)

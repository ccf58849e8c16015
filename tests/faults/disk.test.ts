/** A disk that runs full while people type (trust.md F9). */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { startPostgres } from '../postgres.ts'
import { start } from '../process.ts'
import { until } from '../table.ts'
import { boardId, Crowd, seed, signIn, whole } from './crowd.ts'

test('a full disk takes nothing in by halves, and is forgotten when there is room again', async (on) => {
  if (process.getuid?.() !== 0) on.skip('only root can make a disk of two megabytes')
  const server = await startPostgres()
  const disk = mkdtempSync(join(tmpdir(), 'aan-tafel-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk])
  try {
    const url = await server.database()
    await seed(url)
    const space = join(disk, 'space')
    mkdirSync(space)
    execFileSync('chown', ['-R', 'postgres', disk])
    const sql = postgres(url, { max: 1 })
    await sql.unsafe(`create tablespace small location '${space}'`)
    await sql`alter table document_update set tablespace small`
    await sql.end()

    const running = await start({ DATABASE_URL: url, QUERY_SECONDS: '2' })
    const people = await signIn(running.base)
    const board = await boardId(people[0]!)
    const cookies = people.map((person) => person.cookie)
    const crowd = await new Crowd(running.base, cookies, board).synced()
    crowd.type('full')
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=4k'], { stdio: 'ignore' })
    await until(() => crowd.pens.every((pen) => pen.closes.includes(4503)), 60_000)
    const before = crowd.known()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(crowd.known()).toEqual(before) // nothing is called stored, nothing shown
    rmSync(join(disk, 'filler'))
    await whole(crowd, url)
    expect(running.child.exitCode).toBe(null)
    await running.stop()
  } finally {
    await server.remove()
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  }
})

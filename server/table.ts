/** The table of this process: opened once, whatever a bundler or a hot reload does. */
import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { App } from './app.ts'
import { ownConfig, type Config } from './config.ts'
import { openDatabase } from './db/open.ts'
import { outlive } from './db/outlive.ts'
import { importDemo } from './import/plan.ts'
import { tellOld } from './photos.ts'

/** Opens the database and wires everything; imports the demo plans when this is a new demo. */
export async function createApp(config: Config, log = pino({ level: 'info' })): Promise<App> {
  const db = await openDatabase(config)
  const app = new App(config, db, log)
  const { sealed, lost } = await app.safe.sealOld(db.sql)
  if (sealed > 0)
    log.info({ setting: 'SECRET_KEY', sealed }, 'secrets were sealed with the new key')
  if (lost > 0)
    log.warn(
      { setting: 'SECRET_KEY', lost },
      'secrets of code apps no key opens: see SECRET_KEY_OLD',
    )
  if (config.databaseUrl !== null && config.secretKey === null)
    log.warn({ setting: 'SECRET_KEY' }, 'secrets of code apps are kept readable: set SECRET_KEY')
  await tellOld(db.sql)
  outlive((error) => app.trouble('the database was lost', error))
  if (config.demo) {
    const raw: unknown = JSON.parse(
      readFileSync(new URL('./demo-plans.nl.json', import.meta.url), 'utf8'),
    )
    const begins = () =>
      log.info('the ten plans of the demo are made: only at the first start, and it takes a moment')
    await importDemo(app.acts, db.sql, raw, begins)
  }
  return app
}

const SLOT = Symbol.for('aan-tafel.table')
const slot = globalThis as { [SLOT]?: { opening: Promise<App>; app: App | null } }

/** The one table of this process, opened at first use. */
export function openTable(config: Config = ownConfig()): Promise<App> {
  if (!slot[SLOT]) {
    const opening = createApp(config, pino({ level: config.logLevel }))
    slot[SLOT] = { opening, app: null }
    void opening.then((app) => slot[SLOT] && (slot[SLOT].app = app))
  }
  return slot[SLOT].opening
}

/** The table, once it is open. */
export function table(): App {
  const app = slot[SLOT]?.app
  if (!app) throw new Error('the table is not open yet')
  return app
}

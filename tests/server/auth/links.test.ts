/** Personal links: one device, the owner's mailbox, and out when access ends. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isRefusal } from '#plan/refusals.ts'
import { endAccess, invite } from '#server/circle.ts'
import { enter, lookAt, renew, renewFor } from '#server/auth/links.ts'
import { mailLink, makeCard, revokeLink } from '#server/links.ts'
import { postbox, type Postbox } from '../../postbox.ts'
import { table, until, type Guest, type Table } from '../../table.ts'

let box: Postbox
let t: Table
let ria: Guest
beforeAll(async () => {
  box = await postbox()
  t = await table({ SMTP_URL: box.url })
  ria = await t.person('ria')
})
afterAll(async () => {
  await t.close()
  await box.close()
})

const AGENT = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36'
/** The token in the newest letter to an address. */
async function tokenFor(email: string): Promise<string> {
  let token = ''
  await until(async () => {
    await t.app.post.look()
    const mine = box.letters.filter(({ to }) => to?.some(({ address }) => address === email))
    const path = /\/link\/([\w-]+)/.exec(mine.at(-1)?.text ?? '')
    token = path?.[1] ?? ''
    return token !== ''
  })
  box.letters.length = 0
  return token
}
const invited = async (name: string, email: string) => {
  const asked = { planId: 'plan-01', name, email, role: 'relative', consent: 'Ja.' } as const
  const made = await invite(t.app.acts, ria.account, asked)
  if (isRefusal(made)) throw new Error(made)
  return { ...made, token: await tokenFor(email) }
}
const cookies = (entered: Awaited<ReturnType<typeof enter>>) => {
  if ('state' in entered) throw new Error(entered.state)
  const [device, session] = entered.cookies
  return { device: device!.value, session: `session=${session!.value}`, planId: entered.planId }
}

test('who is invited gets in with a link, and is known for thirty days', async () => {
  const { token } = await invited('Kees Hofland', 'kees@example.org')
  const view = await lookAt(t.app, token, undefined)
  expect(view).toMatchObject({ state: 'welcome', who: { name: 'Kees Hofland' }, by: 'Ria Hofland' })
  const entered = await enter(t.app, token, undefined, AGENT)
  const { session, planId } = cookies(entered)
  expect(planId).toBe('plan-01')
  const holder = await t.app.holderOf(session)
  expect(holder).toMatchObject({ name: 'Kees Hofland', assurance: 'low', method: 'link' })
  const days = (holder!.expiresAt.getTime() - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29.9)
  expect('cookies' in entered && entered.cookies.map(({ header }) => header)).toEqual([
    expect.stringMatching(/^device=.*HttpOnly; SameSite=Lax; Max-Age=25\d{5}$/),
    expect.stringMatching(/^session=.*HttpOnly; SameSite=Lax; Max-Age=25\d{5}$/),
  ])
})

test('the token is nowhere in the database once the letter is sent', async () => {
  const { token } = await invited('Bep Hofland', 'bep@example.org')
  const { sql } = t.app.db
  await until(async () => (await sql`select 1 from letter where state = 'waiting'`).length === 0)
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`
  expect(tables.length).toBeGreaterThan(20)
  for (const { name } of tables) {
    const rows =
      await sql`select 1 from ${sql(name)} t where to_jsonb(t)::text like ${`%${token}%`}`
    expect(rows, name).toHaveLength(0)
  }
})

test('another device is not let in, and the owner gets a new link', async () => {
  const { token } = await invited('Truus Hofland', 'truus@example.org')
  const own = cookies(await enter(t.app, token, undefined, AGENT))
  expect(await enter(t.app, token, undefined, AGENT)).toEqual({ state: 'elsewhere' })
  expect(await enter(t.app, token, 'x'.repeat(43), AGENT)).toEqual({ state: 'elsewhere' })
  expect(await lookAt(t.app, token, undefined)).toEqual({ state: 'elsewhere' }) // no name

  await renew(t.app, token)
  const fresh = await tokenFor('truus@example.org')
  expect(await lookAt(t.app, token, own.device)).toEqual({ state: 'old' })
  expect(await t.app.accountOf(own.session)).not.toBeNull() // nobody can throw her out like this
  cookies(await enter(t.app, fresh, undefined, AGENT))
  expect(await t.app.accountOf(own.session)).toBeNull() // one device at a time
})

test('of two who open it at once, one gets in', async () => {
  const { token } = await invited('Sien Hofland', 'sien@example.org')
  const tries = await Promise.all([1, 2, 3].map(() => enter(t.app, token, undefined, AGENT)))
  expect(tries.filter((one) => 'cookies' in one)).toHaveLength(1)
})

test('a device that is known gets in again', async () => {
  const { token } = await invited('Joop Hofland', 'joop@example.org')
  const { device } = cookies(await enter(t.app, token, undefined, AGENT))
  expect('cookies' in (await enter(t.app, token, device, AGENT))).toBe(true)
})

test('a link that is too old opens nothing', async () => {
  const { token } = await invited('Riet Hofland', 'riet@example.org')
  await t.app.db.sql`update personal_link set expires_at = now()`
  expect(await enter(t.app, token, undefined, AGENT)).toEqual({ state: 'old' })
})

test('it is taken back by who may invite, and by nobody else', async () => {
  const { token, personId } = await invited('Cor Hofland', 'cor@example.org')
  const { session } = cookies(await enter(t.app, token, undefined, AGENT))
  const asked = { planId: 'plan-01', personId }
  const marjan = await t.person('marjan')
  expect(await revokeLink(t.app.acts, marjan.account, asked)).toBe('no-access')
  expect(await t.app.accountOf(session)).not.toBeNull()
  expect(await revokeLink(t.app.acts, ria.account, asked)).toEqual(asked)
  expect(await t.app.accountOf(session)).toBeNull()
  expect(await mailLink(t.app.acts, ria.account, asked)).toEqual(asked)
  cookies(await enter(t.app, await tokenFor('cor@example.org'), undefined, AGENT))
})

test('it ends with the access, sockets and all', async () => {
  const { token, personId } = await invited('Nel Hofland', 'nel@example.org')
  const { session, device } = cookies(await enter(t.app, token, undefined, AGENT))
  await endAccess(t.app.acts, ria.account, { planId: 'plan-01', personId })
  expect(await t.app.accountOf(session)).toBeNull()
  expect(await lookAt(t.app, token, device)).toEqual({ state: 'unknown' })
  await renew(t.app, token)
  await renewFor(t.app, 'nel@example.org')
  await t.app.post.look()
  expect(box.letters).toEqual([])
})

test('only a few links an hour are mailed, whoever asks', async () => {
  for (let n = 0; n < 6; n++) await renewFor(t.app, 'marjan@plan-01.example')
  await renewFor(t.app, 'nobody@example.org')
  const { sql } = t.app.db
  const [row] = await sql<{ n: number }[]>`
    select count(*) as n from letter join account a on a.id = account_id
    where a.email = 'marjan@plan-01.example'`
  expect(row!.n).toBe(3)
})

test('a card is a thing of its own: a mailed link leaves it open, and it leaves the mailed link open', async () => {
  const { acts } = t.app
  const fatima = await t.person('fatima')
  const asked = { planId: 'plan-01', personId: ria.id }
  const card = async () => {
    const made = await makeCard(acts, fatima.account, 'plan-01')
    if (isRefusal(made)) throw new Error(made)
    return made.token
  }
  const paper = await card()
  expect(await mailLink(acts, fatima.account, asked)).toEqual(asked)
  expect(await lookAt(t.app, paper, undefined)).toMatchObject({ state: 'welcome' })

  const mailed = await tokenFor(ria.account.email)
  const byMail = cookies(await enter(t.app, mailed, undefined, AGENT))
  const byCard = cookies(await enter(t.app, paper, undefined, AGENT))
  expect(await t.app.accountOf(byMail.session)).not.toBeNull()
  expect(await t.app.accountOf(byCard.session)).not.toBeNull()

  // a new card closes the old one, and who came in by it is out once it is used
  const anew = cookies(await enter(t.app, await card(), undefined, AGENT))
  expect(await lookAt(t.app, paper, byCard.device)).toEqual({ state: 'old', card: true })
  await renew(t.app, paper) // whoever holds it cannot close the link in her mail with it
  expect(await lookAt(t.app, mailed, byMail.device)).toMatchObject({ state: 'welcome' })
  expect(await t.app.accountOf(byCard.session)).toBeNull()
  expect(await revokeLink(acts, fatima.account, asked, 'card')).toEqual(asked)
  expect(await t.app.accountOf(anew.session)).toBeNull()
  expect(await t.app.accountOf(byMail.session)).not.toBeNull()
  expect('cookies' in (await enter(t.app, mailed, byMail.device, AGENT))).toBe(true)
})

test('a card nobody used opens nothing once she has a seat elsewhere, and says so at the door', async () => {
  const { acts } = t.app
  const fatima = await t.person('fatima')
  const made = await makeCard(acts, fatima.account, 'plan-01')
  if (isRefusal(made)) throw new Error(made)
  expect(await lookAt(t.app, made.token, undefined)).toMatchObject({ state: 'welcome' })
  const toos = await t.person('toos', 'plan-03')
  const asked = { planId: 'plan-03', name: 'Ria', email: ria.account.email, consent: 'Ja.' }
  const friend = await invite(acts, toos.account, { ...asked, role: 'relative' })
  if (isRefusal(friend)) throw new Error(friend)
  const opened = () =>
    t.app.db.sql`select 1 from event where plan_id = 'plan-01' and kind = 'card-opened'`
  const before = (await opened()).length
  expect(await enter(t.app, made.token, undefined, AGENT)).toEqual({ state: 'old', card: true })
  expect(await opened()).toHaveLength(before)
  await endAccess(acts, toos.account, { planId: 'plan-03', personId: friend.personId })
})

test('a card for the client opens her plan, and not what she sees at another table', async () => {
  const { acts } = t.app
  const fatima = await t.person('fatima')
  const made = await makeCard(acts, fatima.account, 'plan-01')
  if (isRefusal(made)) throw new Error(made)
  const { session } = cookies(await enter(t.app, made.token, undefined, AGENT))
  expect((await t.app.accountOf(session))?.id).toBe(ria.account.id)
  const pen = await t.pen(await t.board(), session).synced()

  // she becomes somebody's friend elsewhere: whoever holds her card is not let in there
  const toos = await t.person('toos', 'plan-03')
  const asked = { planId: 'plan-03', name: 'Ria', email: ria.account.email, consent: 'Ja.' }
  const friend = await invite(acts, toos.account, { ...asked, role: 'relative' })
  if (isRefusal(friend)) throw new Error(friend)
  expect(await t.app.accountOf(session)).toBeNull()
  await t.app.keeper.look()
  await until(() => pen.closedWith === 4401)
  expect(await makeCard(acts, fatima.account, 'plan-01')).toBe('sits-elsewhere')

  const { personId } = friend
  await endAccess(acts, toos.account, { planId: 'plan-03', personId })
  expect(isRefusal(await makeCard(acts, fatima.account, 'plan-01'))).toBe(false)
})

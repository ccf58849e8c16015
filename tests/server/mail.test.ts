/** Letters: sent after the act, once, tried again, and silent about what is nobody's business. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, refuse } from '#server/acts.ts'
import { readConfig } from '#server/config.ts'
import * as mail from '#server/db/mail.ts'
import { letter, Post, type Facts, type Kind, type Letter } from '#server/mail.ts'
import { compose } from '#server/mail/compose.ts'
import { WORDS } from '#server/mail/words.ts'
import demo from '#server/demo-plans.nl.json' with { type: 'json' }
import { postbox, type Postbox } from '../postbox.ts'
import { folder } from '../process.ts'
import { table, until, type Table } from '../table.ts'

let box: Postbox
let t: Table
beforeAll(async () => {
  box = await postbox({ refuse: ['bakker@plan-01.example'] })
  const env = { SMTP_URL: box.url, ORIGIN: 'https://tafel.example', SECOND_FACTOR: 'offered' }
  t = await table(env)
})
afterAll(async () => {
  await t.close()
  await box.close()
})

const write = (written: Letter) => decide(t.app.acts, (tx) => letter(tx, written))
const stateOf = async (id: string) =>
  (await mail.newest(t.app.db.sql)).find((row) => row.accountId === id)

describe('the post', () => {
  test('a letter goes out when the act is done, as text and as HTML', async () => {
    const marjan = await t.person('marjan')
    await write({ to: marjan.account.id, planId: 'plan-01', kind: 'answer-asked', goalId: 'g-1' })
    await t.app.post.look()
    const [got] = box.letters.splice(0)
    expect(got!.to).toEqual([{ address: 'marjan@plan-01.example', name: '' }])
    expect(got!.from).toEqual({ address: 'aan-tafel@tafel.example', name: 'Aan tafel' })
    expect(got!.subject).toBe('Er wacht iets op uw antwoord')
    expect(got!.text).toContain('Dag Marjan,')
    expect(got!.text).toContain('https://tafel.example/plan/plan-01/doel/g-1')
    expect(got!.html).toContain('lang="nl"')
    expect(got!.html).toContain('width=device-width') // a phone draws it in letters that can be read
    expect(got!.html).toContain('Er ligt een tekst voor u klaar bij Ria.')
    const kept = await stateOf(marjan.account.id)
    expect(kept).toMatchObject({ state: 'sent', facts: {} })
  })

  test('an act that is refused sends nothing', async () => {
    const { account } = await t.person('joost')
    await decide(t.app.acts, async (tx) => {
      await letter(tx, { to: account.id, planId: 'plan-01', kind: 'goal-agreed' })
      refuse('words-changed')
    })
    await t.app.post.look()
    expect(box.letters).toEqual([])
    expect(await stateOf(account.id)).toBeUndefined()
  })

  test('the same letter is written once', async () => {
    const { account } = await t.person('fatima')
    const reminder = { to: account.id, kind: 'answer-reminder', once: 'g-1 1 day 3' } as const
    expect([await write(reminder), await write(reminder)]).toEqual([true, false])
    await t.app.post.look()
    expect(box.letters.splice(0)).toHaveLength(1)
  })

  test('two processes send each letter once', async () => {
    const { sql } = t.app.db
    const options = { sql, config: t.app.config, base: () => 'http://x', trouble: () => {} }
    const posts = [new Post(options), new Post(options), t.app.post]
    const { account } = await t.person('ria')
    await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        write({ to: account.id, kind: 'answer-asked', goalId: `g-${n}` }),
      ),
    )
    await until(async () => {
      await Promise.all(posts.map((post) => post.look()))
      return box.letters.length >= 25
    })
    await Promise.all(posts.slice(0, 2).map((post) => post.stop()))
    const names = box.letters.splice(0).map((got) => got.messageId)
    expect(new Set(names).size).toBe(25)
    expect(names).toHaveLength(25)
  })

  test('who looks while a letter is on its way waits for what was written meanwhile as well', async () => {
    const { account } = await t.person('marjan')
    const letThrough = box.hold()
    await write({ to: account.id, kind: 'proposal' })
    void t.app.post.look()
    await until(async () => (await stateOf(account.id))?.tries === 1)
    await write({ to: account.id, kind: 'meeting-ended' })
    const looked = t.app.post.look()
    letThrough()
    await looked
    expect(box.letters.splice(0)).toHaveLength(2)
  })

  test('a mailbox that does not exist is given up, another is not held up by it', async () => {
    const bakker = await t.person('bakker')
    const ria = await t.person('ria')
    await write({ to: bakker.account.id, kind: 'meeting-ended' })
    await write({ to: ria.account.id, kind: 'meeting-ended' })
    await t.app.post.look()
    expect(box.letters.splice(0)).toHaveLength(1)
    expect((await stateOf(bakker.account.id))?.state).toBe('given-up')
  })

  test('a code is not sent when it works no more', async () => {
    const { account } = await t.person('joost')
    await decide(t.app.acts, async (tx) => {
      await letter(tx, { to: account.id, kind: 'sign-in-code', code: '123456' })
      await tx`update letter set useless_at = now() where account_id = ${account.id}`
    })
    await t.app.post.look()
    await mail.tidy(t.app.db.sql)
    expect(box.letters).toEqual([])
    expect(await stateOf(account.id)).toMatchObject({ state: 'given-up', facts: {} })
  })
})

test('a letter outlives a mail server that is away, and a restart', async () => {
  const place = folder()
  const away = await postbox()
  await away.close()
  const env = { DATA_DIR: place.path, SMTP_URL: away.url }
  const first = await table(env)
  const { account } = await first.person('marjan')
  await decide(first.app.acts, (tx) => letter(tx, { to: account.id, kind: 'proposal' }))
  await first.app.post.look()
  const [waits] = await mail.newest(first.app.db.sql)
  expect(waits).toMatchObject({ state: 'waiting', tries: 1 })
  await first.close()
  const back = await postbox({ port: away.port })
  const second = await table(env)
  await second.app.db.sql`update letter set due_at = now()` // a quarter of a minute later
  await second.app.post.look()
  expect(back.letters.map((got) => got.subject)).toEqual(['Er is een voorstel'])
  await second.close()
  await back.close()
  place.remove()
})

const SAMPLES = {
  invitation: { token: 'abc', by: 'Fatima el Idrissi' },
  'new-link': { token: 'abc' },
  'card-opened': {},
  'sign-in-code': { code: '123456' },
  'password-reset': { token: 'abc' },
  'account-changed': { what: 'recovery' },
  'answer-asked': { goalId: 'g' },
  'answer-reminder': { goalId: 'g' },
  'asked-again': { goalId: 'g' },
  'goal-agreed': { goalId: 'g' },
  'goal-differs': { goalId: 'g' },
  proposal: { goalId: 'g' },
  meeting: { uid: 'm1', start: '2026-12-01T13:00:00Z', end: '2026-12-01T14:00:00Z' },
  'meeting-moved': { uid: 'm1', start: '2026-12-02T13:00:00Z', end: '2026-12-02T14:00:00Z' },
  'meeting-cancelled': { uid: 'm1', start: '2026-12-01T13:00:00Z', end: '2026-12-01T14:00:00Z' },
  'meeting-ended': {},
  'review-due': { on: '2026-12-24', goalId: 'g' },
  deadline: { on: '2026-12-24' },
  'access-ended': {},
} satisfies { [K in Kind]: Facts[K] }

describe('what letters say', () => {
  const TITLES = /^(mevrouw|meneer|dokter|pandit|tolk|el|van|de|[a-z]\.|\(telefoon\))$/i
  const surnames = demo.plans.flatMap((plan) =>
    [plan.client.name, ...plan.participants.map((p) => p.name)].flatMap((name) => {
      const words = name.split(' ').filter((word) => !TITLES.test(word))
      return /^(dokter|pandit)/.test(name) ? words : words.slice(1)
    }),
  )
  const care =
    /zorg(?!ende)|ziek|dementie|medicijn|diabetes|alzheimer|parkinson|verpleeg|gezondheid|beroerte|wzd|wlz/i
  const all = async () => {
    const { sql } = t.app.db
    const people = await sql<{ id: string; name: string; planId: string }[]>`
      select account_id as id, name, plan_id as "planId" from person`
    const mails = []
    for (const { id, name, planId } of people) {
      const names = await mail.namesFor(sql, id, planId)
      for (const [kind, facts] of Object.entries(SAMPLES)) {
        await t.app.db.sql`delete from letter`
        await decide(t.app.acts, (tx) =>
          letter(tx, {
            to: id,
            planId,
            kind,
            ...facts,
            ...(kind === 'invitation' && { by: name }),
          } as unknown as Letter),
        )
        const [row] = await mail.newest(sql)
        mails.push({ kind, ...compose(row!, names, 'https://tafel.example') })
      }
    }
    return mails
  }

  test('no kind, to nobody, holds a surname or a word about care', async () => {
    const quiet = await table() // nobody sends while we look
    const busy = t
    t = quiet
    const mails = await all()
    t = busy
    await quiet.close()
    expect(new Set(mails.map(({ kind }) => kind))).toEqual(new Set(Object.keys(WORDS)))
    expect(surnames).toEqual(expect.arrayContaining(['Hofland', 'Idrissi', 'Bakker', 'Verbeek']))
    const found = mails.flatMap(({ kind, subject, text, html, calendar }) => {
      const whole = [subject, text, html.replace(/<[^>]+>/g, ' '), calendar?.content].join('\n')
      const names = surnames.filter((name) =>
        new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u').test(whole),
      )
      return [...names, ...(care.exec(whole) ?? [])].map((word) => `${kind}: ${word}`)
    })
    expect(found).toEqual([])
    expect(mails.some(({ text }) => text.includes('aan tafel bij Schipper'))).toBe(true)
    expect(mails.every(({ subject }) => !/Ria|Henk|Schipper|Fatima/.test(subject))).toBe(true)
  })

  test.each(Object.entries(SAMPLES))('%s is plain Dutch', (kind, facts) => {
    const { text } = compose({ kind, facts, planId: 'plan-01' }, undefined, 'https://tafel.example')
    const lines = text.split('\n').filter((line) => !line.startsWith('https:'))
    for (const sentence of lines.flatMap((line) => line.split(/[.!?:]\s/)))
      expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(15)
    const long = (text.match(/[\p{L}]+/gu) ?? []).filter(
      (word) => word.length > 14 && word !== 'cliëntondersteuner', // how she is called
    )
    expect(long).toEqual([])
  })

  test('only the client reads that it is her own plan, where her name may not be said', async () => {
    const kept = { kind: 'goal-agreed', facts: {}, planId: 'plan-03' }
    const told = async (key: string) => {
      const { account } = await t.person(key, 'plan-03')
      const names = await mail.namesFor(t.app.db.sql, account.id, 'plan-03')
      return compose(kept, names, 'https://tafel.example').text
    }
    expect(await told('toos')).toContain('Er is iets afgesproken bij uw plan.')
    expect(await told('rob')).toContain('Er is iets afgesproken bij een plan.')
  })

  test('a meeting brings a calendar part, in time that every calendar reads right', async () => {
    const { account } = await t.person('marjan')
    await write({ to: account.id, planId: 'plan-01', kind: 'meeting', ...SAMPLES.meeting })
    await t.app.post.look()
    const [got] = box.letters.splice(0)
    expect(got!.text).toContain('dinsdag 1 december om 14:00 uur')
    const part = got!.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
    expect(part?.method).toBe('REQUEST')
    const calendar =
      typeof part!.content === 'string' ? part!.content : new TextDecoder().decode(part!.content)
    expect(calendar).toContain('DTSTART:20261201T130000Z')
    expect(calendar).toContain('SUMMARY:Gesprek aan tafel')
  })

  test('markup in a name stays text', () => {
    const names = { reader: '<b>Ann</b> Smit', client: null, callMe: null, own: false }
    const { html } = compose({ kind: 'meeting-ended', facts: {}, planId: null }, names, 'http://x')
    expect(html).not.toContain('<b>')
  })
})

test('the address that letters come from can be set', () => {
  expect(readConfig({ ORIGIN: 'https://t.example' }).mailFrom).toContain('aan-tafel@t.example')
  expect(readConfig({ MAIL_FROM: 'post@zorg.example' }).mailFrom).toBe('post@zorg.example')
})

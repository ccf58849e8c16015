/** Going to the pages of `pages.ts` with a browser, as the people who would. */
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import type { Caller } from './process.ts'
import type { Visit, Visiting } from './pages.ts'

/** The cookie that "Lezen en zien" keeps, for each theme. */
export const THEMES = {
  licht: 'light..',
  donker: 'dark..',
  contrast: 'light.more.',
} as const
export type Theme = keyof typeof THEMES

/** Takes a demo seat, as the start page does. */
async function seat(base: string, email: string): Promise<string> {
  const answer = await fetch(`${base}/?/sit`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email }).toString(),
  })
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='))
  if (!cookie) throw new Error(`there is no demo seat for ${email} (${answer.status})`)
  return cookie.split(';')[0]!
}

export class Visitor {
  readonly #base: string
  readonly #browser: Browser
  readonly #cookies = new Map<string, Promise<string>>()
  readonly #paths = new Map<Visit, Promise<string>>()
  /** What went wrong in any page: errors thrown and logged. */
  readonly faults: string[] = []

  constructor(base: string, browser: Browser) {
    this.#base = base
    this.#browser = browser
  }

  /** Opens a page and waits until it is ready. The caller closes its context. */
  async open(visit: Visit, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'nl-NL',
      reducedMotion: 'reduce',
      ...options,
    })
    if (visit.who !== null) {
      const [name, value] = (await this.#cookie(visit.who)).split('=') as [string, string]
      await context.addCookies([{ name, value, url: this.#base }])
    }
    const page = await context.newPage()
    page.on('pageerror', (error) => this.faults.push(`${visit.name}: ${error.message}`))
    page.on('console', (line) => {
      const known = /Failed to load resource: the server responded with a status of 40[34]/
      if (line.type() === 'error' && !(visit.route === null && known.test(line.text())))
        this.faults.push(`${visit.name}: ${line.text()}`)
    })
    await page.goto(`${this.#base}${await this.path(visit)}`)
    await this.#isReady(visit, page)
    return page
  }

  /** Shows an open page in a theme. */
  async wear(visit: Visit, page: Page, theme: Theme): Promise<void> {
    await page.context().addCookies([{ name: 'look', value: THEMES[theme], url: this.#base }])
    await page.reload()
    await this.#isReady(visit, page)
  }

  async #isReady(visit: Visit, page: Page): Promise<void> {
    const ready = page.getByText(visit.ready).filter({ visible: true }).first()
    await ready.waitFor().catch(() => {
      throw new Error(`${visit.name}: "${visit.ready}" did not appear at ${page.url()}`)
    })
  }

  /** Where a visit leads; found out once. */
  path(visit: Visit): Promise<string> {
    let found = this.#paths.get(visit)
    if (!found) {
      const { path = visit.route ?? '/' } = visit
      found = typeof path === 'string' ? Promise.resolve(path) : path(this.#visiting)
      this.#paths.set(visit, found)
    }
    return found
  }

  #cookie(email: string): Promise<string> {
    let found = this.#cookies.get(email)
    if (!found) this.#cookies.set(email, (found = seat(this.#base, email)))
    return found
  }

  readonly #visiting: Visiting = {
    base: () => this.#base,
    as: async (email) => this.#caller(await this.#cookie(email)),
    goal: async (planId, state, email) => {
      const { call } = this.#caller(await this.#cookie(email))
      const { body } = await call('GET', `/api/plans/${planId}`)
      const goals = (body as { goals: { id: string; state: string }[] }).goals
      const found = goals.find((one) => one.state === state)
      if (!found) throw new Error(`${planId} has no goal that is ${state}`)
      return found.id
    },
  }

  #caller(cookie: string): Caller {
    return {
      cookie,
      call: async (method, path, body) => {
        const response = await fetch(`${this.#base}${path}`, {
          method,
          headers: { cookie, 'content-type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
        const text = await response.text()
        return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null }
      },
    }
  }
}

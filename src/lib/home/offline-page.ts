/**
 * What a device shows of a plan when there is no network: a page without any script, drawn by the
 * service worker from the copy its owner wanted kept.
 *
 * Whatever people wrote goes through `html`, which lets nothing of it become markup.
 */
import type { OfflineCard, OfflineGoal } from '#live/offline.ts'
import { KEPT_DAYS, type KeptPlan } from '#lib/live/kept-plans.ts'
import { m } from '#lib/paraglide/messages.js'

class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Part = string | number | Markup | null | readonly Part[]

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
function textOf(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return String(part).replace(/[&<>"']/g, (letter) => ESCAPES[letter]!)
}
/** Markup with what people wrote in it: every part that is not markup itself is text. */
const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(strings.map((string, at) => string + textOf(parts[at] ?? null)).join(''))

type Locale = KeptPlan['locale']
/** What is asked for, and what the page is made with. */
export type Asked = {
  /** The path of the page that could not be fetched. */
  path: string
  /** Whether the device itself knows that there is no network. */
  offline: boolean
  /** The language of the device, for where no copy says which. */
  locale: Locale
  css: string
  nonce: string
}

/** The whole page, as text. */
export function offlinePage(kept: readonly KeptPlan[], asked: Asked): string {
  const [, planId, goalId] = /^\/plan\/([\w-]+)(?:\/doel\/([\w-]+))?/.exec(asked.path) ?? []
  const home = asked.path === '/thuis' && kept.length === 1 ? kept[0] : undefined
  const plan = kept.find((one) => one.planId === planId) ?? home
  const [first] = kept
  const locale = plan?.locale ?? first?.locale ?? asked.locale
  const looks = Object.entries((plan ?? first)?.look ?? {})
    .filter(([name]) => /^data-(theme|contrast|size)$/.test(name))
    .map(([name, value]) => html` ${name}="${value}"`)
  const words = new Words(locale)
  const title = plan?.title ?? 'Aan tafel'
  return textOf(
    html`<!doctype html>
      <html lang="${locale}" ${looks}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href="/mark.svg" type="image/svg+xml" />
          <title>${title} · Aan tafel</title>
          <style nonce="${asked.nonce}">
            ${new Markup(asked.css)}
          </style>
        </head>
        <body>
          <div class="hem" aria-hidden="true"></div>
          <header class="away">
            <h1>${title}</h1>
            <p class="away__none">
              ${icon('cloud-off')}<span
                >${words.none(asked.offline)} ${plan ? words.reading(plan.when) : null}</span
              >
            </p>
            ${
              plan
                ? html`<p>${words.later()}</p>
                    <p>${words.unsent()}</p>`
                : null
            }
            <p><a class="again" href="${asked.path}">${icon('refresh-cw')}${words.again()}</a></p>
          </header>
          <main>${plan ? thePlan(plan, goalId, words) : others(kept, words)}</main>
        </body>
      </html>`,
  )
}

const icon = (name: string) =>
  html`<svg class="icon" aria-hidden="true"><use href="/icons.svg#i-${name}"></use></svg>`

/** The sentences of the page, in one language. */
class Words {
  readonly #in: { locale: Locale }
  constructor(locale: Locale) {
    this.#in = { locale }
  }
  none = (offline: boolean) =>
    offline ? m.offline_none({}, this.#in) : m.offline_unreachable({}, this.#in)
  reading = (when: string) => m.offline_reading({ when }, this.#in)
  later = () => m.offline_no_answer({}, this.#in)
  unsent = () => m.offline_unsent({}, this.#in)
  again = () => m.offline_again({}, this.#in)
  nothing = () => m.offline_nothing({}, this.#in)
  how = () => m.offline_how({}, this.#in)
  here = () => m.offline_here({}, this.#in)
  notGoal = () => m.offline_not_goal({}, this.#in)
  whole = () => m.offline_whole({}, this.#in)
  asked = () => m.offline_asked({}, this.#in)
  agreed = () => m.offline_agreed({}, this.#in)
  noGoals = () => m.offline_no_goals({}, this.#in)
  drafts = () => m.offline_drafts({}, this.#in)
  answers = () => m.offline_answers({}, this.#in)
  days = () => m.offline_days({ days: KEPT_DAYS }, this.#in)
  doing = () => m.export_who_does({}, this.#in)
  success = () => m.export_success({}, this.#in)
  kind = (kind: OfflineCard['kind']) =>
    ({
      story: m.offline_story,
      wish: m.offline_wish,
      point: m.offline_point,
      observation: m.offline_observation,
    })[kind]({}, this.#in)
}

function thePlan(plan: KeptPlan, goalId: string | undefined, words: Words): Markup {
  const goals = [...plan.asked, ...plan.agreed]
  const found = goals.filter(({ id }) => id === goalId)
  const whole = html`<p><a href="/plan/${plan.planId}">${words.whole()}</a></p>`
  if (found.length > 0) return html`${found.map((goal) => theGoal(goal, words, 2))}${whole}`
  if (goalId)
    return html`<p>${words.notGoal()}</p>
      ${whole}`
  const kinds = (['story', 'wish', 'point', 'observation'] as const).map((kind) => {
    const cards = plan.board.filter((card) => card.kind === kind)
    return cards.length === 0
      ? null
      : html`<section>
          <h2>${words.kind(kind)}</h2>
          ${cards.map(theCard)}
        </section>`
  })
  return html` ${
      plan.asked.length === 0
        ? null
        : html`<section>
            <h2>${words.asked()}</h2>
            ${plan.asked.map((goal) => theGoal(goal, words, 3))}
          </section>`
    }
    <section>
      <h2>${words.agreed()}</h2>
      ${
        plan.agreed.length === 0
          ? html`<p>${words.noGoals()}</p>`
          : plan.agreed.map((goal) => theGoal(goal, words, 3))
      }
      <p class="soft">${words.drafts()}</p>
    </section>
    ${kinds}
    <p class="soft">${words.days()}</p>`
}

function others(kept: readonly KeptPlan[], words: Words): Markup {
  if (kept.length === 0)
    return html`<p>${words.nothing()}</p>
      <p>${words.how()}</p>`
  return html`<section>
    <h2>${words.here()}</h2>
    <ul role="list">
      ${kept.map(
        ({ planId, title }) => html`<li><a class="again" href="/plan/${planId}">${title}</a></li>`,
      )}
    </ul>
  </section>`
}

const theCard = ({ lead, text }: OfflineCard): Markup =>
  html`<div class="card">
    ${lead === '' ? null : html`<p class="soft">${lead}</p>`}
    <p class="kept">${text}</p>
  </div>`

function theGoal(goal: OfflineGoal, words: Words, level: 2 | 3): Markup {
  const heading = new Markup(`h${level}`)
  const small = new Markup(`h${level + 1}`)
  return html`<article class="goal">
<p class="soft">${goal.area}. ${goal.state}.</p>
<${heading} class="goal__text">${goal.text}</${heading}>
${
  goal.doing.length === 0
    ? null
    : html`<${small}>${words.doing()}</${small}><ul>${goal.doing.map(
        ({ who, what, when }) =>
          html`<li><b>${who}</b>: ${what}${when === '' ? null : html` (${when})`}</li>`,
      )}</ul>`
}
${goal.success === null ? null : html`<p>${words.success()} ${goal.success}</p>`}
${goal.agreed === null ? null : html`<p>${icon('patch')}${goal.agreed}</p>`}
${
  goal.said.length === 0
    ? null
    : html`<${small}>${words.answers()}</${small}><ul>${goal.said.map((one) => html`<li>${one}</li>`)}</ul>`
}
${goal.differs.map((one) => html`<p>${one}</p>`)}
${goal.back === null ? null : html`<p>${icon('calendar-days')}${goal.back}</p>`}
</article>`
}

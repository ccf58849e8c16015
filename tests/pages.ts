/**
 * Every page there is: where it lies, who looks at it, and what they wait for.
 *
 * A page that is added to `src/routes` is added here as well. Pictures are made of all of them
 * (`npm run screenshots`), and each is held against the rules of access (`tests/flows/pages.test.ts`).
 */
import { inDays } from './days.ts'
import type { Caller } from './process.ts'

/** What a path may need: ids that only the running server knows. */
export type Visiting = {
  base(): string
  /** The API, as somebody of the demo. */
  as(email: string): Promise<Caller>
  /** The first goal of a plan that is in this state, as somebody sees it. */
  goal(planId: string, state: string, email: string): Promise<string>
}

export type Visit = {
  /** The folder under `src/routes` as SvelteKit names it; null where it has no page of its own. */
  route: string | null
  /** A short name; pictures are called after it. Two visits of one page have two names. */
  name: string
  /** Whose eyes: a mail address of the demo, or null for who is not signed in. */
  who: string | null
  /** Words that stand on the page once it is ready. */
  ready: string
  /** Where to go, if not to the route as it stands. */
  path?: string | ((visiting: Visiting) => Promise<string>)
  /** A screen that is looked at from afar: it may be wider than a narrow window. */
  far?: true
}

const RIA = 'ria@plan-01.example'
const FATIMA = 'fatima@plan-01.example'
const MARJAN = 'marjan@plan-01.example'
const SAVED = 'Alles is bewaard'

const goal = (planId: string, state: string, email: string) => async (visiting: Visiting) =>
  `/plan/${planId}/doel/${await visiting.goal(planId, state, email)}`

export const PAGES: readonly Visit[] = [
  { route: '/', name: 'start', who: null, ready: 'Kies een stoel' },
  { route: '/inloggen', name: 'inloggen', who: null, ready: 'Wachtwoord' },
  { route: '/link', name: 'link-vragen', who: null, ready: 'Vul uw mailadres in' },
  {
    route: '/link/[token]',
    name: 'link-onbekend',
    who: null,
    path: `/link/${'x'.repeat(43)}`,
    ready: 'Deze link werkt niet',
  },
  { route: '/wachtwoord', name: 'wachtwoord-vergeten', who: null, ready: 'Stuur mij een link' },
  {
    route: '/wachtwoord/[token]',
    name: 'wachtwoord-onbekend',
    who: null,
    path: `/wachtwoord/${'x'.repeat(43)}`,
    ready: 'Deze link werkt niet',
  },
  { route: '/inloggen/stap', name: 'code', who: MARJAN, ready: 'Stuur mij een code' },
  { route: '/account', name: 'account', who: FATIMA, ready: 'Hier bent u ingelogd' },
  {
    route: '/klant/[plan]',
    name: 'client-dag',
    who: 'gerrit@plan-09.example',
    path: '/klant/plan-09',
    ready: 'Verder',
  },
  { route: '/thuis', name: 'thuis', who: MARJAN, ready: 'Dag Marjan' },
  { route: '/lezen-en-zien', name: 'lezen-en-zien', who: null, ready: 'Licht of donker' },
  { route: '/dev/post', name: 'post', who: null, ready: 'Er is geen mailserver' },
  { route: '/plannen', name: 'plannen', who: FATIMA, ready: 'Vandaag is het' },
  { route: '/plannen/nieuw', name: 'plan-nieuw', who: FATIMA, ready: 'Voor wie is dit plan?' },
  {
    route: '/plan/[id]/onderwerpen',
    name: 'onderwerpen',
    who: FATIMA,
    path: '/plan/plan-01/onderwerpen',
    ready: 'Elke dag naar buiten kunnen',
  },
  {
    route: '/plan/[id]/eigen-plan',
    name: 'eigen-plan-leeg',
    who: MARJAN,
    path: '/plan/plan-01/eigen-plan',
    ready: 'Er is nog niets ingeleverd',
  },
  {
    route: '/plan/[id]/doelen',
    name: 'doelen',
    who: 'noor@plan-07.example',
    path: '/plan/plan-07', // she comes here from there
    ready: 'San laat u deze doelen lezen',
  },
  {
    route: '/organisatie/[organisation]',
    name: 'termijnen',
    who: 'carla@lindehof.example',
    path: '/organisatie/lindehof',
    ready: 'Voor de controle',
  },
  { route: '/organisatie', name: 'organisaties', who: FATIMA, ready: 'van geen organisatie' },
  { route: '/plannen', name: 'plannen-naaste', who: MARJAN, ready: 'Open het plan' },
  { route: '/plan/[id]', name: 'bord', who: FATIMA, path: '/plan/plan-01', ready: SAVED },
  { route: '/plan/[id]', name: 'bord-client', who: RIA, path: '/plan/plan-01', ready: SAVED },
  {
    route: '/plan/[id]/mensen',
    name: 'wie-mag-wat',
    who: RIA,
    path: '/plan/plan-01/mensen',
    ready: 'beslist zelf',
  },
  {
    route: '/plan/[id]/wissen',
    name: 'wissen',
    who: FATIMA,
    path: '/plan/plan-01/wissen',
    ready: 'Dit gaat weg',
  },
  {
    route: '/plan/[id]/wie-keek',
    name: 'wie-keek',
    who: RIA,
    path: '/plan/plan-01/wie-keek',
    ready: 'Hier ziet u wie',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-afgesproken',
    who: MARJAN,
    path: goal('plan-01', 'agreed', MARJAN),
    ready: 'Afgesproken',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-schrijven',
    who: FATIMA,
    path: async ({ as }) => {
      const { call } = await as(FATIMA)
      const made = await call('POST', '/api/plans/plan-01/goals', { area: 'living' })
      return `/plan/plan-01/doel/${(made.body as { id: string }).id}`
    },
    ready: SAVED,
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-antwoorden',
    who: 'chantal@plan-09.example',
    path: goal('plan-09', 'presented', 'chantal@plan-09.example'),
    ready: 'Ja',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-client',
    who: 'gerrit@plan-09.example',
    path: goal('plan-09', 'presented', 'gerrit@plan-09.example'),
    ready: 'Ja',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-proef',
    who: 'naima@plan-02.example',
    path: goal('plan-02', 'agreed-on-trial', 'naima@plan-02.example'),
    ready: 'We proberen dit tot',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-verschil',
    who: 'rob@plan-03.example',
    path: goal('plan-03', 'agreed-with-dissent', 'rob@plan-03.example'),
    ready: 'Niet iedereen is het eens',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-niet',
    who: 'bas@plan-07.example',
    path: async (visiting) => {
      const { as, goal: find } = visiting
      const id = await find('plan-07', 'presented', 'bas@plan-07.example')
      const { call } = await as('bas@plan-07.example')
      await call('POST', `/api/goals/${id}/marks`, {
        mark: 'not-agreed',
        text: 'San wil dit nu niet.',
        instead: 'Bas vraagt het later nog eens.',
      })
      return `/plan/plan-07/doel/${id}`
    },
    ready: 'Niet afgesproken',
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-bijstellen',
    who: 'lotte@plan-05.example',
    path: async (visiting) => {
      const { as, goal: find } = visiting
      const id = await find('plan-05', 'agreed', 'lotte@plan-05.example')
      const { call } = await as('lotte@plan-05.example')
      await call('POST', `/api/goals/${id}/revise`)
      return `/plan/plan-05/doel/${id}`
    },
    ready: SAVED,
  },
  {
    route: '/plan/[id]/doel/[goal]',
    name: 'doel-client-leest',
    who: RIA,
    path: goal('plan-01', 'agreed', RIA),
    ready: 'Hetzelfde in woorden voor de zorg',
  },
  {
    route: '/plan/[id]/doel/[goal]/opschrijven',
    name: 'antwoord-opschrijven',
    who: 'chantal@plan-09.example',
    path: async (visiting) =>
      `${await goal('plan-09', 'presented', 'chantal@plan-09.example')(visiting)}/opschrijven`,
    ready: 'zegt het hardop',
  },
  {
    route: '/plan/[id]/terugkijken',
    name: 'terugkijken',
    who: RIA,
    path: async (visiting) =>
      `/plan/plan-01/terugkijken?doel=${await visiting.goal('plan-01', 'agreed', RIA)}`,
    ready: 'Wat er gebeurde',
  },
  {
    route: '/plan/[id]/afdrukken',
    name: 'afdrukken',
    who: RIA,
    path: '/plan/plan-01/afdrukken',
    ready: 'Mijn afspraken',
  },
  {
    route: '/plan/[id]/afdrukken',
    name: 'afdrukken-dossier',
    who: FATIMA,
    path: '/plan/plan-01/afdrukken?voor=dossier',
    ready: 'Bewijs',
  },
  {
    route: '/plan/[id]/afdrukken',
    name: 'afdrukken-niet',
    who: MARJAN,
    path: '/plan/plan-01/afdrukken',
    ready: 'niet meenemen',
  },
  {
    route: '/plan/[id]/doel/[goal]/bewijs',
    name: 'bewijs',
    who: MARJAN,
    path: async (visiting) => `${await goal('plan-01', 'agreed', MARJAN)(visiting)}/bewijs`,
    ready: 'Alles klopt',
  },
  {
    route: '/plan/[id]/beslissen',
    name: 'beslissen',
    who: 'naima@plan-02.example',
    path: '/plan/plan-02/beslissen',
    ready: 'Beslist pas',
  },
  {
    route: '/plan/[id]/beslissen',
    name: 'beslissen-naaste',
    who: MARJAN,
    path: '/plan/plan-01/beslissen',
    ready: 'Krijgt als eerste bericht',
  },
  {
    route: '/plan/[id]/vaststellen',
    name: 'vaststellen',
    who: 'ank@plan-03.example',
    path: async ({ as }) => {
      const { call } = await as('ank@plan-03.example')
      const { body } = await call('GET', '/api/plans/plan-03/versions')
      const { usual } = body as { usual: string }
      await call('POST', '/api/plans/plan-03/versions', { reviewOn: usual })
      return '/plan/plan-03/vaststellen'
    },
    ready: 'Wie kreeg een exemplaar?',
  },
  {
    route: '/plan/[id]/gesprek',
    name: 'gesprek-plannen',
    who: FATIMA,
    path: '/plan/plan-01/gesprek',
    ready: 'Welke dag?',
  },
  {
    route: '/plan/[id]/gesprek',
    name: 'gesprek-gepland',
    who: 'ank@plan-03.example',
    path: async ({ as }) => {
      const { call } = await as('ank@plan-03.example')
      await call('POST', '/api/plans/plan-03/meetings', {
        onAt: inDays(14),
        people: [],
      })
      return '/plan/plan-03/gesprek'
    },
    ready: 'Begin het gesprek',
  },
  {
    route: '/plan/[id]/gesprek/[meeting]',
    name: 'verslag',
    who: 'naima@plan-02.example',
    path: async ({ as }) => {
      const { call } = await as('naima@plan-02.example')
      const made = await call('POST', '/api/plans/plan-02/meetings', {
        onAt: inDays(14),
        people: [],
      })
      const { id } = made.body as { id: string }
      for (const act of ['start', 'next', 'next', 'next', 'finish'])
        await call('POST', `/api/meetings/${id}/steps`, { step: { do: act } })
      return `/plan/plan-02/gesprek/${id}`
    },
    ready: 'Hoe was dit gesprek?',
  },
  {
    route: '/plan/[id]/kaart',
    name: 'kaart',
    who: FATIMA,
    path: '/plan/plan-01/kaart',
    ready: 'Maak een kaart',
  },
  {
    route: '/plan/[id]/voorbereiden',
    name: 'voorbereiden',
    who: 'rob@plan-03.example',
    path: async ({ as }) => {
      const { call } = await as('ank@plan-03.example')
      // refused where one is planned already
      await call('POST', '/api/plans/plan-03/meetings', {
        onAt: inDays(14),
        people: [],
      })
      return '/plan/plan-03/voorbereiden'
    },
    ready: 'Wat zou',
  },
  {
    route: '/scherm',
    name: 'groot-scherm',
    who: null,
    ready: 'Dit is het grote scherm',
    far: true,
  },
  {
    route: '/scherm/toelaten',
    name: 'scherm-toelaten',
    who: FATIMA,
    path: '/scherm/toelaten?code=ABCDEF',
    ready: 'U leidt nu geen gesprek',
  },
  {
    route: null,
    name: 'tolk-wacht',
    who: 'tolk@plan-04.example',
    path: '/plan/plan-04/gesprek',
    ready: 'Zodra het begint, gaat dit scherm vanzelf open',
  },
  {
    route: null,
    name: 'tolk-plannen',
    who: 'tolk@plan-04.example',
    path: '/plannen',
    ready: 'Wacht op het gesprek',
  },
  { route: null, name: 'bestaat-niet', who: null, path: '/bestaat-niet', ready: 'Dit lukte niet' },
]

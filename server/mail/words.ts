/**
 * What letters say: plain Dutch, and nothing that others may not know. A mailbox is read by more
 * people than its owner: so no care content, no surname, no goal; what there is stands behind the
 * button.
 */
import type { Facts, Kind } from '../mail.ts'

/** One letter in words: what it is about, what it says, and where its button leads. */
export type Said = {
  subject: string
  lines: string[]
  /** A code, large and by itself. */
  code?: string
  button?: { path: string; label: string }
  /** Below the button, smaller. */
  after?: string[]
}

/** How the letter may call the client: by the name she is called, or not at all. `own`: she reads it. */
export type Around = { client: string | null; planId: string | null; own: boolean }

const withHer = ({ client, own }: Around) =>
  own ? 'bij uw plan' : client ? `bij ${client}` : 'bij een plan'
const planPath = (around: Around) => (around.planId ? `/plan/${around.planId}` : '/plannen')
const goalPath = (around: Around, goalId?: string) =>
  around.planId && goalId ? `/plan/${around.planId}/doel/${goalId}` : planPath(around)
const preparePath = (around: Around) =>
  around.planId ? `/plan/${around.planId}/voorbereiden` : '/plannen'
const where = (place?: string, link?: string) => [
  ...(place ? [`Waar: ${place}`] : []),
  ...(link ? [`Meedoen met beeld: ${link}`] : []),
]
/** Before each meeting the law wants these said to the client and to who is close to her. */
const YOUR_RIGHTS = [
  'U kunt hulp krijgen van een onafhankelijke cliëntondersteuner. Dat is gratis.',
  'Die helpt u bij het gesprek en bij uw keuzes. Vraag ernaar bij uw vaste verzorgende.',
  'U kunt ook een eigen plan inleveren. Dat heet een persoonlijk plan.',
  'Lever het liefst een week voor het gesprek in. Wij gebruiken het in het gesprek.',
]
const open = (path: string) => ({ path, label: 'Open Aan tafel' })

const DAY = new Intl.DateTimeFormat('nl-NL', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'Europe/Amsterdam',
})
const TIME = new Intl.DateTimeFormat('nl-NL', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Amsterdam',
})
const moment = (at: string) =>
  `${DAY.format(new Date(at))} om ${TIME.format(new Date(at))} uur`.replace(/\s+/g, ' ')
const day = (on: string) => DAY.format(new Date(`${on}T12:00:00Z`))

const PERSONAL = [
  'Deze link is alleen voor u. Stuur hem niet door.',
  'U hebt geen wachtwoord nodig. De link werkt op één apparaat.',
]
const NOT_YOU = 'Vroeg u dit niet? Dan hoeft u niets te doen.'
const CHANGED = {
  password: 'Uw wachtwoord is veranderd.',
  passkey: 'Er is een passkey bij uw account gezet.',
  app: 'Er is een code-app bij uw account gezet.',
  'passkey-gone': 'Er is een passkey van uw account gehaald.',
  'app-gone': 'De code-app is van uw account gehaald.',
  recovery: 'Er is ingelogd met een reservecode.',
} as const
export type Change = keyof typeof CHANGED

type Words = { [K in Kind]: (facts: Facts[K], around: Around) => Said }

export const WORDS = {
  invitation: ({ token, by }, around) => ({
    subject: 'U bent uitgenodigd aan tafel',
    lines: [
      by === undefined || by === ''
        ? 'U bent uitgenodigd aan tafel.'
        : by === around.client
          ? `${by} nodigt u uit aan tafel.` // she does so herself
          : `${by} nodigt u uit aan tafel ${withHer(around)}.`,
      'Daar kunt u meelezen en meepraten.',
    ],
    button: { path: `/link/${token}`, label: 'Ga naar de tafel' },
    after: PERSONAL,
  }),
  'new-link': ({ token }) => ({
    subject: 'Uw nieuwe link',
    lines: ['Hier is uw nieuwe link. De oude link werkt niet meer.'],
    button: { path: `/link/${token}`, label: 'Ga naar de tafel' },
    after: [...PERSONAL, NOT_YOU],
  }),
  'card-opened': (_facts, around) => ({
    subject: 'De kaart is gebruikt',
    lines: [
      `De kaart ${withHer(around)} is voor het eerst gebruikt.`,
      'Met de kaart geeft iemand zelf antwoord.',
      'Klopt het niet? Bel dan de vaste verzorgende. Die kan de kaart stoppen.',
    ],
    button: open(planPath(around)),
  }),
  'sign-in-code': ({ code }) => ({
    subject: 'Uw code',
    lines: ['Dit is uw code. Hij werkt tien minuten.'],
    code,
    after: ['Geef deze code aan niemand. Wij vragen er nooit om.', NOT_YOU],
  }),
  'password-reset': ({ token }) => ({
    subject: 'Een nieuw wachtwoord',
    lines: ['U vroeg om een nieuw wachtwoord.', 'Kies het binnen een uur.'],
    button: { path: `/wachtwoord/${token}`, label: 'Kies een wachtwoord' },
    after: [NOT_YOU],
  }),
  'account-changed': ({ what }) => ({
    subject: 'Uw account is veranderd',
    lines: [CHANGED[what], 'Deed u dit zelf? Dan is het goed.'],
    button: { path: '/account', label: 'Bekijk uw account' },
    after: ['Was u het niet? Kies dan meteen een nieuw wachtwoord.'],
  }),
  'answer-asked': ({ goalId }, around) => ({
    subject: 'Er wacht iets op uw antwoord',
    lines: [`Er ligt een tekst voor u klaar ${withHer(around)}.`, 'Lees hem en zeg wat u vindt.'],
    button: open(goalPath(around, goalId)),
    after: ['U mag ja zeggen, nee zeggen, of er eerst over praten.'],
  }),
  'answer-reminder': ({ goalId }, around) => ({
    subject: 'Er wacht nog iets op uw antwoord',
    lines: [
      `Er ligt nog een tekst voor u klaar ${withHer(around)}.`,
      'U hoeft zich niet te haasten.',
    ],
    button: open(goalPath(around, goalId)),
  }),
  'asked-again': ({ goalId }, around) => ({
    subject: 'De tekst is veranderd',
    lines: [
      `Een tekst ${withHer(around)} is veranderd.`,
      'Uw antwoord hoort bij de oude tekst. Daarom vragen we het opnieuw.',
    ],
    button: open(goalPath(around, goalId)),
  }),
  'goal-agreed': ({ goalId }, around) => ({
    subject: 'Er is iets afgesproken',
    lines: [`Er is iets afgesproken ${withHer(around)}.`, 'U kunt het nu lezen.'],
    button: open(goalPath(around, goalId)),
  }),
  'goal-differs': ({ goalId }, around) => ({
    subject: 'Iemand wil erover praten',
    lines: [`Iemand ziet een tekst ${withHer(around)} anders.`, 'Bekijk wat er gezegd is.'],
    button: open(goalPath(around, goalId)),
  }),
  proposal: ({ goalId }, around) => ({
    subject: 'Er is een voorstel',
    lines: [`Iemand doet een voorstel ${withHer(around)}.`],
    button: open(goalPath(around, goalId)),
  }),
  meeting: ({ start, place, link }, around) => ({
    subject: 'Een gesprek aan tafel',
    lines: [
      `Er is een gesprek ${withHer(around)}.`,
      `Het is op ${moment(start)}.`,
      ...where(place, link),
    ],
    button: { path: preparePath(around), label: 'Bereid het gesprek voor' },
    after: ['Zet het in uw agenda met het bestand bij deze mail.', ...YOUR_RIGHTS],
  }),
  'meeting-moved': ({ start, place, link }, around) => ({
    subject: 'Het gesprek is verzet',
    lines: [
      `Het gesprek ${withHer(around)} is verzet.`,
      `Het is nu op ${moment(start)}.`,
      ...where(place, link),
    ],
    button: { path: preparePath(around), label: 'Bereid het gesprek voor' },
    after: YOUR_RIGHTS,
  }),
  'meeting-cancelled': ({ start }, around) => ({
    subject: 'Het gesprek gaat niet door',
    lines: [`Het gesprek ${withHer(around)} op ${moment(start)} gaat niet door.`],
    button: open(planPath(around)),
  }),
  'meeting-ended': (_facts, around) => ({
    subject: 'Het gesprek is klaar',
    lines: [`Het gesprek ${withHer(around)} is klaar.`, 'U kunt lezen wat er gezegd is.'],
    button: open(planPath(around)),
  }),
  'review-due': ({ on, goalId }, around) => ({
    subject: 'Samen terugkijken',
    lines: [`Op ${day(on)} kijken we samen terug ${withHer(around)}.`, 'Hoe ging het tot nu toe?'],
    button: open(goalPath(around, goalId)),
  }),
  deadline: ({ on }, around) => ({
    subject: 'Er moet iets klaar zijn',
    lines: [`Op ${day(on)} moet er iets klaar zijn ${withHer(around)}.`],
    button: open(planPath(around)),
  }),
  'access-ended': (_facts, around) => ({
    subject: 'U zit niet meer aan tafel',
    lines: [
      `U zit niet meer aan tafel ${withHer(around)}.`,
      'Wat u schreef, blijft bewaard.',
      'Hebt u een vraag? Bel dan de vaste verzorgende.',
    ],
  }),
} satisfies Words

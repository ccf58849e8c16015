/** The plan for the record, on paper: every version, every answer, dissent as equal text, the proof. */
import type {
  PaperDoing,
  PlanOnRecord,
  RecordAnswer,
  RecordGoal,
  RecordPhoto,
  RecordVersion,
} from '#live/paper.ts'
import { sentences, type Locale } from '../sentences.ts'
import { INK, Sheet, type Line, type Style } from './sheet.ts'

const TEXT: Style = { face: 'text', size: 11 }
const BOLD: Style = { face: 'bold', size: 11 }
const SOFT: Style = { face: 'text', size: 10, colour: INK.soft }
const HEAD: Style = { face: 'bold', size: 16, leading: 1.5 }
const GOAL: Style = { face: 'bold', size: 14, leading: 1.3 }
const PART: Style = { face: 'bold', size: 12, leading: 1.5, colour: INK.agreed }

/** The pictures beside the life story, by card, as JPEG. */
export type Pictures = ReadonlyMap<string, Buffer>

/** The plan with everything that is on record, as the bytes of a PDF. */
export function wholePdf(
  plan: PlanOnRecord,
  locale: Locale,
  { compress = true, pictures = new Map() }: { compress?: boolean; pictures?: Pictures } = {},
): Promise<Buffer> {
  const m = sentences(locale)
  const title = `${plan.title} – ${plan.name}`
  const sheet = new Sheet({ title, lang: locale === 'nl' ? 'nl-NL' : 'en-GB', compress })
  new Whole(sheet, plan, m, pictures).draw()
  return sheet.finish(plan.foot, (page, pages) =>
    m.export_page({ page: String(page), pages: String(pages) }),
  )
}

type Said = Parameters<Sheet['text']>[1]

class Whole {
  readonly #sheet: Sheet
  readonly #plan: PlanOnRecord
  readonly #m: ReturnType<typeof sentences>

  readonly #pictures: Pictures

  constructor(
    sheet: Sheet,
    plan: PlanOnRecord,
    m: ReturnType<typeof sentences>,
    pictures: Pictures,
  ) {
    this.#pictures = pictures
    this.#sheet = sheet
    this.#plan = plan
    this.#m = m
  }

  draw(): void {
    const m = this.#m
    const { title, name, about, people, board, ownPlan, goals, also, proof } = this.#plan
    const sheet = this.#sheet
    sheet.put([
      ...this.#p([{ face: 'bold', size: 26, leading: 1.1, text: title }], 'H1'),
      ...this.#p([
        { face: 'voice-medium', size: 16, leading: 1.5, colour: INK.client, text: name },
      ]),
      ...about.flatMap((text) => this.#p([{ ...TEXT, text }])),
    ])
    this.#part(
      m.export_record_people(),
      people.map(({ name, role }) => [
        { ...BOLD, text: `${name}  ` },
        { ...TEXT, text: role },
      ]),
    )
    this.#part(
      m.export_record_board(),
      board.map(said),
      board.map(({ photo }) => photo),
    )
    if (ownPlan.length > 0) this.#part(m.export_own_plan(), ownPlan.map(said))
    this.#head(m.export_record_goals())
    for (const goal of goals) this.#goal(goal)
    if (also.length > 0)
      this.#part(
        m.export_also(),
        also.map((one) => doing(one)),
      )
    this.#head(m.export_record_proof())
    sheet.put([
      ...this.#p([{ ...TEXT, text: proof.text }]),
      ...this.#p([{ ...TEXT, text: proof.head }]),
    ])
  }

  #p(said: Said, type = 'P', indent = 0): Line[] {
    const sheet = this.#sheet
    return sheet
      .text(sheet.element(type), said, sheet.width - indent)
      .map((line) => ({ ...line, draw: (x, y) => line.draw(x + indent, y) }))
  }

  #head(text: string): void {
    const sheet = this.#sheet
    sheet.y += 14
    if (sheet.y + 70 > sheet.bottom) sheet.newPage() // no heading alone at the foot of a page
    sheet.put(this.#p([{ ...HEAD, text }], 'H2'))
  }

  #part(title: string, items: readonly Said[], photos: readonly (RecordPhoto | null)[] = []): void {
    if (items.length === 0) return
    this.#head(title)
    const sheet = this.#sheet
    const list = sheet.element('L')
    for (const [at, said] of items.entries()) {
      const body = sheet.element('LBody', sheet.element('LI', list))
      const photo = photos[at]
      const picture = photo && this.#pictures.get(photo.cardId)
      sheet.put([
        ...sheet.text(body, said, sheet.width),
        ...(picture ? [sheet.gap(4), sheet.picture(body, picture, photo)] : []),
        sheet.gap(3),
      ])
    }
  }

  #goal(goal: RecordGoal): void {
    const sheet = this.#sheet
    sheet.y += 8
    sheet.put([
      sheet.rule(sheet.width),
      sheet.gap(8),
      ...this.#p([{ ...GOAL, text: goal.title }], 'H3'),
      ...this.#p([{ ...SOFT, text: goal.about }]),
    ])
    for (const version of goal.versions) this.#version(version)
    if (goal.reviews.length > 0) {
      sheet.put([
        ...this.#p([{ ...PART, text: this.#m.export_record_reviews() }], 'H4'),
        ...goal.reviews.flatMap(({ title, text }) =>
          this.#p(
            [
              { ...BOLD, text: `${title}  ` },
              { ...TEXT, text },
            ],
            'P',
            12,
          ),
        ),
      ])
    }
  }

  #version(version: RecordVersion): void {
    const m = this.#m
    const sheet = this.#sheet
    const p = (said: Said) => this.#p(said, 'P', 12)
    sheet.y += 6
    sheet.put([
      ...this.#p([{ ...PART, text: version.title }], 'H4'),
      ...p([{ ...SOFT, text: version.about.join(' ') }]),
      ...p([{ ...BOLD, text: version.text }]),
    ])
    if (version.care !== '') {
      sheet.put(
        p([
          { ...SOFT, text: `${m.export_record_care()} ` },
          { ...TEXT, text: version.care },
        ]),
      )
    }
    for (const one of version.doing) sheet.put(p(doing(one)))
    if (version.success !== '') {
      sheet.put(
        p([
          { ...SOFT, text: `${m.export_success()} ` },
          { ...TEXT, text: version.success },
        ]),
      )
    }
    if (version.back !== null) sheet.put(p([{ ...TEXT, text: version.back }]))
    if (version.answers) {
      sheet.put([
        ...this.#p([{ ...BOLD, text: m.export_record_answers() }], 'P', 12),
        ...(version.answers.length === 0
          ? p([{ ...TEXT, text: m.export_record_none() }])
          : version.answers.flatMap((answer) => this.#p(given(answer), 'P', 24))),
      ])
    }
    for (const { title, lead, text, by } of version.differs) {
      sheet.put([
        ...p([{ ...BOLD, text: title }]),
        ...p([{ ...TEXT, text: `${lead} ${text}` }]),
        ...p([{ ...SOFT, text: by }]),
      ])
    }
    for (const text of version.marks) sheet.put(p([{ ...TEXT, text }]))
    if (version.hash !== null && version.code !== null) {
      sheet.put([
        ...p([
          { ...SOFT, text: `${m.export_record_hash()} ` },
          { ...SOFT, text: version.hash },
        ]),
        ...p([{ ...SOFT, text: m.export_code({ code: version.code }) }]),
      ])
    }
  }
}

const doing = ({ who, what, when }: PaperDoing): Said => [
  { ...BOLD, text: `${who}: ` },
  { ...TEXT, text: what },
  ...(when === '' ? [] : [{ ...SOFT, text: `  ${when}` }]),
]

/** A card, or an item that was handed in, and what is on record about it. */
const said = ({ lead, text, why: [first, ...why] }: PlanOnRecord['ownPlan'][number]): Said => [
  { ...TEXT, text: `${text}  ` },
  { ...SOFT, text: first === undefined ? lead : `${lead}\n` },
  ...(first === undefined
    ? []
    : [
        { ...BOLD, text: `${first} ` },
        { ...TEXT, text: why.join(' ') },
      ]),
]

const given = ({ who, said, how, remark }: RecordAnswer): Said => [
  { ...BOLD, text: `${who}: ${said}.  ` },
  { ...SOFT, text: `${how.join('; ')}.` },
  ...(remark === '' ? [] : [{ face: 'voice' as const, size: 11, text: `  “${remark}”` }]),
]

/** The form of a new plan: from what the browser sends to what is asked, and back into its fields. */
import { m } from '#lib/paraglide/messages.js'

export type Row = { name: string; email: string; role: string; relation: string }
/** What was filled in, so that nothing is lost when something is wrong. */
export type Filled = { fields: Record<string, string>; people: Row[] }

const ONE = [
  'name',
  'callMe',
  'email',
  'age',
  'setting',
  'law',
  'decides',
  'startedOn',
  'myRole',
  'consent',
  'template',
] as const

/** Reads the form: `asked` as the door reads it, `kept` as it was typed. Empty rows are left out. */
export function fieldsOf(form: FormData): { asked: unknown; kept: Filled } {
  const text = (value: FormDataEntryValue | null | undefined) =>
    typeof value === 'string' ? value : ''
  const fields = Object.fromEntries(ONE.map((name) => [name, text(form.get(name))]))
  const columns = (['name', 'email', 'role', 'relation'] as const).map((column) =>
    form.getAll(`people.${column}`).map(text),
  )
  const [names = [], emails = [], roles = [], relations = []] = columns
  const people = names
    .map((name, at) => ({
      name,
      email: emails[at] ?? '',
      role: roles[at] ?? '',
      relation: relations[at] ?? '',
    }))
    .filter((row) => (row.name + row.email + row.relation).trim() !== '')
  const age = fields.age?.trim() ?? ''
  return {
    kept: { fields, people },
    asked: {
      client: {
        name: fields.name,
        callMe: fields.callMe,
        email: fields.email?.trim(),
        ...(age !== '' && { age: Number(age) }),
        setting: fields.setting,
        law: fields.law,
        decides: fields.decides,
      },
      startedOn: fields.startedOn,
      myRole: fields.myRole,
      people,
      consent: fields.consent,
      template: fields.template,
    },
  }
}

const words: Record<string, () => string> = {
  missing: m.plans_fault_missing,
  'too-long': m.plans_fault_long,
  'not-mail': m.plans_fault_mail,
  'not-age': m.plans_fault_age,
  'not-a-day': m.plans_fault_day,
  choose: m.plans_fault_choose,
  twice: m.plans_fault_twice,
  yours: m.plans_fault_yours,
}

/** The sentence of the first fault at a path; null when nothing is wrong there. */
export function faultAt(
  faults: readonly { path: string; fault: string }[],
  path: string,
): string | null {
  const found = faults.find((fault) => fault.path === path)
  return found ? (words[found.fault] ?? m.plans_fault_other)() : null
}

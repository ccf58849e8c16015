import { m } from '#lib/paraglide/messages.js'

/** The way home, called after what is there: for who works in care a list of plans. */
export const homeWay = (home: App.PageData['home'] = null): { href: string; label: string } => ({
  href: home ?? '/',
  label: home === '/plannen' ? m.back_to_plans() : m.to_start(),
})

/** A page one can go to from another: in the top bar itself when it is one of the first. */
export type Way = { label: string; icon: string; href: string; first?: boolean }

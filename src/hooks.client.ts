import type { ClientInit } from '@sveltejs/kit/hooks'
import { fetchEnglish } from '#lib/languages.ts'
import { getLocale } from '#lib/paraglide/runtime.js'

/** A page in English has its words before anything on it moves. */
export const init: ClientInit = async () => {
  if (getLocale() === 'en') await fetchEnglish()
}

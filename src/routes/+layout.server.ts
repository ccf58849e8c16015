import { homeOf } from '#server/home.ts'
import type { LayoutServerLoad } from './$types'

/** Where every page leads back to. */
export const load: LayoutServerLoad = ({ locals }) => ({ home: homeOf(locals.holder) })

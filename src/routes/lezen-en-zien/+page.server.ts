import { redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types'

const YEAR = 60 * 60 * 24 * 365
const within = (path: string | null) => (path && /^\/(?!\/)/.test(path) ? path : '/')

export const load: PageServerLoad = ({ cookies, request, url }) => {
  const [theme = '', contrast = '', size = '', hear = ''] = (cookies.get('look') ?? '').split('.')
  const from = URL.parse(request.headers.get('referer') ?? '')
  const back = from?.origin === url.origin && from.pathname !== url.pathname ? from.pathname : '/'
  return { theme, contrast, size, hear, language: cookies.get('language') ?? 'nl', back }
}

export const actions: Actions = {
  default: async ({ request, cookies }) => {
    const form = await request.formData()
    const pick = (name: string, values: string[]) => {
      const value = form.get(name)
      return typeof value === 'string' && values.includes(value) ? value : ''
    }
    const look = [
      pick('theme', ['light', 'dark']),
      pick('contrast', ['more']),
      pick('size', ['2', '3']),
      pick('hear', ['important', 'quiet']),
    ]
    const options = {
      path: '/',
      maxAge: YEAR,
      sameSite: 'lax' as const,
      httpOnly: true,
      secure: false,
    }
    cookies.set('look', look.join('.'), options)
    cookies.set('language', pick('language', ['nl', 'en']) || 'nl', { ...options, httpOnly: false })
    const back = form.get('back')
    redirect(303, within(typeof back === 'string' ? back : null))
  },
}

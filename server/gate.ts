/** While the client holds the tablet: what its session may still reach, at every door of HTTP. */
import type { Account } from './auth/sessions.ts'

/** Where the client's own pages of a plan are. */
export const clientPath = (planId: string): string => `/klant/${planId}`

/**
 * Where this request must go instead: null when it may go on, `refuse` for a call, else a page.
 *
 * Asked before anything else looks at the request, so that a page that is added tomorrow is closed
 * as well.
 */
export function gate(
  account: Pick<Account, 'handover'> | null,
  request: { method: string; path: string },
): { to: string } | 'refuse' | null {
  if (!account || account.handover === null) return null
  const page = clientPath(account.handover)
  const api = `/api/plans/${account.handover}/client`
  const { method, path } = request
  if ([page, api, `${api}/help`, `${api}/passkey`].includes(path)) return null
  const reads = method === 'GET' || method === 'HEAD'
  return reads && !path.startsWith('/api/') ? { to: page } : 'refuse'
}

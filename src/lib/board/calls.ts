/** The calls of a board that are not written into a document. */

const post = (path: string, body: object) =>
  fetch(path, {
    method: 'POST',
    keepalive: true, // also while the page goes away
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Tells how far I have read. When it does not arrive, the same things stay new. */
export async function tellSeen(planId: string, all: boolean): Promise<void> {
  await post(`/api/plans/${planId}/seen`, { all }).catch(() => null)
}

/** The document of my own draft; null when it could not be had. */
export async function ownDraft(planId: string): Promise<string | null> {
  try {
    const answer = await post(`/api/plans/${planId}/draft`, {})
    if (!answer.ok) return null
    return ((await answer.json()) as { documentId: string }).documentId
  } catch {
    return null
  }
}

/** Moves a card to another document; false when that could not be done. */
export async function shareCard(from: string, card: string, to: string): Promise<boolean> {
  const answer = await post(`/api/documents/${from}/cards/${card}/move`, { to }).catch(() => null)
  return answer?.ok === true
}

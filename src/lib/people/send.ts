/** One act over HTTP. Answers with what to say when it was refused; null when it is done. */
export async function send(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<{ message: string } | null> {
  try {
    const answer = await fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.ok) return null
    const { message } = (await answer.json()) as { message?: unknown }
    return { message: typeof message === 'string' ? message : '' }
  } catch {
    return { message: '' } // no connection
  }
}

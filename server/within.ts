/** An answer that did not come in time. */
export class TooLate extends Error {}

/**
 * A question with a time limit. postgres.js 3.4.9 can leave a query without an answer when its
 * connection dies (porsager/postgres #1208), so nothing here waits without end.
 */
export async function within<T>(question: PromiseLike<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([
      question,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new TooLate(`no answer within ${ms} ms`)), ms)
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}

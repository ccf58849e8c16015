/** Rows of tries: what may be done a few times only, counted in all processes together. */
import type { Db } from './open.ts'

/** Counts one more try and says whether it is allowed: at most `most` in so many seconds. */
export async function allowed(
  db: Db,
  key: string,
  most: number,
  seconds: number,
): Promise<boolean> {
  const rows = await db`
    insert into try (key) select ${key}::text
    where (select count(*) from try
      where key = ${key} and at > now() - make_interval(secs => ${seconds})) < ${most}
    returning key`
  return rows.length > 0
}

/** Forgets tries of more than a day ago. */
export async function tidy(db: Db): Promise<void> {
  await db`delete from try where at < now() - interval '1 day'`
  await db`delete from challenge where expires_at < now()`
  await db`delete from password_reset where expires_at < now()`
}

/** Where words are: every column of every table that holds them. */
import type { App } from '#server/app.ts'

export async function whereIs(app: App, words: string): Promise<string[]> {
  const { sql } = app.db
  const columns = await sql<{ table: string; column: string; type: string }[]>`
    select c.table_name as "table", c.column_name as "column", c.data_type as type
    from information_schema.columns c join information_schema.tables t
      on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.data_type in ('text', 'jsonb', 'bytea')`
  const found: string[] = []
  for (const { table: name, column, type } of columns) {
    const hit =
      type === 'bytea'
        ? sql`position(${Buffer.from(words)}::bytea in ${sql(column)}) > 0`
        : sql`position(${words} in ${sql(column)}::text) > 0`
    const [row] = await sql`select 1 as one from ${sql(name)} where ${hit} limit 1`
    if (row) found.push(`${name}.${column}`)
  }
  return found.sort()
}

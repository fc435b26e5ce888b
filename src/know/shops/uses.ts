import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import type { Place } from './place.ts'

const counted = 1000

/** How many rows of which tables point to something; counting stops at 1,000 of each. */
export type Uses = Record<string, number>

/**
 * What uses a shop, channel or brand, or any of them when no id is given. The foreign keys say it, so this module need not
 * know the modules above it, and a new one cannot be forgotten. Costs one indexed count per referencing table.
 */
export async function usesOf(ctx: Context, place: Place, id?: number): Promise<Uses> {
  const { rows: keys } = await sql<{ table: string; column: string }>`
    select child.relname as table, attribute.attname as column
      from pg_constraint key
      join pg_class child on child.oid = key.conrelid
      join pg_attribute attribute on attribute.attrelid = key.conrelid and attribute.attnum = key.conkey[1]
     where key.contype = 'f' and key.confrelid = ${place}::regclass
     order by 1, 2`.execute(ctx.db)
  if (keys.length === 0) return {}
  const counts = keys.map(({ table, column }) => {
    const points = id === undefined ? sql`${sql.ref(column)} is not null` : sql`${sql.ref(column)} = ${id}`
    return sql`select ${table}::text as name, count(*)::int as count
                 from (select 1 from ${sql.table(table)} where ${points} limit ${counted}) one`
  })
  const { rows } = await sql<{ name: string; count: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db)
  const uses: Uses = {}
  for (const { name, count } of rows) if (count > 0) uses[name] = (uses[name] ?? 0) + count
  return uses
}

/** The uses in a reader's words: “3 orders, 1 source”. */
export function sayUses(uses: Uses, locale: Locale): string {
  const words = Object.entries(uses).map(([name, count]) => {
    const key = `shops.use.${name}`
    const text = say(locale, key, { count })
    return text === key ? `${name}: ${count}` : text
  })
  return words.join(say(locale, 'shops.use.comma'))
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Ids of rows that are written under them afterwards, so that nothing is read back. Rising. */
export async function takeIds(ctx: Context, table: 'profiles' | 'customers', count: number): Promise<number[]> {
  const { rows } = await sql<{ ids: string }>`
    select string_agg(nextval(ids)::text, ' ') as ids
      from (select pg_get_serial_sequence(${table}, 'id')::regclass as ids offset 0) as sequence,
           generate_series(1, ${count})`.execute(ctx.db)
  return rows[0]!.ids.split(' ').map(Number)
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Deletes products that nothing uses; the caller has made sure of that, and a foreign key would refuse it all. */
export async function removeProducts(ctx: Context, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with gone as (delete from products where id = any(${ids}) returning id)
    insert into tombstones (entity, row_id) select 'products', id from gone
        on conflict (entity, row_id) do update set xid = excluded.xid`.execute(ctx.db)
}

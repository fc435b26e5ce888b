import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * Deletes documents of an import with their lines, and what the import announced of them, so that no timeline tells of them. The
 * columns forget them by their tombstones. The caller has made sure that nothing else rests on them.
 * @param actor of the facts, as `import:3`
 */
export async function removeOrders(ctx: Context, ids: readonly number[], actor: string): Promise<void> {
  if (ids.length === 0) return
  await sql`
    with gone as (
      delete from orders where id = any(${ids}) returning id, profile_id
    ),
    untold as (
      delete from facts using gone
       where facts.profile_id = gone.profile_id and facts.subject_id = gone.id and facts.actor = ${actor} and facts.historic
         and facts.kind like 'orders.%'
    )
    insert into tombstones (entity, row_id) select 'orders', id from gone
        on conflict (entity, row_id) do update set xid = excluded.xid`.execute(ctx.db)
}

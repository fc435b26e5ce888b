import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { chosenValues } from './refresh.ts'
import { regionsOf, saidOfRegion } from './regions-of.ts'

const piece = 5_000

/** Reads the regions of customers who were there before regions were. @returns whether there were any */
export function readRegions(ctx: Context): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      select id from customers where region is null order by id limit ${piece} for update skip locked`.execute(ctx.db)
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return false
    const placed = await regionsOf(ctx, chosenValues(ids, saidOfRegion))
    await sql`
      with placed as (
        select * from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as row(id bigint, region int, sure boolean, latitude real, longitude real)
      )
      update customers
         set region = coalesce(placed.region, 0), latitude = placed.latitude, longitude = placed.longitude, sure = customers.sure | case when placed.sure then 32 else 0 end,
             version = version + 1, xid = pg_current_xact_id()
        from unnest(${ids}::bigint[]) as asked(id) left join placed using (id)
       where customers.id = asked.id`.execute(ctx.db)
    return true
  })
}

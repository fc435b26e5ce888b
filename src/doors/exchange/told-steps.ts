import { type RawBuilder, sql } from 'kysely'
import { type Import, stagingOf } from './import.ts'

/**
 * What an import tells of orders' ways as it stands to what is known, one row a step and parcel: `order_id` (null while the sale is
 * still to come, by the same import) and `state`: new, same, changed. A number is looked for at the import's own source first; a list of
 * another source, as a carrier's, means the one order that is called so. (`offset 0`: see told-orders.ts.)
 */
export function toldSteps(one: Import, range?: { from: number; to: number }): RawBuilder<unknown> {
  const { way } = stagingOf(one.id)
  const within = range ? sql`and w.seq between ${range.from}::bigint and ${range.to}::bigint` : sql``
  return sql`
    select w.seq, w.row, w.number, w.step, greatest(w.at, sale.placed_at) as at, w.carrier, w.tracking, sale.id as order_id,
           case when kept.id is null then 'new'
                when greatest(w.at, sale.placed_at) <= kept.at and coalesce(w.carrier, kept.carrier) is not distinct from kept.carrier then 'same'
                else 'changed' end as state
      from ${way} as w
      left join lateral (
        select id, placed_at from orders where source_id = ${one.sourceId}::int and number = w.number and kind = 'sale' offset 0
      ) as own on true
      left join lateral (
        select min(id) as id, min(placed_at) as placed_at from orders
         where own.id is null and lower(number) = lower(w.number) and number = w.number and kind = 'sale' having count(*) = 1
      ) as other on true
      left join lateral (
        select coalesce(own.id, other.id) as id, coalesce(own.placed_at, other.placed_at) as placed_at
      ) as sale on true
      left join order_steps kept on kept.order_id = sale.id and kept.step = w.step and kept.tracking is not distinct from w.tracking
     where w.problem is null ${within}`
}

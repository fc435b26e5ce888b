import { type RawBuilder, sql } from 'kysely'
import { type Import, stagingOf } from './import.ts'
import { toldSale } from './told-sale.ts'

/**
 * What an import tells of orders' ways as it stands to what is known, one row a step and parcel: `order_id` (null while the sale is
 * still to come, by the same import) and `state`: new, same, changed.
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
      ${toldSale(one, 'placed_at')}
      left join order_steps kept on kept.order_id = sale.id and kept.step = w.step and kept.tracking is not distinct from w.tracking
     where w.problem is null ${within}`
}

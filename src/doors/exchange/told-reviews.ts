import { type RawBuilder, sql } from 'kysely'
import { type Import, stagingOf } from './import.ts'

/**
 * What an import tells of reviews as it stands to what is known: `profile_id` and `order_id` (null while they are still to come, by the same
 * import), and `state`: new, same, changed. What somebody told right or answered here stays as it is. Of an order whose it is, said it. (`offset 0`: see told-orders.ts.)
 */
export function toldReviews(one: Import, range?: { from: number; to: number }): RawBuilder<unknown> {
  const { verdicts } = stagingOf(one.id)
  const within = range ? sql`and w.seq between ${range.from}::bigint and ${range.to}::bigint` : sql``
  return sql`
    select w.seq, w.row, w.id as external_id, w.rating, w.words, w.channel, w.at, sale.id as order_id, p.id as product_id,
           coalesce(sale.profile_id, who.id) as profile_id,
           case when kept.id is null then 'new'
                when kept.version > 1 or (w.rating, w.words, w.channel, w.at) is not distinct from (kept.rating, kept.words, kept.channel, kept.at) then 'same'
                else 'changed' end as state
      from ${verdicts} as w
      left join lateral (
        select id, profile_id from orders where source_id = ${one.sourceId}::int and number = w.number and kind = 'sale' offset 0
      ) as own on true
      left join lateral (
        select min(id) as id, min(profile_id) as profile_id from orders
         where own.id is null and lower(number) = lower(w.number) and number = w.number and kind = 'sale' having count(*) = 1
      ) as other on true
      left join lateral (
        select coalesce(own.id, other.id) as id, coalesce(own.profile_id, other.profile_id) as profile_id
      ) as sale on true
      left join profiles who on who.source_id = ${one.sourceId}::int and who.external_id = w.external_id
      left join products p on p.code = w.code
      left join reviews kept on kept.source_id = ${one.sourceId}::int and kept.external_id = w.id
     where w.problem is null ${within}`
}

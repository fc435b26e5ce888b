import { type RawBuilder, sql } from 'kysely'
import { type Import, stagingOf } from './import.ts'
import { toldSale } from './told-sale.ts'

/**
 * What an import tells of reviews as it stands to what is known: `profile_id` and `order_id` (null while they are still to come, by the same
 * import), and `state`: new, same, changed. What somebody told right or answered here stays as it is. Of an order whose it is, said it.
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
      ${toldSale(one, 'profile_id')}
      left join profiles who on who.source_id = ${one.sourceId}::int and who.external_id = w.external_id
      left join products p on p.code = w.code
      left join reviews kept on kept.source_id = ${one.sourceId}::int and kept.external_id = w.id
     where w.problem is null ${within}`
}

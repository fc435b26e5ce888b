import { across } from './bury.ts'
import type { Run } from './run.ts'

/** Customers whose traits are written by one statement: bounds its memory at some hundred bytes an order. */
const most = 100_000

/** Up to here profiles are looked up by key; above, one scan of the map is cheaper. */
const few = 5_000

/**
 * Writes the traits of the touched customers again, whole rows from their profiles, orders and attributes, set-wise. A customer
 * who is gone, whose profiles all went to another, or who is one of us or a test, gets a deleted row.
 */
export async function rewriteTraits(
  run: Run,
  { since, version, runId, customers }: { since: string; version: string; runId: string; customers: number },
): Promise<void> {
  const { columns } = run.ctx
  for (let after = '0'; ; ) {
    const bound = await columns.query({
      query: `SELECT toString(max(customer_id)) AS last, count() AS customers FROM (
        SELECT DISTINCT customer_id FROM touched WHERE run = {run:String} AND customer_id > {after:UInt64} ORDER BY customer_id LIMIT ${most})`,
      query_params: { run: runId, after },
      format: 'JSONEachRow',
    })
    const { last, customers: count } = (await bound.json<{ last: string; customers: number }>())[0]!
    if (count === 0) return
    await columns.command({
      query: traitsInsert(run.suffix, customers <= few),
      query_params: { run: runId, after, last, since, version },
      clickhouse_settings: across,
    })
    after = last
  }
}

/**
 * The statement. Parameters: run, after, last (the chunk of touched customers), since, version.
 * @param byKey profiles come from the customers' last traits and from map entries changed since; else from a scan of the map.
 *   Both hold every profile of these customers: what they had is in their traits, what came since is in the changes.
 */
export function traitsInsert(suffix: '' | '_next', byKey: boolean): string {
  const chunk = `SELECT customer_id FROM touched WHERE run = {run:String} AND customer_id > {after:UInt64} AND customer_id <= {last:UInt64}`
  const candidates = byKey
    ? `SELECT arrayJoin(profiles) FROM traits${suffix} WHERE customer_id IN (${chunk})
       UNION ALL SELECT profile_id FROM profile_customers${suffix} WHERE version >= {since:UInt64}`
    : `SELECT profile_id FROM profile_customers${suffix} WHERE customer_id IN (${chunk})`
  return `
INSERT INTO traits${suffix} (customer_id, version, is_deleted, gender, country, province, city, has_phone, has_email, owner_id, birth_code, birth_year, sure, region, latitude, longitude, added,
  profiles, shops, purchases, revenue, first_purchase, last_purchase, first_document, last_document,
  purchase_days, days, sales, amounts, document_shops)
SELECT t.customer_id, {version:UInt64}, c.id = 0 OR c.mark <> 0 OR empty(m.profiles),
       c.gender, c.country, c.province, c.city, c.has_phone, c.has_email, c.owner_id, c.birth_code, c.birth_year, c.sure, c.region, c.latitude, c.longitude, c.added,
       m.profiles, m.shops,
       length(arrayFilter(d -> d.2 = 1, m.documents) AS bought),
       arraySum(d -> d.4, m.documents),
       if(empty(bought), NULL, bought[1].1), if(empty(bought), NULL, bought[-1].1),
       if(empty(m.documents), NULL, m.documents[1].1), if(empty(m.documents), NULL, m.documents[-1].1),
       bought.1, m.documents.1, m.documents.2, m.documents.4, m.documents.3
  FROM (SELECT DISTINCT customer_id FROM (${chunk})) AS t
  LEFT JOIN (SELECT * FROM customers${suffix} FINAL WHERE id IN (${chunk})) AS c ON c.id = t.customer_id
  LEFT JOIN (
    SELECT map.customer_id AS customer_id,
           arraySort(groupArray(map.profile_id)) AS profiles,
           arraySort(arrayDistinct(arrayConcat(groupArrayIf(map.shop_id, map.shop_id > 0), groupArrayArray(o.shops)))) AS shops,
           arraySort(groupArrayArray(o.documents)) AS documents
      FROM (SELECT profile_id, customer_id, shop_id FROM profile_customers${suffix} FINAL
             WHERE profile_id IN (${candidates}) AND customer_id IN (${chunk})) AS map
      LEFT JOIN (
        SELECT profile_id, groupUniqArray(shop_id) AS shops,
               groupArrayIf((day, toUInt8(kind = 'sale'), shop_id, amount, id), status <> 'void') AS documents
          FROM orders${suffix} FINAL
         WHERE profile_id IN (${candidates})
         GROUP BY profile_id) AS o ON o.profile_id = map.profile_id
     GROUP BY map.customer_id) AS m ON m.customer_id = t.customer_id`
}

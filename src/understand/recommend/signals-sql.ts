import { isGoods, productKind } from '#know/catalog/contract.ts'
import { addDays, type Day } from '#platform/days.ts'
import { type Bindings, bindings, type Compiled } from '#understand/query/index.ts'

/** Purchases of two years are looked at, what was only looked at or put aside of half a year. */
const boughtDays = 730
const didDays = 180

/** Whose signals: customers from an id up to another (not included), or one person by profiles (customer 0). */
export type Whose = { from: number; to: number } | { profileIds: readonly number[] }

/** From where they are seen: a day in the shop's zone, all shops or some. */
export type Seen = { asOf: Day; zone: string; shopIds?: readonly number[] }

/**
 * All that people did with products, one row for each person and product, as lines that `readSignal` reads; of staff and tests nothing.
 * By customers in their order, so that a million people are read range by range.
 */
export function signalsSql(whose: Whose, { asOf, zone, shopIds }: Seen): Compiled {
  const bound = bindings()
  const { bind } = bound
  const profiles = profilesOf(whose, bound)
  const until = bind(asOf, 'Date')
  const goods = bind([...productKind.options.filter(isGoods)], 'Array(String)')
  const day = `toDate(at, ${bind(zone, 'String')})`
  const shops = shopIds ? bind([...shopIds], 'Array(UInt32)') : undefined
  const last = (what: string) => `toUInt16(maxIf(s.day, s.what = '${what}'))`
  const customer = 'profileIds' in whose ? 'toUInt64(0)' : 'm.customer_id'
  return {
    sql: `SELECT ${customer} AS customer, s.product_id AS product, arraySort(groupUniqArrayIf(toUInt16(s.day), s.what = 'bought')) AS bought,
       round(sum(s.pieces), 3) AS kept, ${last('carted')}, ${last('uncarted')}, ${last('favoured')}, ${last('unfavoured')}, ${last('viewed')},
       countIf(s.what = 'viewed')
  FROM (
    SELECT profile_id, product_id, day, if(sale = 1 AND quantity > 0, 'bought', 'back') AS what, toFloat64(quantity) AS pieces
      FROM order_lines FINAL
     WHERE profile_id IN (${profiles}) AND product_id > 0 AND counts = 1 AND has(${goods}, kind)
       AND day <= ${until} AND day > ${bind(addDays(asOf, -boughtDays), 'Date')}${shops ? ` AND has(${shops}, shop_id)` : ''}
    UNION ALL
    SELECT profile_id, product AS product_id, ${day} AS day, toString(kind) AS what, toFloat64(0) AS pieces
      FROM behaviour ARRAY JOIN product_ids AS product
     WHERE profile_id IN (${profiles}) AND product > 0 AND kind IN ('viewed', 'carted', 'uncarted', 'favoured', 'unfavoured')
       AND at > ${bind(addDays(asOf, -didDays), 'Date')} AND ${day} <= ${until}${shops ? ` AND (shop_id = 0 OR has(${shops}, shop_id))` : ''}
  ) AS s${'profileIds' in whose ? '' : `\n INNER JOIN (SELECT profile_id, customer_id FROM profile_customers FINAL WHERE profile_id IN (${profiles})) AS m ON m.profile_id = s.profile_id`}
 WHERE s.profile_id NOT IN (SELECT profile_id FROM left_out FINAL)
 GROUP BY customer, product ORDER BY customer, product`,
    params: bound.params,
  }
}

function profilesOf(whose: Whose, { bind }: Bindings): string {
  if ('profileIds' in whose) return `SELECT arrayJoin(${bind([...whose.profileIds], 'Array(UInt64)')})`
  return `SELECT profile_id FROM profile_customers FINAL WHERE customer_id >= ${bind(whose.from, 'UInt64')} AND customer_id < ${bind(whose.to, 'UInt64')}`
}

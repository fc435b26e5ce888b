import {
  arrivalsByPerson,
  type Bindings,
  bindings,
  type Compiled,
  firstDayOf,
  type Lens,
  lastDayOf,
  linesOfGoods,
  sourceOf,
} from '#understand/query/index.ts'
import type { Months } from './cohort.ts'
import type { CohortBy } from './contract.ts'

/** `kind` 0: is in it; 1: bought in the month so many after; 2: bought for the second time then. `month` of the first purchase. */
export type CohortEvent = { key: string; month: number; kind: number; after: number; people: number }

/** A channel and its shops. */
export type ChannelShop = { channelId: number; shopId: number }

/**
 * All that happened to cohorts, counted in one reading of the traits: each person is a few numbers, kind × 10,000 + months after.
 * What was bought first takes one reading of the lines more.
 */
export function cohortsSql(by: CohortBy, lens: Lens, months: Months, channels: readonly ChannelShop[]): Compiled {
  const bound = bindings()
  const { bind } = bound
  const source = sourceOf(lens, bound)
  const [from, to] = [bind(firstDayOf(months.first), 'Date'), bind(lastDayOf(months.last), 'Date')]
  const { key, join } = groupSql(by, lens, bound, channels)
  return {
    sql: `SELECT key, month, intDiv(event, 10000) AS kind, event % 10000 AS after, count() AS people
FROM (
  SELECT ${key} AS key, p.month AS month, arrayJoin(arrayConcat([toUInt32(0)],
           arrayMap(m -> toUInt32(10000 + m - p.month), arrayDistinct(arrayMap(d -> toRelativeMonthNum(d), p.purchase_days))),
           if(length(p.purchase_days) < 2, [], [toUInt32(20000 + toRelativeMonthNum(p.purchase_days[2]) - p.month)]))) AS event
    FROM (SELECT customer_id, purchase_days, days, sales, document_shops, assumeNotNull(first_purchase) AS first, toRelativeMonthNum(first) AS month
            FROM ${source} WHERE first_purchase >= ${from} AND first_purchase <= ${to}) AS p${join})
GROUP BY key, month, kind, after`,
    params: bound.params,
  }
}

/** The key of each person's cohort, and what has to be joined to know it. Who stands in several has a row in each. */
function groupSql(
  by: CohortBy,
  lens: Lens,
  bound: Bindings,
  channels: readonly ChannelShop[],
): { key: string; join: string } {
  const firstShops = 'arrayDistinct(arrayFilter((s, d, k) -> k = 1 AND d = p.first, p.document_shops, p.days, p.sales))'
  switch (by) {
    case 'month':
      return { key: "''", join: '' }
    case 'way':
      return {
        key: 'toString(a.way_id)',
        join: `\n   INNER JOIN (${arrivalsByPerson}) AS a ON a.customer_id = p.customer_id`,
      }
    case 'shop':
      return { key: `toString(arrayJoin(${firstShops}))`, join: '' }
    case 'channel': {
      const shops = bound.bind(
        channels.map(({ shopId }) => shopId),
        'Array(UInt32)',
      )
      const ids = bound.bind(
        channels.map(({ channelId }) => channelId),
        'Array(UInt32)',
      )
      const of = `arrayDistinct(arrayFilter(c -> c > 0, arrayMap(s -> transform(s, ${shops}, ${ids}, toUInt32(0)), ${firstShops})))`
      return { key: `toString(arrayJoin(${of}))`, join: '' }
    }
    case 'product':
    case 'category': {
      const key = by === 'product' ? 'toString(l.product_id)' : 'l.category'
      const lines = linesOfGoods({ to: lens.asOf, shopIds: lens.shopIds, bought: true }, bound)
      return {
        key: 'b.key',
        join: `\n   INNER JOIN (SELECT DISTINCT l.customer_id AS customer_id, l.day AS day, ${key} AS key FROM ${lines} AS l
                WHERE ${by === 'product' ? 'l.product_id > 0' : "l.category <> ''"}) AS b ON b.customer_id = p.customer_id AND b.day = p.first`,
      }
    }
  }
}

import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import type { Distribution, Thresholds } from '#understand/lifecycle/contract.ts'
import { bindings, type Compiled, type Lens, newSql, rowsOf, sourceOf, stageSql } from '#understand/query/index.ts'

export type Period = { from: Day; to: Day }

export type Totals = {
  customers: number
  buyers: number
  repeatBuyers: number
  /** Of customers, without anonymous sales. */
  knownRevenue: number
  periodBuyers: number
  newBuyers: number
} & Omit<Distribution, 'new'> & { fresh: number }

/** Everything that is counted over customers, in one reading of the traits. */
export function totalsSql(lens: Lens, thresholds: Thresholds, period: Period): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const from = bound.bind(period.from, 'Date')
  const to = bound.bind(period.to, 'Date')
  const { asOf } = lens
  const stage = stageSql({ asOf, thresholds }, bound)
  // Up to the day of the question the last purchase says it; for an earlier end each purchase has to be looked at.
  const bought =
    period.to >= asOf ? `last_purchase >= ${from}` : `arrayExists(d -> d >= ${from} AND d <= ${to}, purchase_days)`
  return {
    sql: `SELECT count() AS customers, countIf(purchases >= 1) AS buyers, countIf(purchases >= 2) AS repeatBuyers, sum(s.revenue) AS knownRevenue,
       countIf(stage = 'active') AS active, countIf(stage = 'silent') AS silent, countIf(stage = 'sleeping') AS sleeping,
       countIf(stage = 'lost') AS lost, countIf(stage = 'never') AS never, countIf(${newSql({ asOf, thresholds }, bound)}) AS fresh,
       countIf(${bought}) AS periodBuyers, countIf(first_purchase >= ${from} AND first_purchase <= ${to}) AS newBuyers
FROM (SELECT *, ${stage} AS stage FROM ${source}) AS s`,
    params: bound.params,
  }
}

export type SalesMonth = {
  month: number
  revenue: number
  purchases: number
  periodRevenue: number
  periodPurchases: number
}

/** The same of the customers of some members of staff: of their documents, as sales to nobody known are not theirs. */
function salesOfOwned(lens: Lens, period: Period): Compiled {
  const bound = bindings()
  const { bind } = bound
  const within = `day >= ${bind(period.from, 'Date')} AND day <= ${bind(period.to, 'Date')}`
  const shops = lens.shopIds ? ` AND has(${bind(lens.shopIds, 'Array(UInt32)')}, shop)` : ''
  const owners = bind(lens.ownerIds ?? [], 'Array(UInt64)')
  return {
    sql: `SELECT toRelativeMonthNum(day) AS month, sum(amount) AS revenue, sum(sale) AS purchases,
       sumIf(amount, ${within}) AS periodRevenue, sumIf(sale, ${within}) AS periodPurchases
FROM (SELECT day, sale, amount, shop FROM traits FINAL
       ARRAY JOIN days AS day, sales AS sale, amounts AS amount, document_shops AS shop
       WHERE has(${owners}, owner_id) AND day <= ${bind(lens.asOf, 'Date')}${shops})
GROUP BY month ORDER BY month`,
    params: bound.params,
  }
}

/** Revenue and purchases of all documents by month, those of nobody known included. */
export function salesSql(lens: Lens, period: Period): Compiled {
  if (lens.ownerIds) return salesOfOwned(lens, period)
  const bound = bindings()
  const within = `day >= ${bound.bind(period.from, 'Date')} AND day <= ${bound.bind(period.to, 'Date')}`
  const shops = lens.shopIds ? ` AND has(${bound.bind(lens.shopIds, 'Array(UInt32)')}, shop_id)` : ''
  return {
    sql: `SELECT toRelativeMonthNum(day) AS month, sum(s.revenue) AS revenue, sum(s.purchases) AS purchases,
       sumIf(s.revenue, ${within}) AS periodRevenue, sumIf(s.purchases, ${within}) AS periodPurchases
FROM sales AS s FINAL WHERE day <= ${bound.bind(lens.asOf, 'Date')}${shops} AND s.documents > 0
GROUP BY month ORDER BY month`,
    params: bound.params,
  }
}

export type BuyersMonth = { month: number; buyers: number; newBuyers: number }

/** Who bought in each month since a day, and for whom it was the first time. */
export function buyersSql(lens: Lens, since: Day): Compiled {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const start = bound.bind(since, 'Date')
  const months = `arrayCompact(arrayMap(d -> toRelativeMonthNum(d), arrayFilter(d -> d >= ${start}, purchase_days)))`
  return {
    sql: `SELECT month, count() AS buyers, countIf(month = first) AS newBuyers
FROM (SELECT arrayJoin(${months}) AS month, toRelativeMonthNum(assumeNotNull(first_purchase)) AS first
        FROM ${source} WHERE last_purchase >= ${start})
GROUP BY month ORDER BY month`,
    params: bound.params,
  }
}

/** All the numbers of an overview, asked side by side. */
export async function askShop(
  ctx: Context,
  lens: Lens,
  { thresholds, period, since }: { thresholds: Thresholds; period: Period; since: Day },
): Promise<{ totals: Totals; sales: SalesMonth[]; buyers: BuyersMonth[] }> {
  const [totals, sales, buyers] = await Promise.all([
    rowsOf<Totals>(ctx, totalsSql(lens, thresholds, period)),
    rowsOf<SalesMonth>(ctx, salesSql(lens, period)),
    rowsOf<BuyersMonth>(ctx, buyersSql(lens, since)),
  ])
  return { totals: totals[0]!, sales, buyers }
}

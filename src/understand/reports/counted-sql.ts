import {
  type Bindings,
  bindings,
  type Compiled,
  compileCondition,
  type Lens,
  linesOfGoods,
  type Plan,
  sourceOfPlan,
} from '#understand/query/index.ts'
import type { Days } from './period.ts'

/** What is counted of the people of a row; `key` is its place, from 1, or the id or name of what was bought and where. */
export type CountedRow = {
  key: string
  customers: number
  knownRevenue: number
  knownPurchases: number
  buyers: number
  repeatBuyers: number
  newBuyers: number
  /** With those of nobody known, where the statement reads them. */
  revenue?: number
  purchases?: number
}

const counted = `count() AS customers, sum(r) AS knownRevenue, sum(n) AS knownPurchases, countIf(n >= 1) AS buyers, countIf(n >= 2) AS repeatBuyers,
       countIf(isNew) AS newBuyers`

/** The people of a plan, divided by questions: one reading of the traits. Who answers several yes stands in several parts. */
export function byQuestionSql(plan: Plan, parts: readonly Plan['where'][], days: Days): Compiled {
  const bound = bindings()
  const source = sourceOfPlan(plan, bound, parts)
  const { within, isNew } = daysSql(days, bound)
  const keys = parts.map((part, at) => `if(ifNull(${compileCondition(part, plan.yardstick, bound)}, 0), ${at + 1}, 0)`)
  return {
    sql: `SELECT toString(arrayJoin(arrayFilter(k -> k > 0, keys))) AS key, ${counted}
FROM (SELECT [${keys.join(', ')}] AS keys, arrayCount(d -> ${within('d')}, purchase_days) AS n,
             arraySum((a, d) -> if(${within('d')}, a, 0), amounts, days) AS r, ${isNew} AS isNew
        FROM ${source} WHERE ifNull(${compileCondition(plan.where, plan.yardstick, bound)}, 0))
GROUP BY key`,
    params: bound.params,
  }
}

/** The people of a plan by spans of days that follow each other: each person is cut into the spans in which there is a document. */
export function bySpanSql(plan: Plan, spans: readonly Days[]): Compiled {
  const bound = bindings()
  const source = sourceOfPlan(plan, bound)
  const whole = { from: spans[0]!.from, to: spans.at(-1)!.to }
  const { within } = daysSql(whole, bound)
  const starts = startsSql(spans, bound)
  const here = (day: string) => `${day} >= a AND ${day} <= b`
  return {
    sql: `SELECT toString(place) AS key, ${counted}
FROM (SELECT arrayJoin(arrayDistinct(arrayMap(d -> ${placeSql('d', starts)}, arrayFilter(d -> ${within('d')}, days)))) AS place,
             ${starts}[place] AS a, if(place = length(${starts}), ${bound.bind(whole.to, 'Date')}, ${starts}[place + 1] - 1) AS b,
             arrayCount(d -> ${here('d')}, purchase_days) AS n, arraySum((x, d) -> if(${here('d')}, x, 0), amounts, days) AS r,
             ifNull(${here('first_purchase')}, 0) AS isNew
        FROM ${source} WHERE ifNull(${compileCondition(plan.where, plan.yardstick, bound)}, 0))
GROUP BY key`,
    params: bound.params,
  }
}

/** Shops, each with what it belongs to: itself, or its channel (0: none). */
export type ShopGroups = readonly { shopId: number; group: number }[]

/** The people of a plan by where they ordered. Who ordered at two places stands in both. */
export function byPlaceSql(plan: Plan, groups: ShopGroups, days: Days): Compiled {
  const bound = bindings()
  const source = sourceOfPlan(plan, bound)
  const { within, isNew } = daysSql(days, bound)
  const place = groupSql(groups, bound)
  return {
    sql: `SELECT toString(place) AS key, ${counted}
FROM (SELECT arrayMap(s -> ${place('s')}, document_shops) AS places, arrayJoin(arrayDistinct(arrayFilter((p, d) -> ${within('d')}, places, days))) AS place,
             arrayCount((p, k, d) -> p = place AND k = 1 AND ${within('d')}, places, sales, days) AS n,
             arraySum((a, p, d) -> if(p = place AND ${within('d')}, a, 0), amounts, places, days) AS r, n >= 1 AND ${isNew} AS isNew
        FROM ${source} WHERE ifNull(${compileCondition(plan.where, plan.yardstick, bound)}, 0))
GROUP BY key`,
    params: bound.params,
  }
}

const goodsKeys = { category: 'l.category', brand: 'toString(l.brand_id)', product: 'toString(l.product_id)' }
export type ByGoods = keyof typeof goodsKeys

/** By what was bought: of its lines alone. One reading of the lines. @param everybody those of nobody known too */
export function byGoodsSql(plan: Plan, by: ByGoods, days: Days, everybody: boolean): Compiled {
  const bound = bindings()
  const source = sourceOfPlan(plan, bound)
  const { isNew } = daysSql(days, bound)
  const lines = linesOfGoods({ ...days, shopIds: plan.lens.shopIds, anonymous: everybody }, bound)
  return {
    sql: `SELECT key, countIf(customer > 0) AS customers, sumIf(r, customer > 0) AS knownRevenue, sumIf(n, customer > 0) AS knownPurchases,
       countIf(customer > 0 AND n >= 1) AS buyers, countIf(customer > 0 AND n >= 2) AS repeatBuyers, countIf(customer > 0 AND n >= 1 AND isNew) AS newBuyers,
       sum(r) AS revenue, sum(n) AS purchases
FROM (SELECT l.customer_id AS customer, ${goodsKeys[by]} AS key, sum(l.amount) AS r, uniqExactIf(l.order_id, l.sale = 1) AS n, any(p.isNew) AS isNew
        FROM ${lines} AS l
        ${everybody ? 'LEFT' : 'INNER'} JOIN (SELECT customer_id, ${isNew} AS isNew FROM ${source}
                WHERE ifNull(${compileCondition(plan.where, plan.yardstick, bound)}, 0)) AS p ON p.customer_id = l.customer_id
       WHERE ${everybody ? 'l.customer_id = 0 OR ' : ''}p.customer_id > 0
       GROUP BY customer, key)
GROUP BY key`,
    params: bound.params,
  }
}

/** What all documents add up to, those of nobody known too, by place of a span or of a shop; without either, as a whole. */
export type SalesRow = { key: string; revenue: number; purchases: number }

export function salesSql(
  lens: Lens,
  days: Days,
  by: { spans: readonly Days[] } | { groups: ShopGroups } | undefined,
): Compiled {
  const bound = bindings()
  const { within } = daysSql(days, bound)
  const shops = lens.shopIds ? ` AND has(${bound.bind(lens.shopIds, 'Array(UInt32)')}, s.shop_id)` : ''
  const key =
    by === undefined
      ? '1'
      : 'spans' in by
        ? placeSql('s.day', startsSql(by.spans, bound))
        : groupSql(by.groups, bound)('s.shop_id')
  return {
    sql: `SELECT toString(${key}) AS key, sum(s.revenue) AS revenue, sum(s.purchases) AS purchases
FROM sales AS s FINAL WHERE ${within('s.day')} AND s.documents > 0${shops}
GROUP BY key`,
    params: bound.params,
  }
}

function daysSql({ from, to }: Days, { bind }: Bindings) {
  const [first, last] = [bind(from, 'Date'), bind(to, 'Date')]
  const within = (day: string) => `${day} >= ${first} AND ${day} <= ${last}`
  return { within, isNew: `ifNull(${within('first_purchase')}, 0)` }
}

const startsSql = (spans: readonly Days[], { bind }: Bindings) =>
  bind(
    spans.map(({ from }) => from),
    'Array(Date)',
  )

const placeSql = (day: string, starts: string) => `arrayCount(s0 -> s0 <= ${day}, ${starts})`

function groupSql(groups: ShopGroups, { bind }: Bindings): (shop: string) => string {
  const shops = bind(
    groups.map(({ shopId }) => shopId),
    'Array(UInt32)',
  )
  const of = bind(
    groups.map(({ group }) => group),
    'Array(UInt32)',
  )
  return (shop) => `transform(${shop}, ${shops}, ${of}, toUInt32(0))`
}

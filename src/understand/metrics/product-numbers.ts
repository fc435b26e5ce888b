import { productOf } from '#know/catalog/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import {
  answered,
  bindings,
  type Compiled,
  firstDayOf,
  type Lens,
  lastDayOf,
  lensOf,
  monthOf,
  productSales,
  rowsOf,
} from '#understand/query/index.ts'
import type { ProductNumbers } from './contract.ts'

const monthsShown = 24

/** A month of a product, or, as month 0, all of them. */
type Sold = {
  month: number
  /** Thousandths. */
  quantity: number
  revenue: number
  purchases: number
  buyers: number
  repeatBuyers: number
  firstSold: Day
  lastSold: Day
}

/**
 * What a product sold as of a day, at the shops that the actor sees. Answers are kept while the columns stand.
 * @throws Refusal `catalog.unknown`
 */
export async function productNumbers(
  ctx: Context,
  { id, ...looks }: { id: number; asOf?: Day; shopId?: number },
): Promise<ProductNumbers> {
  const [lens, { currency }] = await Promise.all([lensOf(ctx, looks), merchantOf(ctx), productOf(ctx, id)])
  return answered(ctx, `metrics.product ${JSON.stringify([id, lens, currency])}`, async () => {
    const rows = await rowsOf<Sold>(ctx, soldSql(id, lens))
    const all = rows.find(({ month }) => month === 0)
    const months = rows.filter(({ month }) => month > 0)
    return {
      asOf: lens.asOf,
      currency,
      quantity: (all?.quantity ?? 0) / 1000,
      revenue: all?.revenue ?? 0,
      purchases: all?.purchases ?? 0,
      buyers: all?.buyers ?? 0,
      repeatBuyers: all?.repeatBuyers ?? 0,
      firstSold: all?.purchases ? all.firstSold : null,
      lastSold: all?.purchases ? all.lastSold : null,
      people: {
        buyers: { is: 'boughtProduct', productId: id },
        repeatBuyers: { is: 'boughtProduct', productId: id, times: 2 },
      },
      months: shownMonths(id, lens, months),
    }
  })
}

/** The product's months with a document, and all as month 0: people counted by customer in each. */
function soldSql(productId: number, { asOf, shopIds, ownerIds }: Lens): Compiled {
  const bound = bindings()
  return {
    sql: `SELECT month, sum(g.quantity) AS quantity, sum(g.revenue) AS revenue, sum(g.purchases) AS purchases,
       countIf(customer > 0 AND g.purchases >= 1) AS buyers, countIf(customer > 0 AND g.purchases >= 2) AS repeatBuyers,
       toString(minIf(first, g.purchases > 0)) AS firstSold, toString(max(last)) AS lastSold
FROM (SELECT s.customer_id AS customer, toRelativeMonthNum(s.day) AS month, sum(s.quantity) AS quantity, sum(s.amount) AS revenue,
             sum(s.sale) AS purchases, minIf(s.day, s.sale = 1) AS first, maxIf(s.day, s.sale = 1) AS last
        FROM ${productSales({ productId, to: asOf, shopIds, ownerIds }, bound)} AS s
       GROUP BY GROUPING SETS ((customer, month), (customer))) AS g
GROUP BY month ORDER BY month`,
    params: bound.params,
  }
}

function shownMonths(productId: number, { asOf }: Lens, sold: readonly Sold[]): ProductNumbers['months'] {
  const last = monthOf(asOf)
  const first = Math.max(last - monthsShown + 1, sold[0]?.month ?? last + 1)
  const known = new Map(sold.map((one) => [one.month, one]))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const { quantity = 0, revenue = 0, purchases = 0, buyers = 0 } = known.get(first + index) ?? {}
    const from = firstDayOf(first + index)
    return {
      month: from.slice(0, 7),
      quantity: quantity / 1000,
      revenue,
      purchases,
      buyers,
      people: { is: 'boughtProduct', productId, from, to: lastDayOf(first + index) },
    }
  })
}

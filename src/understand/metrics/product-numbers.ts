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
  productProfiles,
  productSales,
  rowsOf,
} from '#understand/query/index.ts'
import type { ProductNumbers } from './contract.ts'

const monthsShown = 24

type SoldMonth = {
  month: number
  quantity: number
  revenue: number
  purchases: number
  buyers: number
  firstSold: Day | null
  lastSold: Day | null
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
    const [months, [people]] = await Promise.all([
      rowsOf<SoldMonth>(ctx, monthsSql(id, lens)),
      rowsOf<{ buyers: number; repeatBuyers: number }>(ctx, buyersSql(id, lens)),
    ])
    const sum = (of: 'quantity' | 'revenue' | 'purchases') => months.reduce((total, month) => total + month[of], 0)
    const sold = months.filter(({ firstSold }) => firstSold !== null)
    return {
      asOf: lens.asOf,
      currency,
      // Sums of thousandths, which binary fractions would blur.
      quantity: Math.round(sum('quantity') * 1000) / 1000,
      revenue: sum('revenue'),
      purchases: sum('purchases'),
      buyers: people!.buyers,
      repeatBuyers: people!.repeatBuyers,
      firstSold: sold[0]?.firstSold ?? null,
      lastSold: sold.at(-1)?.lastSold ?? null,
      people: {
        buyers: { is: 'boughtProduct', productId: id },
        repeatBuyers: { is: 'boughtProduct', productId: id, times: 2 },
      },
      months: shownMonths(id, lens, months),
    }
  })
}

/** All months with a document of the product. */
function monthsSql(productId: number, { asOf, shopIds }: Lens): Compiled {
  const bound = bindings()
  return {
    sql: `SELECT toRelativeMonthNum(s.day) AS month, sum(s.quantity) AS quantity, sum(s.amount) AS revenue, sum(s.sale) AS purchases,
       uniqExactIf(p.customer_id, s.sale = 1 AND p.customer_id > 0) AS buyers,
       if(purchases > 0, toString(minIf(s.day, s.sale = 1)), NULL) AS firstSold,
       if(purchases > 0, toString(maxIf(s.day, s.sale = 1)), NULL) AS lastSold
FROM ${productSales({ productId, to: asOf, shopIds }, bound)} AS s
LEFT JOIN ${productProfiles(productId, bound)} AS p ON p.profile_id = s.profile_id
GROUP BY month ORDER BY month`,
    params: bound.params,
  }
}

function buyersSql(productId: number, { asOf, shopIds }: Lens): Compiled {
  const bound = bindings()
  return {
    sql: `SELECT count() AS buyers, countIf(times >= 2) AS repeatBuyers
FROM (SELECT p.customer_id AS customer, count() AS times
        FROM ${productSales({ productId, to: asOf, shopIds }, bound)} AS s
        JOIN ${productProfiles(productId, bound)} AS p ON p.profile_id = s.profile_id
       WHERE s.sale = 1 GROUP BY customer)`,
    params: bound.params,
  }
}

function shownMonths(productId: number, { asOf }: Lens, sold: readonly SoldMonth[]): ProductNumbers['months'] {
  const last = monthOf(asOf)
  const first = Math.max(last - monthsShown + 1, sold[0]?.month ?? last + 1)
  const known = new Map(sold.map((one) => [one.month, one]))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const { quantity = 0, revenue = 0, purchases = 0, buyers = 0 } = known.get(first + index) ?? {}
    const from = firstDayOf(first + index)
    return {
      month: from.slice(0, 7),
      quantity,
      revenue,
      purchases,
      buyers,
      people: { is: 'boughtProduct', productId, from, to: lastDayOf(first + index) },
    }
  })
}

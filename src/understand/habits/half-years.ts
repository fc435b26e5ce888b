import { isGoods, productKind } from '#know/catalog/contract.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { bindings, rowsOf } from '#understand/query/index.ts'
import { fewest, type Half } from './drift.ts'

const goodsKinds = productKind.options.filter(isGoods)

/** Days of a half year. */
export const halfYear = 182

export type Halves = { customerId: number; before: Half; after: Half }

type Sums = [
  purchases: number,
  goods: string[],
  amounts: number[],
  shops: string[],
  atShop: number[],
  parts: string[],
  atPart: number[],
  amount: number,
  items: number,
  discounted: number,
]
type Row = { customerId: number; before: Sums; after: Sums }

/**
 * What each customer did in the last half year and in that before it, of those with enough purchases in both; one reading of these lines and
 * orders, a partition of the customers' ids at a time, so that memory stays bounded.
 */
export async function* halfYears(ctx: Context, today: Day, zone: string): AsyncGenerator<Halves[]> {
  const size = 250_000
  const [last] = await rowsOf<{ most: number }>(ctx, { sql: 'SELECT max(customer_id) AS most FROM traits', params: {} })
  for (let from = 0; from <= (last?.most ?? 0); from += size) {
    const { bind, params } = bindings()
    const since = addDays(today, 1 - 2 * halfYear)
    const middle = bind(addDays(today, 1 - halfYear), 'Date')
    const sums = (keys: string, weights: string, which: string) =>
      [1, 2].map((side) => `sumMapIf(${keys}, ${weights}, ${which}).${side}`).join(', ')
    const half = (
      which: string,
    ) => `(countIf(${which}), ${sums('cats', 'catAmounts', which)}, ${sums('[toString(shop)]', '[toInt64(1)]', which)},
       ${sums('[part]', '[toInt64(1)]', which)}, sumIf(goods, ${which}), toFloat64(sumIf(items, ${which})), countIf(discounted AND ${which}))`
    const rows = await rowsOf<Row>(ctx, {
      sql: `
SELECT m.customer_id AS customerId, ${half('early')} AS before, ${half('late')} AS after
FROM (
  SELECT d.profile_id AS profile_id, d.shop AS shop, d.goods AS goods, d.items AS items, d.discounted AS discounted, d.cats AS cats, d.catAmounts AS catAmounts,
         d.day < ${middle} AS early, d.day >= ${middle} AS late,
         ['night', 'morning', 'afternoon', 'evening'][intDiv(toHour(o.placed_at, ${bind(zone, 'String')}), 6) + 1] AS part
    FROM (
      SELECT l.profile_id AS profile_id, l.order_id AS order_id, any(l.day) AS day, any(l.shop_id) AS shop,
             sumIf(l.amount, good) AS goods, sumIf(l.quantity, good) AS items, max(l.kind = 'discount' AND l.amount < 0) AS discounted,
             groupArrayIf(p.category, good AND p.category <> '') AS cats, groupArrayIf(l.amount, good AND p.category <> '') AS catAmounts
        FROM (SELECT profile_id, order_id, product_id, kind, quantity, amount, day, shop_id, has(${bind([...goodsKinds], 'Array(String)')}, kind) AS good
                FROM order_lines FINAL
               WHERE sale = 1 AND counts = 1 AND day >= ${bind(since, 'Date')} AND day <= ${bind(today, 'Date')}
                 AND profile_id IN (SELECT profile_id FROM profile_customers FINAL WHERE customer_id >= ${bind(from, 'UInt64')} AND customer_id < ${bind(from + size, 'UInt64')})) AS l
        LEFT JOIN (SELECT id, ifNull(category, '') AS category FROM products FINAL) AS p ON p.id = l.product_id
       GROUP BY profile_id, order_id) AS d
   INNER JOIN (SELECT profile_id, id, placed_at FROM orders FINAL WHERE day >= ${bind(since, 'Date')} AND kind = 'sale') AS o
      ON o.profile_id = d.profile_id AND o.id = d.order_id) AS e
INNER JOIN (SELECT profile_id, customer_id FROM profile_customers FINAL
             WHERE customer_id IN (SELECT customer_id FROM traits FINAL WHERE customer_id >= ${bind(from, 'UInt64')} AND customer_id < ${bind(from + size, 'UInt64')} AND purchases >= ${2 * fewest})) AS m
   ON m.profile_id = e.profile_id
GROUP BY m.customer_id HAVING countIf(early) >= ${fewest} AND countIf(late) >= ${fewest}
ORDER BY customerId`,
      params,
    })
    yield rows.map(({ customerId, before, after }) => ({ customerId, before: halfOf(before), after: halfOf(after) }))
  }
}

function halfOf([purchases, cats, amounts, shops, atShop, parts, atPart, amount, items, discounted]: Sums): Half {
  const pairs = (names: string[], weights: number[]) => names.map((name, at): [string, number] => [name, weights[at]!])
  return {
    purchases,
    goods: pairs(cats, amounts),
    shops: pairs(shops, atShop),
    hours: pairs(parts, atPart),
    amount,
    items,
    discounted,
  }
}

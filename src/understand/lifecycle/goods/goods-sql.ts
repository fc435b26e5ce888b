import { isGoods, productKind } from '#know/catalog/contract.ts'
import { type Bindings, type Lens, sourceOf } from '#understand/query/index.ts'
import type { Goods } from './goods-contract.ts'

const goodsKinds = productKind.options.filter(isGoods)

/**
 * When customers bought of goods, through a lens: rows (customer_id, goods, bought), `bought` the days with a purchase, rising. Goods are the
 * categories, or the brands by their ids as text; of one of them, or of one customer, where told. Brought together by profile before the
 * map: ten million lines become some purchases.
 */
export function boughtGoods(
  lens: Lens,
  by: 'category' | 'brand',
  bindings: Bindings,
  { of, customerId }: { of?: Exclude<Goods, { tagId: number }>; customerId?: number } = {},
): string {
  const { bind } = bindings
  const name = by === 'category' ? "ifNull(category, '')" : 'toString(brand_id)'
  const wanted = of
    ? 'category' in of
      ? `category = ${bind(of.category, 'String')}`
      : `brand_id = ${bind(of.brandId, 'UInt32')}`
    : by === 'category'
      ? "ifNull(category, '') <> ''"
      : 'brand_id > 0'
  const theirs =
    customerId === undefined
      ? ''
      : ` AND profile_id IN (SELECT profile_id FROM profile_customers FINAL WHERE customer_id = ${bind(customerId, 'UInt64')})`
  const one = customerId === undefined ? '' : ` AND customer_id = ${bind(customerId, 'UInt64')}`
  const shops = lens.shopIds ? ` AND has(${bind(lens.shopIds, 'Array(UInt32)')}, shop_id)` : ''
  return `(
  SELECT m.customer_id AS customer_id, e.goods AS goods, arraySort(arrayDistinct(groupArrayArray(e.days))) AS bought
    FROM (SELECT l.profile_id AS profile_id, p.goods AS goods, groupUniqArray(l.day) AS days
            FROM (SELECT profile_id, product_id, day FROM order_lines FINAL
                   WHERE sale = 1 AND counts = 1 AND has(${bind([...goodsKinds], 'Array(String)')}, kind) AND day <= ${bind(lens.asOf, 'Date')}${shops}${theirs}
                     AND product_id IN (SELECT id FROM products FINAL WHERE ${wanted})) AS l
           INNER JOIN (SELECT id, ${name} AS goods FROM products FINAL WHERE ${wanted}) AS p ON p.id = l.product_id
           GROUP BY profile_id, goods) AS e
   INNER JOIN (SELECT profile_id, customer_id FROM profile_customers FINAL
                WHERE customer_id IN (SELECT customer_id FROM ${sourceOf(lens, bindings)})${one}) AS m ON m.profile_id = e.profile_id
   GROUP BY m.customer_id, e.goods)`
}

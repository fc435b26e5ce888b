import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'

/** A product's documents up to a day, at all shops or some. */
export type ProductSales = { productId: number; to: Day; from?: Day; shopIds?: number[] }

/**
 * The documents that sold a product or took it back, one row each, as a FROM part: profile_id, day, sale (1: a purchase), and its
 * lines' quantity and amount summed. Void documents are left out. Lines are sorted by whose they are, so those of a product are
 * found by one reading of the product column; orders and people are then read by key. (An index by product would only help
 * products that hardly sell.)
 */
export function productSales({ productId, from, to, shopIds }: ProductSales, { bind }: Bindings): string {
  const product = bind(productId, 'UInt64')
  const shops = shopIds ? ` AND has(${bind(shopIds, 'Array(UInt32)')}, shop_id)` : ''
  const since = from ? ` AND day >= ${bind(from, 'Date')}` : ''
  const touched = `SELECT profile_id, order_id FROM order_lines WHERE product_id = ${product}`
  return `(
  SELECT l.profile_id AS profile_id, o.day AS day, o.sale AS sale, l.quantity AS quantity, l.amount AS amount
    FROM (SELECT profile_id, order_id, sum(quantity) AS quantity, sum(amount) AS amount
            FROM order_lines FINAL
           WHERE product_id = ${product} AND (profile_id, order_id) IN (${touched})
           GROUP BY profile_id, order_id) AS l
    JOIN (SELECT profile_id, id, day, toUInt8(kind = 'sale') AS sale
            FROM orders FINAL
           WHERE (profile_id, id) IN (${touched}) AND status != 'void' AND day <= ${bind(to, 'Date')}${since}${shops}) AS o
      ON o.profile_id = l.profile_id AND o.id = l.order_id)`
}

/** Whose the profiles are that have lines of a product, as a FROM part: profile_id, customer_id. Anonymous sales have no row. */
export function productProfiles(productId: number, { bind }: Bindings): string {
  return `(SELECT profile_id, customer_id FROM profile_customers FINAL
            WHERE profile_id IN (SELECT profile_id FROM order_lines WHERE product_id = ${bind(productId, 'UInt64')}))`
}

/** Who bought a product on at least `times` occasions, as a subquery of customer ids. */
export function productBuyers(sales: ProductSales, times: number, bindings: Bindings): string {
  return `SELECT p.customer_id FROM ${productSales(sales, bindings)} AS s
  JOIN ${productProfiles(sales.productId, bindings)} AS p ON p.profile_id = s.profile_id
 WHERE s.sale = 1 GROUP BY p.customer_id HAVING count() >= ${bindings.bind(times, 'UInt32')}`
}

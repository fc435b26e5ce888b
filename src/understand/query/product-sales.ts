import type { Day } from '#platform/days.ts'
import { type Bindings, ofAmong } from './bindings.ts'

/** A product's documents up to a day, at all shops or some, of everybody or of the customers of some members of staff. */
export type ProductSales = { productId: number; to: Day; from?: Day; shopIds?: number[]; ownerIds?: number[] }

/**
 * The documents that sold a product or took it back, one row each, as a FROM part: profile_id, customer_id (0 of anonymous
 * sales), day, sale (1: a purchase), and its lines' quantity in thousandths and amount summed. Void documents are left out, and what staff and tests bought.
 * One reading of the lines, which are sorted by whose they are: 3 million take 0.1 s of processor time, whatever part of them
 * the product has. The few that it has are the side of the join that is held in memory.
 */
export function productSales({ productId, from, to, shopIds, ownerIds }: ProductSales, bindings: Bindings): string {
  const { bind } = bindings
  const shops = shopIds ? ` AND has(${bind(shopIds, 'Array(UInt32)')}, shop_id)` : ''
  const since = from ? ` AND l.day >= ${bind(from, 'Date')}` : ''
  const theirs = ownerIds
    ? ` WHERE customer_id IN (SELECT id FROM customers FINAL WHERE has(${bind(ownerIds, 'Array(UInt64)')}, owner_id))`
    : ''
  return `(
  SELECT d.profile_id AS profile_id, p.customer_id AS customer_id, d.day AS day, d.sale AS sale, d.quantity AS quantity, d.amount AS amount
    FROM (SELECT profile_id, customer_id FROM profile_customers FINAL${theirs}) AS p
   ${ownerIds ? 'INNER' : 'RIGHT'} JOIN (SELECT profile_id, order_id, any(l.day) AS day, max(l.sale) AS sale, toInt64(sum(l.quantity) * 1000) AS quantity, sum(l.amount) AS amount
                 FROM order_lines AS l FINAL
                WHERE product_id = ${bind(productId, 'UInt64')} AND counts = 1 AND profile_id NOT IN (SELECT profile_id FROM left_out FINAL) AND l.day <= ${bind(to, 'Date')}${since}${shops}${ofAmong(bindings)}
                GROUP BY profile_id, order_id) AS d
      ON d.profile_id = p.profile_id)`
}

/** Who bought a product on at least `times` occasions, as a subquery of customer ids. */
export function productBuyers(sales: ProductSales, times: number, bindings: Bindings): string {
  return `SELECT customer_id FROM ${productSales(sales, bindings)}
 WHERE sale = 1 AND customer_id > 0 GROUP BY customer_id HAVING count() >= ${bindings.bind(times, 'UInt32')}`
}

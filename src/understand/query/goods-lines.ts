import { isGoods, productKind } from '#know/catalog/contract.ts'
import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import type { OfProducts } from './order-conditions.ts'

/**
 * Lines of goods up to a day, at all shops or some. `bought`: of purchases alone, not of what was given back; `anonymous`: those of
 * nobody known too, without what staff and tests bought.
 */
export type GoodsLines = OfProducts & {
  from?: Day
  to: Day
  shopIds?: readonly number[]
  bought?: boolean
  anonymous?: boolean
}

const goodsKinds = productKind.options.filter(isGoods)

/**
 * The lines of goods as a FROM part: customer_id (0: nobody known), order_id, product_id (0: none), category ('' where none is
 * known), brand_id (0: none), shop_id, day, sale, amount. Void documents are left out. One reading of the lines.
 */
export function linesOfGoods(asked: GoodsLines, { bind }: Bindings): string {
  const { from, to, shopIds, bought, anonymous, productIds, categories, brandIds } = asked
  const lines = [
    'counts = 1',
    ...(bought ? ['sale = 1'] : []),
    `has(${bind([...goodsKinds], 'Array(String)')}, kind)`,
    `day <= ${bind(to, 'Date')}`,
    ...(from ? [`day >= ${bind(from, 'Date')}`] : []),
    ...(shopIds ? [`has(${bind([...shopIds], 'Array(UInt32)')}, shop_id)`] : []),
    ...(anonymous ? ['profile_id NOT IN (SELECT profile_id FROM left_out FINAL)'] : []),
    ...(productIds ? [`has(${bind(productIds, 'Array(UInt64)')}, product_id)`] : []),
  ]
  const described = [
    ...(categories ? [`has(${bind(categories, 'Array(String)')}, ifNull(category, ''))`] : []),
    ...(brandIds ? [`has(${bind(brandIds, 'Array(UInt32)')}, brand_id)`] : []),
  ]
  if (described.length > 0) {
    lines.push(`product_id IN (SELECT id FROM products FINAL WHERE ${described.join(' AND ')})`)
  }
  return `(
  SELECT m.customer_id AS customer_id, l.order_id AS order_id, l.product_id AS product_id, c.category AS category, c.brand_id AS brand_id, l.shop_id AS shop_id, l.day AS day,
         l.sale AS sale, l.amount AS amount
    FROM (SELECT profile_id, order_id, product_id, shop_id, day, sale, amount FROM order_lines FINAL WHERE ${lines.join(' AND ')}) AS l
   ${anonymous ? 'LEFT' : 'INNER'} JOIN (SELECT profile_id, customer_id FROM profile_customers FINAL) AS m ON m.profile_id = l.profile_id
    LEFT JOIN (SELECT id, ifNull(category, '') AS category, brand_id FROM products FINAL) AS c ON c.id = l.product_id)`
}

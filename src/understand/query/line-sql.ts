import { isGoods, productKind } from '#know/catalog/contract.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { lastBirthday } from './birthday-sql.ts'
import { averageSql, gapSql, nthSql } from './document-sql.ts'
import type { OfProducts } from './order-conditions.ts'
import type { OrdersAsked } from './orders-asked.ts'
import { rangeSql } from './range-sql.ts'

const goodsKinds = productKind.options.filter(isGoods)

/**
 * What is asked of some lines of goods, as a condition of customer_id. One reading of the lines (two where unknown is possible); who
 * has none of those lines has bought and spent nothing, so a question that nothing answers is asked the other way round.
 */
export function lineSql(asked: OrdersAsked, bindings: Bindings): string {
  const ends = { from: asked.least, to: asked.most }
  const number = (value: number | string) => bindings.bind(value, 'Int64')
  const day = (value: number | string) => bindings.bind(value, 'Date')
  const rows = rowsOf(asked, bindings)
  const people = (having: string) =>
    `customer_id IN (SELECT customer_id FROM ${rows} GROUP BY customer_id HAVING ${having})`
  const counted = (value: string) => {
    const passes = rangeSql(value, ends, number)
    return nothingPasses(asked) ? `(NOT ${people(`NOT ${passes}`)})` : `(${people(passes)})`
  }
  const known = (having: string, passes: string) =>
    `multiIf(${people(`${having} AND ${passes}`)}, 1, ${people(having)}, 0, NULL)`
  switch (asked.of) {
    case 'count':
      return severalSql(asked, rows) ?? counted(orders)
    case 'spent':
      return counted('sum(amount)')
    case 'products':
      return counted('uniqExactIf(product_id, sale = 1 AND product_id > 0)')
    case 'categories':
      return counted("uniqExactIf(category, sale = 1 AND category <> '')")
    case 'average':
      return known(`${orders} > 0`, averageSql('sum(amount)', orders, ends, number))
    case 'gap':
      return known(`${orders} > 1`, rangeSql(gapSql(days), ends, number))
    case 'first':
      return known(`${orders} > 0`, rangeSql('minIf(day, sale = 1)', ends, day))
    case 'last':
      return known(`${orders} > 0`, rangeSql('maxIf(day, sale = 1)', ends, day))
  }
}

/** One order at least, or two, or the opposite, without a set of orders for each customer: two thirds of the time. */
function severalSql(asked: OrdersAsked, rows: string): string | undefined {
  const nothing = nothingPasses(asked)
  if (nothing === (asked.most === undefined)) return undefined
  const least = nothing ? Number(asked.most ?? 0) + 1 : Number(asked.least)
  const people = {
    1: `SELECT customer_id FROM ${rows}`,
    2: `SELECT customer_id FROM ${rows} GROUP BY customer_id HAVING min(order_id) < max(order_id)`,
  }[least]
  return people && `(customer_id ${nothing ? 'NOT IN' : 'IN'} (${people}))`
}

const orders = 'uniqExactIf(order_id, sale = 1)'
const days = 'arraySort(groupUniqArrayIf((day, order_id), sale = 1)).1'

/** The value that was compared, of one customer, to be shown; null where there is none. */
export function lineValue(asked: OrdersAsked, customerId: number, bindings: Bindings): string {
  const value = {
    count: `toString(${orders})`,
    spent: 'toString(sum(amount))',
    products: 'toString(uniqExactIf(product_id, sale = 1 AND product_id > 0))',
    categories: "toString(uniqExactIf(category, sale = 1 AND category <> ''))",
    average: `if(${orders} = 0, NULL, toString(round(sum(amount) / ${orders})))`,
    gap: `if(${orders} < 2, NULL, toString(${gapSql(days)}))`,
    first: `if(${orders} = 0, NULL, toString(minIf(day, sale = 1)))`,
    last: `if(${orders} = 0, NULL, toString(maxIf(day, sale = 1)))`,
  }[asked.of]
  return `(SELECT ${value} FROM ${rowsOf(asked, bindings)} WHERE customer_id = ${bindings.bind(customerId, 'UInt64')})`
}

function nothingPasses({ least, most }: OrdersAsked): boolean {
  return Number(least ?? 0) <= 0 && Number(most ?? 0) >= 0
}

function rowsOf(asked: OrdersAsked, bindings: Bindings): string {
  const { bind } = bindings
  const { from, to, on, weekdays, nths, shopIds, seenShopIds, priceFrom, priceTo, sinceBirthday } = asked
  const shops = shopIds ?? seenShopIds
  // An item's price is amount ÷ quantity: multiplied out, so that nothing is rounded.
  const price = (sign: string, value: number) =>
    `abs(amount) * 1000 ${sign} ${bind(value, 'Int64')} * abs(toInt64(quantity * 1000))`
  const conditions = [
    'counts = 1',
    // What was given back takes from what was spent, and from nothing else.
    ...(asked.of === 'spent' || asked.of === 'average' ? [] : ['sale = 1']),
    `kind IN ${bind([...goodsKinds], 'Array(String)')}`,
    `day <= ${bind(to ?? on, 'Date')}`,
    ...(from ? [`day >= ${bind(from, 'Date')}`] : []),
    ...(weekdays ? [`has(${bind(weekdays, 'Array(UInt8)')}, toDayOfWeek(day))`] : []),
    ...(nths ? [nthSql('day', nths, bindings)] : []),
    ...(shops ? [`has(${bind(shops, 'Array(UInt32)')}, shop_id)`] : []),
    ...(priceFrom === undefined ? [] : [price('>=', priceFrom)]),
    ...(priceTo === undefined ? [] : [price('<=', priceTo)]),
    ...productTests(asked, bindings),
  ]
  const category = asked.of === 'categories'
  const since = sinceBirthday
    ? `\n   INNER JOIN (SELECT customer_id, ${lastBirthday(on, bindings)} AS since FROM traits FINAL WHERE birth_code > 0) AS b ON b.customer_id = m.customer_id
   WHERE l.day >= b.since`
    : ''
  return `(
  SELECT m.customer_id AS customer_id, l.order_id AS order_id, l.product_id AS product_id, l.amount AS amount, l.sale AS sale, l.day AS day${category ? ', c.category AS category' : ''}
    FROM (SELECT profile_id, order_id, product_id, amount, sale, day FROM order_lines FINAL WHERE ${conditions.join(' AND ')}${ofAmong(bindings)}) AS l
   INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = l.profile_id${category ? "\n    LEFT JOIN (SELECT id, ifNull(category, '') AS category FROM products FINAL) AS c ON c.id = l.product_id" : ''}${since})`
}

/** Tests of a column `product_id`. */
function productTests({ productIds, ...described }: OfProducts, bindings: Bindings): string[] {
  const found = productsSql(described, bindings)
  return [
    ...(productIds ? [`has(${bindings.bind(productIds, 'Array(UInt64)')}, product_id)`] : []),
    ...(found ? [`product_id IN (${found})`] : []),
  ]
}

/** The orders with a line of those products, as a subquery of (profile_id, order_id). */
export function ordersWith(products: OfProducts, bindings: Bindings): string {
  const goods = `has(${bindings.bind([...goodsKinds], 'Array(String)')}, kind)`
  return `SELECT profile_id, order_id FROM order_lines FINAL WHERE ${['counts = 1', goods, ...productTests(products, bindings)].join(' AND ')}`
}

/** The ids of products of some categories and brands, as a subquery; none where nothing is asked of them. */
export function productsSql(products: OfProducts, bindings: Bindings): string | undefined {
  const tests = describedTests(products, bindings)
  return tests.length > 0 ? `SELECT id FROM products FINAL WHERE ${tests.join(' AND ')}` : undefined
}

/** Tests of a row of products, by category and brand. */
export function describedTests({ categories, brandIds }: OfProducts, { bind }: Bindings): string[] {
  return [
    ...(categories ? [`has(${bind(categories, 'Array(String)')}, ifNull(category, ''))`] : []),
    ...(brandIds ? [`has(${bind(brandIds, 'Array(UInt32)')}, brand_id)`] : []),
  ]
}

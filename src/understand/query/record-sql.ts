import type { Day } from '#platform/days.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { ordersWith, productsSql } from './line-sql.ts'
import type { OfProducts } from './order-conditions.ts'
import { rangeSql } from './range-sql.ts'
import type { ParcelStep } from './record-conditions.ts'

/** `to`: the last day that counts; `seenShopIds`: set where not all shops are seen. */
type Asked = OfProducts & { from?: Day; to: Day; on: Day; seenShopIds?: number[] }

export type ReviewedAsked = Asked & {
  least?: number
  most?: number
  ratingFrom?: number
  ratingTo?: number
  answered?: 'yes' | 'no'
}

export type ParcelAsked = Asked & {
  step: ParcelStep
  not?: ParcelStep
  after?: 'placed' | 'shipped'
  least?: number
  most?: number
  shopIds?: number[]
}

/**
 * How often somebody said what was bought is worth, as a condition of customer_id. Who said nothing has no row, so a question that nothing
 * answers is asked the other way round. A review of no order is seen with its customer.
 */
export function reviewedSql(asked: ReviewedAsked, bindings: Bindings): string {
  const { bind } = bindings
  const { most, least = most === undefined ? 1 : undefined } = asked
  const tests = reviewTests(asked, bindings)
  const people = (having: string) =>
    `customer_id IN (SELECT m.customer_id FROM (SELECT profile_id, count() AS times FROM reviews FINAL WHERE ${tests}${ofAmong(bindings)} GROUP BY profile_id) AS r
 INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = r.profile_id GROUP BY m.customer_id HAVING ${having})`
  const passes = rangeSql('sum(r.times)', { from: least, to: most }, (value) => bind(value, 'Int64'))
  const nothing = (least ?? 0) <= 0 && (most ?? 0) >= 0
  return nothing ? `(NOT ${people(`NOT ${passes}`)})` : `(${people(passes)})`
}

/** How often one customer did, to be shown. */
export function reviewedValue(asked: ReviewedAsked, customerId: number, bindings: Bindings): string {
  const theirs = `profile_id IN (SELECT profile_id FROM profile_customers FINAL WHERE customer_id = ${bindings.bind(customerId, 'UInt64')})`
  return `(SELECT toString(count()) FROM reviews FINAL WHERE ${reviewTests(asked, bindings)} AND ${theirs})`
}

function reviewTests(asked: ReviewedAsked, bindings: Bindings): string {
  const { bind } = bindings
  const { from, to, on, ratingFrom, ratingTo, answered, seenShopIds, productIds } = asked
  const described = productsSql(asked, bindings)
  const told = `ifNull(answered_on <= ${bind(on, 'Date')}, 0)`
  return [
    rangeSql('day', { from, to }, (value) => bind(value, 'Date')),
    ...(ratingFrom === undefined ? [] : [`rating >= ${bind(ratingFrom, 'UInt8')}`]),
    ...(ratingTo === undefined ? [] : [`rating <= ${bind(ratingTo, 'UInt8')}`]),
    ...(answered === undefined ? [] : [answered === 'yes' ? told : `NOT ${told}`]),
    ...(seenShopIds ? [`(shop_id = 0 OR has(${bind(seenShopIds, 'Array(UInt32)')}, shop_id))`] : []),
    ...(productIds ? [`has(${bind(productIds, 'Array(UInt64)')}, product_id)`] : []),
    ...(described ? [`product_id IN (${described})`] : []),
  ].join(' AND ')
}

/** When an order was as far as a step, of the rows of `ways` joined to `o`, its order; null: not by the day of the question. */
const dayAt: Record<'placed' | ParcelStep, string> = {
  placed: 'o.day',
  shipped: 'w.shipped_on',
  delivered: 'w.delivered_on',
  received: 'w.received_on',
}

/** Who has an order on such a way, as a condition of customer_id. The orders are read of those alone of whose way something is told. */
export function parcelSql(asked: ParcelAsked, bindings: Bindings): string {
  const { bind } = bindings
  const { step, not, after, from, to, on, least, most, shopIds, seenShopIds, productIds, categories, brandIds } = asked
  const number = (value: number) => bind(value, 'Int64')
  const when = dayAt[step]
  const tests = [
    `${when} <= ${bind(to, 'Date')}`,
    ...(from ? [`${when} >= ${bind(from, 'Date')}`] : []),
    ...(not ? [`NOT ifNull(${dayAt[not]} <= ${bind(on, 'Date')}, 0)`] : []),
    ...(not ? [rangeSql(`dateDiff('day', ${when}, ${bind(on, 'Date')})`, { from: least, to: most }, number)] : []),
    ...(after ? [rangeSql(`dateDiff('day', ${dayAt[after]}, ${when})`, { from: least, to: most }, number)] : []),
    ...(productIds || categories || brandIds ? [`(w.profile_id, w.order_id) IN (${ordersWith(asked, bindings)})`] : []),
  ]
  const orders = [
    "kind = 'sale' AND status <> 'void'",
    ...[shopIds, seenShopIds].flatMap((ids) => (ids ? [`has(${bind(ids, 'Array(UInt32)')}, shop_id)`] : [])),
    '(profile_id, id) IN (SELECT profile_id, order_id FROM order_ways)',
  ].join(' AND ')
  return `(customer_id IN (SELECT m.customer_id FROM (
  SELECT w.profile_id AS profile_id FROM (SELECT * FROM order_ways FINAL WHERE 1${ofAmong(bindings)}) AS w
   INNER JOIN (SELECT profile_id, id, day FROM orders FINAL WHERE ${orders}${ofAmong(bindings)}) AS o ON o.profile_id = w.profile_id AND o.id = w.order_id
   WHERE ${tests.join(' AND ')}) AS p
 INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = p.profile_id))`
}

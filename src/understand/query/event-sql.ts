import { addDays, type Day, instantIn } from '#platform/days.ts'
import type { EventKind } from './behaviour-conditions.ts'
import { type Bindings, mapSql, ofAmong } from './bindings.ts'
import { ordersWith, productsSql } from './line-sql.ts'
import type { OfProducts } from './order-conditions.ts'
import { rangeSql } from './range-sql.ts'

/** What customers did in some days of the shop's zone; at some shops where not all are seen. `to` is the last day that counts. */
export type Asked = { zone: string; from?: Day; to: Day; seenShopIds?: number[] }

export type DidAsked = Asked & OfProducts & { kind: EventKind; names?: string[]; least?: number; most?: number }

/**
 * How often somebody did something, as a condition of customer_id. Who did nothing has no row, so a question that nothing answers is
 * asked the other way round. Counted by profile before the map: 50 million rows in half the time.
 */
export function didSql(asked: DidAsked, bindings: Bindings): string {
  const { least = asked.most === undefined ? 1 : undefined, most } = asked
  const people = (having: string) =>
    `customer_id IN (SELECT m.customer_id FROM (SELECT profile_id, count() AS times FROM ${behaviourOf(asked, bindings)} GROUP BY profile_id) AS e
 INNER JOIN ${mapSql(bindings)} AS m ON m.profile_id = e.profile_id GROUP BY m.customer_id HAVING ${having})`
  const passes = rangeSql('sum(e.times)', { from: least, to: most }, (value) => bindings.bind(value, 'Int64'))
  const nothing = (least ?? 0) <= 0 && (most ?? 0) >= 0
  return nothing ? `(NOT ${people(`NOT ${passes}`)})` : `(${people(passes)})`
}

/** How often one customer did it, to be shown. */
export function didValue(asked: DidAsked, customerId: number, bindings: Bindings): string {
  const theirs = `profile_id IN (SELECT profile_id FROM profile_customers FINAL WHERE customer_id = ${bindings.bind(customerId, 'UInt64')})`
  return `(SELECT toString(count()) FROM ${behaviourOf(asked, bindings)} WHERE ${theirs})`
}

export type EventsAsked = Asked & OfProducts & { kind: EventKind; names?: string[] }

/** The rows of what was done: profile_id, at. */
export function behaviourOf(asked: EventsAsked, bindings: Bindings): string {
  return `(SELECT profile_id, at FROM behaviour WHERE ${eventTests(asked, bindings)}${ofAmong(bindings)})`
}

/** What a row of behaviour has to be, to count. */
export function eventTests(asked: EventsAsked, bindings: Bindings): string {
  const ofProducts = productTests(asked, bindings)
  return [
    `kind = ${bindings.bind(asked.kind, 'String')}`,
    ...windowTests(asked, bindings),
    ...placeTests(asked, bindings),
    ...ofProducts,
  ].join(' AND ')
}

type AtRow = Pick<EventsAsked, 'names' | 'seenShopIds' | 'productIds'>

/** What can be seen at the row itself beyond kind and days. */
export function placeTests({ names, seenShopIds, productIds }: AtRow, { bind }: Bindings): string[] {
  return [
    ...(names ? [`has(${bind(names, 'Array(String)')}, event)`] : []),
    ...(seenShopIds ? [`has(${bind(seenShopIds, 'Array(UInt32)')}, shop_id)`] : []),
    ...(productIds ? [`hasAny(${bind(productIds, 'Array(UInt64)')}, product_ids)`] : []),
  ]
}

/** What its products are. */
export function productTests(products: OfProducts, bindings: Bindings): string[] {
  const about = aboutSql(products, bindings)
  return about ? [about] : []
}

/** hasAny of a gathered array would look at all of it for each row: twice the time. */
function aboutSql(products: OfProducts, bindings: Bindings): string | undefined {
  const found = productsSql(products, bindings)
  return found && `arrayExists(p -> p IN (${found}), product_ids)`
}

/** The days as instants of the shop's zone. */
export function windowTests({ zone, from, to }: { zone: string; from?: Day; to: Day }, { bind }: Bindings): string[] {
  return [
    ...(from ? [`at >= ${bind(instantText(zone, from), 'DateTime64(3)')}`] : []),
    `at < ${bind(instantText(zone, addDays(to, 1)), 'DateTime64(3)')}`,
  ]
}

/** What a row of orders has to be, to count as a step. */
export function purchaseTests(asked: Asked & OfProducts, bindings: Bindings): string {
  const { bind } = bindings
  const { from, to, seenShopIds, productIds, categories, brandIds } = asked
  const conditions = [
    "kind = 'sale'",
    "status <> 'void'",
    ...(from ? [`day >= ${bind(from, 'Date')}`] : []),
    `day <= ${bind(to, 'Date')}`,
    ...(seenShopIds ? [`has(${bind(seenShopIds, 'Array(UInt32)')}, shop_id)`] : []),
    ...(productIds || categories || brandIds ? [`(profile_id, id) IN (${ordersWith(asked, bindings)})`] : []),
  ]
  return conditions.join(' AND ')
}

/** The first instant of a day, within what the columns' instants hold. */
export function instantText(zone: string, day: Day): string {
  const within = day < '1971-01-01' ? '1971-01-01' : day > '2200-01-01' ? '2200-01-01' : day
  return instantIn(zone, within).toISOString().replace('T', ' ').replace('Z', '')
}

import type { Day } from '#platform/days.ts'
import type { Bindings } from './bindings.ts'
import { linesOfGoods } from './goods-lines.ts'
import type { OfProducts } from './order-conditions.ts'

/** `seenShopIds`: set where not all shops are seen. */
export type FirstBoughtAsked = OfProducts & { on: Day; shopIds?: number[]; seenShopIds?: number[] }

/**
 * What was bought on the day of the first purchase, over a source: its first day is that of the shops and the day that are looked
 * from. Of shops alone the arrays say it; of products the lines are read once.
 */
export function firstBoughtSql(asked: FirstBoughtAsked, bindings: Bindings): string {
  const { on, shopIds, seenShopIds, ...products } = asked
  if (!Object.values(products).some((one) => one !== undefined)) {
    if (!shopIds) return '(NOT isNull(first_purchase))'
    const here = `has(${bindings.bind(shopIds, 'Array(UInt32)')}, s)`
    return `arrayExists((d, k, s) -> k = 1 AND d = ifNull(first_purchase, toDate(0)) AND ${here}, days, sales, document_shops)`
  }
  const lines = linesOfGoods({ to: on, shopIds: shopIds ?? seenShopIds, bought: true, ...products }, bindings)
  return `((customer_id, ifNull(first_purchase, toDate(0))) IN (SELECT customer_id, day FROM ${lines}))`
}

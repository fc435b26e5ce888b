import type { Day } from '#platform/days.ts'
import type { OfProducts, OrderMeasure } from './order-conditions.ts'

/** What is asked of a customer's orders, its days resolved. `on`: the day of the question; nothing after it counts. */
export type OrdersAsked = {
  of: OrderMeasure | 'first' | 'last'
  /** Both ends included: numbers, or days of first and last. */
  least?: number | Day
  most?: number | Day
  on: Day
  from?: Day
  /** Set where it lies before `on`. */
  to?: Day
  weekdays?: number[]
  nths?: number[]
  shopIds?: number[]
  /** Set where not all shops are seen. */
  seenShopIds?: number[]
  priceFrom?: number
  priceTo?: number
  /** From the last birthday before `on`; what follows asks it only of whom one is known. */
  sinceBirthday?: true
} & OfProducts

/** Whether documents alone cannot answer: their lines must be read. */
export function asksOfLines({ of, productIds, categories, brandIds, priceFrom, priceTo }: OrdersAsked): boolean {
  return (
    of === 'products' ||
    of === 'categories' ||
    [productIds, categories, brandIds, priceFrom, priceTo].some((one) => one !== undefined)
  )
}

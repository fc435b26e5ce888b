import { addDays, type Day } from '#platform/days.ts'
import type { DidCondition, SequenceCondition } from './behaviour-conditions.ts'
import { spanOf } from './calendar/span-of.ts'
import type { DidAsked } from './event-sql.ts'
import type { FirstBoughtCondition } from './first-bought-condition.ts'
import type { FirstBoughtAsked } from './first-bought-sql.ts'
import type { MovedCondition } from './moved-condition.ts'
import type { MovedAsked } from './moved-sql.ts'
import type { Days, OrderDayCondition, OrdersCondition } from './order-conditions.ts'
import type { OrdersAsked } from './orders-asked.ts'
import type { PathCondition } from './path-condition.ts'
import type { PathAsked } from './path-sql.ts'
import type { ParcelCondition, ReviewedCondition } from './record-conditions.ts'
import type { ParcelAsked, ReviewedAsked } from './record-sql.ts'
import type { SequenceAsked } from './sequence-sql.ts'
import type { Yardstick } from './yardstick.ts'

/** The questions about orders and behaviour with their days resolved, for the day and the shops of the question. */

export function ordersAsked(
  tree: OrdersCondition | OrderDayCondition,
  { asOf, shopIds: seen }: Yardstick,
): OrdersAsked {
  const { from, to } = windowOf(tree, asOf)
  const { productIds, categories, brandIds, weekdays, nths, priceFrom, priceTo, sinceBirthday } = tree
  return {
    ...(tree.is === 'orders'
      ? { of: tree.of, least: tree.atLeast, most: tree.atMost }
      : { of: tree.which, least: tree.since && dated(tree.since), most: tree.until && dated(tree.until) }),
    on: asOf,
    from,
    to: to && to < asOf ? to : undefined,
    ...{ productIds, categories, brandIds, weekdays, nths, priceFrom, priceTo, sinceBirthday },
    // Who asks for some shops learns of no other.
    shopIds: tree.shopIds?.filter((id) => seen?.includes(id) ?? true),
    seenShopIds: seen,
  }
}

export function firstBoughtAsked(
  { productIds, categories, brandIds, shopIds }: FirstBoughtCondition,
  { asOf, shopIds: seen }: Yardstick,
): FirstBoughtAsked {
  // Who asks for some shops learns of no other.
  return {
    productIds,
    categories,
    brandIds,
    on: asOf,
    shopIds: shopIds?.filter((id) => seen?.includes(id) ?? true),
    seenShopIds: seen,
  }
}

export function didAsked(tree: DidCondition, yardstick: Yardstick): DidAsked {
  const { kind, names, atLeast, atMost, productIds, categories, brandIds } = tree
  return { ...watched(tree, yardstick), kind, names, productIds, categories, brandIds, least: atLeast, most: atMost }
}

export function sequenceAsked(tree: SequenceCondition, yardstick: Yardstick): SequenceAsked {
  return { ...watched(tree, yardstick), steps: tree.steps, on: yardstick.asOf }
}

export function pathAsked({ start, back, by, shopIds, ...days }: PathWindow, yardstick: Yardstick): PathAsked {
  // The days are told, so there is a first one.
  const { zone, from = yardstick.asOf, to, seenShopIds } = watched(days, yardstick)
  // Who asks for some shops learns of no other.
  const seen = shopIds?.filter((id) => seenShopIds?.includes(id) ?? true)
  return { start, back, by, zone, from, to, shopIds: seen, seenShopIds }
}

type PathWindow = Omit<PathCondition, 'is' | 'steps'>

function watched(tree: Days, { asOf, zone, shopIds }: Yardstick) {
  if (!zone) throw new Error('the question needs the zone')
  const { from, to } = windowOf(tree, asOf)
  return { zone, from, to: to && to < asOf ? to : asOf, seenShopIds: shopIds }
}

export function movedAsked({ out, into, ...days }: MovedCondition, { asOf, thresholds }: Yardstick): MovedAsked {
  if (!thresholds) throw new Error('the question needs thresholds')
  const { from, to } = windowOf(days, asOf)
  return { out, into, from, to: to && to < asOf ? to : asOf, thresholds }
}

export function reviewedAsked(tree: ReviewedCondition, { asOf, shopIds }: Yardstick): ReviewedAsked {
  const { atLeast, atMost, ratingFrom, ratingTo, answered, productIds, categories, brandIds } = tree
  const { from, to } = windowOf(tree, asOf)
  return {
    ...{ from, to: to && to < asOf ? to : asOf, on: asOf, seenShopIds: shopIds },
    ...{ least: atLeast, most: atMost, ratingFrom, ratingTo, answered, productIds, categories, brandIds },
  }
}

export function parcelAsked(tree: ParcelCondition, { asOf, shopIds: seen }: Yardstick): ParcelAsked {
  const { step, not, after, atLeast, atMost, productIds, categories, brandIds } = tree
  const { from, to } = windowOf(tree, asOf)
  return {
    ...{ from, to: to && to < asOf ? to : asOf, on: asOf, seenShopIds: seen },
    // Who asks for some shops learns of no other.
    shopIds: tree.shopIds?.filter((id) => seen?.includes(id) ?? true),
    ...{ step, not, after, least: atLeast, most: atMost, productIds, categories, brandIds },
  }
}

/** What lies in all the days that are asked about: the last ones, those named, those of a festival or a season. */
export function windowOf({ days, from, to, during }: Days, asOf: Day): { from?: Day; to?: Day } {
  const since = days === undefined ? undefined : addDays(asOf, 1 - days)
  const time = during && (spanOf(during, asOf) ?? noDay)
  const begin = latest([since, from, time?.from])
  const end = latest([to, time?.to], -1)
  return { from: begin && dated(begin), to: end && dated(end) }
}

/** Beyond the years whose moons are known there is no festival. */
const noDay = { from: '2149-06-06', to: '1970-01-01' }

function latest(days: readonly (Day | undefined)[], sign: 1 | -1 = 1): Day | undefined {
  return days
    .filter((day) => day !== undefined)
    .sort()
    .at(sign === 1 ? -1 : 0)
}

/** Days that the columns' dates do not hold stand at their edge. */
function dated(day: Day): Day {
  return day < '1970-01-01' ? '1970-01-01' : day > '2149-06-06' ? '2149-06-06' : day
}

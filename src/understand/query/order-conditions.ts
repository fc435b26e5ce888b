import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'
import { type During, duringShape } from './calendar/during.ts'

/**
 * Days: the last so many up to the day of the question, from one to another, of a festival or a season, ends included; what is named of several
 * kinds holds of all, without any it is all days.
 */
export type Days = { days?: number; from?: string; to?: string; during?: During }

/** Which products: one of those named, of these categories, of these brands. What is named of two kinds holds of both. */
export type OfProducts = { productIds?: number[]; categories?: string[]; brandIds?: number[] }

/**
 * Which orders: at these shops, on these weekdays (1 Monday … 7 Sunday). With products or a price each item, minor units, as it was
 * paid: the lines of goods to which that applies.
 */
export type OfOrders = OfProducts & {
  shopIds?: number[]
  weekdays?: number[]
  /** On the first, second … of their weekday in the month; -1: on the last. With a weekday: the third Saturday. */
  nths?: number[]
  priceFrom?: number
  priceTo?: number
  /** From the last birthday on, its day included; unknown for whom none is known. */
  sinceBirthday?: true
}

/**
 * `count` purchases; `spent` minor units, net of what was given back; `average` of a purchase, unknown without one; different
 * `products` and `categories` bought; `gap`: the most days between two purchases in a row, unknown below two.
 */
export const orderMeasures = ['count', 'spent', 'average', 'products', 'categories', 'gap'] as const
export type OrderMeasure = (typeof orderMeasures)[number]

export type OrdersCondition = { is: 'orders'; of: OrderMeasure; atLeast?: number; atMost?: number } & Days & OfOrders

/** The first or last purchase of those lies in `since` … `until`; unknown where there is none. */
export type OrderDayCondition = { is: 'orderDay'; which: 'first' | 'last'; since?: string; until?: string } & Days &
  OfOrders

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER)
const smallId = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)
/** At one of these shops. */
export const shopsShape = z.array(smallId).min(1).max(200)
const bound = z.number().int().min(-9e15).max(9e15).optional()

export const daysShape = {
  days: z.number().int().min(1).max(36_500).optional(),
  from: shape.day.optional(),
  to: shape.day.optional(),
  during: duringShape.optional(),
}

export const productsShape = {
  productIds: z.array(id).min(1).max(200).optional(),
  categories: z.array(shape.text(200)).min(1).max(200).optional(),
  brandIds: z.array(smallId).min(1).max(200).optional(),
}

const ordersShape = {
  ...daysShape,
  ...productsShape,
  shopIds: shopsShape.optional(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  nths: z
    .array(z.union([z.literal(-1), z.number().int().min(1).max(5)]))
    .min(1)
    .max(6)
    .optional(),
  priceFrom: z.number().int().min(0).max(9e12).optional(),
  priceTo: z.number().int().min(0).max(9e12).optional(),
  sinceBirthday: z.literal(true).optional(),
}

export const ordersCondition = z.object({
  is: z.literal('orders'),
  of: z.enum(orderMeasures),
  atLeast: bound,
  atMost: bound,
  ...ordersShape,
})

export const orderDayCondition = z.object({
  is: z.literal('orderDay'),
  which: z.enum(['first', 'last']),
  since: shape.day.optional(),
  until: shape.day.optional(),
  ...ordersShape,
})

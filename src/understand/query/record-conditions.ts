import { z } from 'zod'
import { type Days, daysShape, type OfProducts, productsShape, shopsShape } from './order-conditions.ts'

/** Said what was bought is worth, so many times (at least once unless told), 1 the worst, 5 the best. Never unknown. */
export type ReviewedCondition = {
  is: 'reviewed'
  atLeast?: number
  atMost?: number
  ratingFrom?: number
  ratingTo?: number
  /** Whether the shop has said something to it. */
  answered?: 'yes' | 'no'
} & Days &
  OfProducts

/** The order's way to the buyer, the furthest last. Who received it, to whom it is delivered too. */
export const parcelSteps = ['shipped', 'delivered', 'received'] as const
export type ParcelStep = (typeof parcelSteps)[number]

/**
 * Has an order (a sale that is not void) that came as far as `step` in these days, and `not` yet further as far as that. `atLeast` and `atMost` are days: with
 * `not` from the step to the day of the question, with `after` from there to the step. Of several parcels the first that was shipped, the last that
 * was delivered or received. Never unknown.
 */
export type ParcelCondition = {
  is: 'parcel'
  step: ParcelStep
  not?: ParcelStep
  after?: 'placed' | 'shipped'
  atLeast?: number
  atMost?: number
  shopIds?: number[]
} & Days &
  OfProducts

const times = z.number().int().min(0).max(1_000_000).optional()
const rating = z.number().int().min(1).max(5).optional()

export const reviewedCondition = z.object({
  is: z.literal('reviewed'),
  atLeast: times,
  atMost: times,
  ratingFrom: rating,
  ratingTo: rating,
  answered: z.enum(['yes', 'no']).optional(),
  ...daysShape,
  ...productsShape,
})

const days = z.number().int().min(0).max(36_500).optional()
const far = (step: string | undefined) => ['placed', ...parcelSteps].indexOf(step ?? '')

export const parcelCondition = z
  .object({
    is: z.literal('parcel'),
    step: z.enum(parcelSteps),
    not: z.enum(parcelSteps).optional(),
    after: z.enum(['placed', 'shipped']).optional(),
    atLeast: days,
    atMost: days,
    shopIds: shopsShape.optional(),
    ...daysShape,
    ...productsShape,
  })
  .refine(({ step, not }) => not === undefined || far(not) > far(step), { message: 'not_further' })
  .refine(({ step, after }) => after === undefined || far(after) < far(step), { message: 'not_before' })
  .refine(({ not, after }) => not === undefined || after === undefined, { message: 'one_span' })
  .refine(({ not, after, atLeast, atMost }) => (not ?? after) || (atLeast === undefined && atMost === undefined), {
    message: 'days_of_what',
  })

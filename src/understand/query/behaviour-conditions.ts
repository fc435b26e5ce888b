import { z } from 'zod'
import type { BehaviourKind } from '#know/behaviour/index.ts'
import { shape } from '#platform/contract/index.ts'
import { type Days, daysShape, type OfProducts, productsShape } from './order-conditions.ts'

/** What customers do, as know/behaviour keeps it. */
export const eventKinds = [
  'viewed',
  'listed',
  'searched',
  'carted',
  'uncarted',
  'cart_viewed',
  'checkout',
  'favoured',
  'unfavoured',
  'coupon',
  'reviewed',
  'shared',
  'clicked',
  'promotion',
  'visited',
  'tried_on',
  'asked',
  'page',
  'grouped',
  'other',
] as const satisfies readonly BehaviourKind[]
export type EventKind = (typeof eventKinds)[number]

/** Did it, so many times (at least once unless told), in these days. `names`: as the sender called it. Never unknown. */
export type DidCondition = {
  is: 'did'
  kind: EventKind
  names?: string[]
  atLeast?: number
  atMost?: number
} & Days &
  OfProducts

/**
 * What came after what. `within` calendar days of the shop after the step before; without, ever after. A last step may be `not`: it
 * did not happen, and the days in which it could have are over.
 */
export type SequenceStep = { did: EventKind | 'bought'; not?: true; within?: number } & OfProducts

/** Steps one after another, the first of them in these days. Never unknown. */
export type SequenceCondition = { is: 'sequence'; steps: SequenceStep[] } & Days

const times = z.number().int().min(0).max(1_000_000).optional()

export const didCondition = z.object({
  is: z.literal('did'),
  kind: z.enum(eventKinds),
  names: z.array(shape.text(200)).min(1).max(50).optional(),
  atLeast: times,
  atMost: times,
  ...daysShape,
  ...productsShape,
})

const step = z.object({
  did: z.enum([...eventKinds, 'bought']),
  not: z.literal(true).optional(),
  within: z.number().int().min(1).max(3650).optional(),
  ...productsShape,
})

export const sequenceCondition = z.object({
  is: z.literal('sequence'),
  steps: z
    .array(step)
    .min(2)
    .max(4)
    .refine((steps) => steps[0]?.within === undefined && steps.slice(0, -1).every((one) => !one.not), {
      message: 'not_last',
    }),
  ...daysShape,
})

import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'

/** By what something is foretold of a customer (understand/predictions): her own rhythm, people like her, the model of all buyers. */
export const foretellers = ['own', 'alike', 'model'] as const
export type Foreteller = (typeof foretellers)[number]

/** Percent that she still is a customer, that she buys within 90 days, within 365; what she spends in these days, minor units. */
export const foretoldNumbers = ['here', 'again90', 'again365', 'value90', 'value365'] as const
export type ForetoldNumber = (typeof foretoldNumbers)[number]

/** When she is expected next, and until when she should be called. */
export const foretoldDays = ['next', 'callBefore'] as const
export type ForetoldDay = (typeof foretoldDays)[number]

/** What is to be done about a buyer (predictions/ladder.ts, `actionFor`): nothing yet, help to a second purchase, call soon, call now, win back or let go. */
export const foretoldActions = ['wait', 'second', 'soon', 'late', 'gone'] as const
export type ForetoldAction = (typeof foretoldActions)[number]

/**
 * What the last forecast says of a customer; unknown where it says nothing, for another day than today, and where not all shops
 * are seen.
 */
export type ForetoldCondition = { is: 'foretold'; of: ForetoldNumber; atLeast?: number; atMost?: number }
export type ForetoldDayCondition = { is: 'foretoldDay'; of: ForetoldDay; from?: string; to?: string }
/** Whether it says anything by one of these. */
export type ForetoldByCondition = { is: 'foretoldBy'; in: Foreteller[] }

/** By the last forecast, and today; unknown also of who bought since it was made, until the next night. */
export type ForetoldActionCondition = { is: 'foretoldAction'; in: ForetoldAction[] }

const bound = z.number().int().min(-9e15).max(9e15).optional()

export const foretoldCondition = z.object({
  is: z.literal('foretold'),
  of: z.enum(foretoldNumbers),
  atLeast: bound,
  atMost: bound,
})

export const foretoldDayCondition = z.object({
  is: z.literal('foretoldDay'),
  of: z.enum(foretoldDays),
  from: shape.day.optional(),
  to: shape.day.optional(),
})

export const foretoldByCondition = z.object({
  is: z.literal('foretoldBy'),
  in: z.array(z.enum(foretellers)).min(1).max(foretellers.length),
})

export const foretoldActionCondition = z.object({
  is: z.literal('foretoldAction'),
  in: z.array(z.enum(foretoldActions)).min(1).max(foretoldActions.length),
})

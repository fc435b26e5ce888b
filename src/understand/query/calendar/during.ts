import { z } from 'zod'
import { type TimeName, timeNames } from './times.ts'

/**
 * A time that comes again: the latest that has begun by the day of the question, or `ago` times before it, from so many days before
 * until so many after. Days of the shop.
 */
export type During = { of: TimeName; ago?: number; before?: number; after?: number }

const days = z.number().int().min(1).max(366).optional()

export const duringShape = z.object({
  of: z.enum(timeNames as [TimeName, ...TimeName[]]),
  ago: z.number().int().min(1).max(20).optional(),
  before: days,
  after: days,
})

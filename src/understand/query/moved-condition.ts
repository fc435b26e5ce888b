import { z } from 'zod'
import type { Stage } from './contract.ts'
import { type Days, daysShape } from './order-conditions.ts'

/** Came to stand in a stage in these days, out of another where told: by time, or by a purchase. Never unknown. */
export type MovedCondition = { is: 'moved'; out?: Stage; into: Stage } & Days

const stage = z.enum(['active', 'silent', 'sleeping', 'lost', 'never'])

export const movedCondition = z.object({
  is: z.literal('moved'),
  out: stage.optional(),
  into: stage,
  ...daysShape,
})

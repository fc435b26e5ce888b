import { z } from 'zod'

/**
 * One of these products stands on the list of what is next for the customer (understand/recommend), among its first `top`. Unknown for
 * whom there is no list, without a model, for another day than today, and where not all shops are seen.
 */
export type LikelyCondition = { is: 'likely'; productIds: number[]; top?: number }

export const likelyCondition = z.object({
  is: z.literal('likely'),
  productIds: z.array(z.number().int().positive().max(Number.MAX_SAFE_INTEGER)).min(1).max(200),
  top: z.number().int().min(1).max(100).optional(),
})

import { z } from 'zod'
import { type OfProducts, productsShape, shopsShape } from './order-conditions.ts'

/**
 * On the day of the first purchase bought one of these, at one of these shops; what is named of several kinds holds of one line.
 * Never unknown: who never bought has no such day.
 */
export type FirstBoughtCondition = { is: 'firstBought'; shopIds?: number[] } & OfProducts

export const firstBoughtCondition = z.object({
  is: z.literal('firstBought'),
  shopIds: shopsShape.optional(),
  ...productsShape,
})

import type { Bindings } from './bindings.ts'

/** As a model says; `top`: among the first so many of each list. */
export type LikelyAsked = { model: number; productIds: number[]; top?: number }

/** Whose list of next products names one of some, as a condition of customer_id; unknown for whom there is none. */
export function likelySql({ model, productIds, top }: LikelyAsked, { bind }: Bindings): string {
  const of = `SELECT customer_id FROM next_products WHERE model = ${bind(model, 'UInt32')}`
  const within = top === undefined ? '' : ` AND place <= ${bind(top, 'UInt8')}`
  const named = `${of} AND has(${bind(productIds, 'Array(UInt64)')}, product_id)${within}`
  return `if(customer_id IN (${of}), customer_id IN (${named}), NULL)`
}

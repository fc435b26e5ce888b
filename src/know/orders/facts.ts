import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** Minor units, and the number on the document. No personal data. */
const data = z.object({ amount: z.int(), number: z.string() })

/** A sale or an adjustment is recorded. Subject: the order; at: when it was placed. */
export const ordersPlaced = fact('orders.placed', data)

/** Goods or money were given back. Subject: the cancellation; the amount is negative; at: when it was given back. */
export const ordersCancelled = fact('orders.cancelled', data)

/** An order changed: completed, void, or told anew by its source. Subject: the order; the amount is what it counts now. */
export const ordersChanged = fact('orders.changed', data)

import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'
import { type OrderStepName, orderStepName } from './steps/contract.ts'

/** Minor units, and the number on the document. No personal data. */
const data = z.object({ amount: z.int(), number: z.string() })

/** A sale or an adjustment is recorded. Subject: the order; at: when it was placed. */
export const ordersPlaced = fact('orders.placed', data)

/** Goods or money were given back. Subject: the cancellation; the amount is negative; at: when it was given back. */
export const ordersCancelled = fact('orders.cancelled', data)

/** An order changed: completed, void, or told anew by its source. Subject: the order; the amount is what it counts now. */
export const ordersChanged = fact('orders.changed', data)

/** Of the order's way: the number on the document. Subject: the order; at: when it happened. The parcel stands in the order, not here. */
const onItsWay = z.object({ number: z.string() })

/** By the name of the step. */
export const stepFacts = {
  shipped: fact('orders.shipped', onItsWay),
  delivered: fact('orders.delivered', onItsWay),
  received: fact('orders.received', onItsWay),
  returned: fact('orders.returned', onItsWay),
} satisfies Record<OrderStepName, unknown>

/** A step of the way that never was is taken away. Subject: the order. */
export const stepRemoved = fact('orders.step_removed', onItsWay.extend({ step: orderStepName }))

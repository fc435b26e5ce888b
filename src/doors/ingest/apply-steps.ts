import { saveSteps } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { type Drop, dropped } from './message.ts'
import type { OrderTold } from './order-told.ts'
import { isStep } from './vocabulary.ts'

/**
 * Writes how far orders are on their way, in whatever order it is told. A step of a sale that is not known waits as a drop, which its
 * sale sets going again.
 * @param saleOf the sale's id, where it is known
 */
export async function applySteps(
  ctx: Context,
  steps: readonly OrderTold[],
  saleOf: (told: OrderTold) => number | undefined,
  newsSince: Date,
): Promise<Drop[]> {
  const known = steps.flatMap((told) => {
    const orderId = saleOf(told)
    const { message, verb, parcel } = told
    return orderId && isStep(verb)
      ? [{ orderId, step: verb, at: message.at, sourceId: message.origin.sourceId, ...parcel }]
      : []
  })
  await saveSteps(ctx, known, { newsSince })
  return steps.flatMap((told) => (saleOf(told) ? [] : [dropped(told.message, 'order_unknown', told.number)]))
}

import { z } from 'zod'
import { shape } from '#platform/contract/index.ts'

/**
 * The order's way to the buyer, the furthest last: `delivered` as the carrier says, `received` as the buyer says; `returned`: on its way
 * back or here again, undelivered. Money given back is a document of its own.
 */
export const orderStepNames = ['shipped', 'delivered', 'received', 'returned'] as const
export const orderStepName = z.enum(orderStepNames)
export type OrderStepName = z.infer<typeof orderStepName>

export const orderStep = z.object({
  id: shape.id,
  step: orderStepName,
  /** ISO 8601, UTC: when it happened. */
  at: z.string(),
  carrier: z.string().nullable(),
  /** The parcel; null: of all parcels of the order. */
  tracking: z.string().nullable(),
  /** Null: by hand. */
  source: z.string().nullable(),
  actorName: z.string().nullable(),
})
export type OrderStep = z.infer<typeof orderStep>

export const newStep = z.object({
  /** The order. */
  id: shape.id,
  step: orderStepName,
  /** Now, where absent; not in the future, not before the sale. */
  at: shape.instant.optional(),
  carrier: shape.text(60).optional(),
  tracking: shape.text(80).optional(),
})
export type NewStep = z.infer<typeof newStep>

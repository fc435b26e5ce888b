import { z } from 'zod'
import { productKind } from '#know/catalog/contract.ts'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'
import { newStep, orderStep, orderStepName } from './steps/contract.ts'

export { type PlannedLine, planGivingBack } from './giving-back.ts'
export { lineAmount, sumOf, thousandthsOf } from './order.ts'
export { type OrderStep, type OrderStepName, orderStepNames } from './steps/contract.ts'

export const orderKind = z.enum(['sale', 'cancellation', 'adjustment'])
export const orderStatus = z.enum(['open', 'completed', 'void'])
export type OrderKind = z.infer<typeof orderKind>
export type OrderStatus = z.infer<typeof orderStatus>

/** How many: above zero, at most 3 decimals. */
const quantity = z.number().positive().max(9_999_999).multipleOf(0.001)

/** A price in major units as a plain decimal, as `12.50`: at most 12 digits and 6 decimals. */
const unitPrice = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, 'invalid_price')

/** Dated rate: how much of the merchant's currency one unit of the order's currency makes. */
const rate = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,10})?$/, 'invalid_rate')
  .refine((text) => Number(text) > 0, 'invalid_rate')

/** Why something was given back, or never came about. */
const reason = shape.text(500)

const reference = z.object({ id: z.number(), number: z.string() })

const orderFields = {
  id: z.number(),
  number: z.string(),
  kind: orderKind,
  status: orderStatus,
  /** ISO 8601, UTC. */
  placedAt: z.string(),
  /** The day of the shop's zone. */
  day: z.string(),
  /** Minor units: the sum of the lines; negative where given back. */
  amount: z.number(),
  /** Minor units: of a sale, what its cancellations left; 0 of what is void. */
  net: z.number(),
  lineCount: z.number(),
  /** How far it is on its way to the buyer; null: nothing is told of it. */
  step: orderStepName.nullable(),
  /** Why it was given back, or never came about; words of a person, so hidden from who is shown no notes. */
  reason: z.string().nullable(),
  shop: z.object({ id: z.number(), name: z.string() }),
  /** Null of an anonymous sale. A person without a name is called by the number. */
  customer: z
    .object({ id: z.number(), name: ofPerson('customers', z.string().nullable()), number: z.string().nullable() })
    .nullable(),
}

/** An order as lists show it. */
export const orderRow = z.object(orderFields)
export type OrderRow = z.infer<typeof orderRow>

export const orderLine = z.object({
  line: z.number(),
  /** Null of a line without a product of the catalog. */
  product: z.object({ id: z.number(), code: z.string() }).nullable(),
  /** Of the product at the time: goods, postage, fee, discount, adjustment… */
  kind: z.string(),
  /** Whether it is a thing; postage, fees, discounts and adjustments are shown apart. */
  goods: z.boolean(),
  name: z.string().nullable(),
  quantity: z.number(),
  /** Major units, as written; of the order's own currency where it was a foreign one. */
  unitPrice: z.string(),
  /** Minor units. */
  amount: z.number(),
  /** Of a sale's line, what can still be given back. */
  left: z.object({ quantity: z.number(), amount: z.number() }).optional(),
  /** Of a cancellation's line: the line of the sale that it gives back, where known. */
  cancelsLine: z.number().nullable(),
})
export type OrderLine = z.infer<typeof orderLine>

export const order = z.object({
  ...orderFields,
  channel: z.string().nullable(),
  source: z.object({ code: z.string(), name: z.string() }),
  /** Where it was paid in another currency. `amount` in that currency's minor units. */
  foreign: z.object({ currency: z.string(), amount: z.number(), rate: z.string() }).nullable(),
  /** Of a cancellation: the sale that it gives back, where known. */
  cancels: reference.nullable(),
  /** Of a sale: what was given back, oldest first. */
  cancellations: z.array(
    reference.extend({
      placedAt: z.string(),
      amount: z.number(),
      status: orderStatus,
      reason: z.string().nullable(),
    }),
  ),
  lines: z.array(orderLine),
  /** What is told of its way, as it happened. */
  steps: z.array(orderStep),
  version: shape.version,
})
export type Order = z.infer<typeof order>

export const orderQuery = z.object({
  ...shape.pageInput,
  shopId: shape.id.optional(),
  kind: orderKind.optional(),
  status: orderStatus.optional(),
  /** How far on its way; none: sales of which nothing is told. */
  step: orderStepName.or(z.literal('none')).optional(),
  /** First and last day, of the shop's zone. */
  from: shape.day.optional(),
  to: shape.day.optional(),
  /** The beginning of a number, in any case, or the whole number of a parcel. */
  number: z.string().trim().max(100).optional(),
  customerId: shape.id.optional(),
})
export type OrderQuery = z.infer<typeof orderQuery>

export const newOrder = z.object({
  shopId: shape.id,
  /** Absent: an anonymous sale, which can be claimed later. */
  customerId: shape.id.optional(),
  /** The shop's own number; made where absent. */
  number: shape.text(64).optional(),
  /** Now, where absent; not in the future. */
  placedAt: shape.instant.optional(),
  /** Open: not yet paid. */
  status: z.enum(['open', 'completed']).default('completed'),
  /** ISO 4217; another than the merchant's needs `rate`. Prices are in it. */
  currency: shape.currency.optional(),
  rate: rate.optional(),
  lines: z
    .array(
      z.object({
        productId: shape.id.optional(),
        /** Of the product, where there is one; else goods. */
        kind: productKind.optional(),
        /** Needed where there is no product. */
        name: shape.text(300).optional(),
        quantity,
        /** Negative only of discounts and adjustments. */
        unitPrice,
        /** Minor units of the order's currency, where the shop rounds otherwise than quantity × price. */
        amount: shape.minor.optional(),
      }),
    )
    .min(1)
    .max(500),
})
export type NewOrder = z.infer<typeof newOrder>

export const newCancellation = z.object({
  /** The sale. */
  id: shape.id,
  number: shape.text(64).optional(),
  placedAt: shape.instant.optional(),
  /** Why, in the shop's or the customer's words. */
  reason: reason.optional(),
  /** Absent: all that is left. */
  lines: z
    .array(
      z.object({
        line: z.number().int().positive(),
        quantity,
        /** Minor units given back for it, where less than its share. */
        amount: shape.minor.min(0).optional(),
      }),
    )
    .min(1)
    .max(2000)
    .refine((lines) => new Set(lines.map(({ line }) => line)).size === lines.length, { message: 'line_twice' })
    .optional(),
})
export type NewCancellation = z.infer<typeof newCancellation>

const tag = 'Orders'

export const ordersContract = {
  list: endpoint({
    method: 'GET',
    path: '/orders',
    summary: 'Orders, newest first',
    tag,
    may: 'orders.read',
    scope: 'rows',
    input: orderQuery,
    output: shape.pageOf(orderRow),
  }),
  get: endpoint({
    method: 'GET',
    path: '/orders/{id}',
    summary: 'An order with its lines and what was given back',
    tag,
    may: 'orders.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: order,
  }),
  record: endpoint({
    method: 'POST',
    path: '/orders',
    summary: 'Record a sale',
    tag,
    may: 'orders.edit',
    scope: 'rows',
    status: 201,
    input: newOrder,
    output: order,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/orders/{id}/cancellations',
    summary: 'Give a sale back, whole or in part: makes a document of its own with negative lines',
    tag,
    may: 'orders.edit',
    scope: 'rows',
    status: 201,
    input: newCancellation,
    output: order,
  }),
  settle: endpoint({
    method: 'PUT',
    path: '/orders/{id}/status',
    summary: 'Complete an open order, or void it (never paid; counts nowhere)',
    tag,
    may: 'orders.edit',
    scope: 'rows',
    edit: true,
    input: z.object({
      id: shape.id,
      status: z.enum(['completed', 'void']),
      /** Why it never came about; of a void one only. */
      reason: reason.optional(),
    }),
    output: order,
  }),
  tellStep: endpoint({
    method: 'POST',
    path: '/orders/{id}/steps',
    summary: 'Say how far an order is on its way: shipped, delivered, received, returned',
    description:
      'Each step once a parcel (`tracking`): told again it is corrected. Steps may come in any order; `step` of the order is the right one in the end.',
    tag,
    may: 'orders.edit',
    scope: 'rows',
    status: 201,
    input: newStep,
    output: order,
  }),
  removeStep: endpoint({
    method: 'DELETE',
    path: '/orders/{id}/steps/{stepId}',
    summary: 'Take away a step that never was',
    tag,
    may: 'orders.edit',
    scope: 'rows',
    input: z.object({ id: shape.id, stepId: shape.id }),
    output: order,
  }),
}

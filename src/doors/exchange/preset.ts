import { z } from 'zod'
import { type Channel, channels, type Purpose, purposes } from '#know/consent/contract.ts'
import type { OwnKey } from '#know/fields/contract.ts'
import type { OrderStepName } from '#know/orders/contract.ts'
import { shape } from '#platform/contract/index.ts'

/**
 * What a column of a file can mean. One flat file may carry all of them, a row per line; or customers or products alone.
 * What stands on a line belongs to its order only on the order's rows, as Shopify writes them: blank means "as before".
 */
export const targets = [
  'order.number',
  'order.placedAt',
  'order.status',
  'order.cancelledAt',
  'order.cancels',
  'order.currency',
  'order.total',
  'order.postage',
  'order.discount',
  'order.tax',
  'order.refund',
  'order.reason',
  'order.shippedAt',
  'order.deliveredAt',
  'order.receivedAt',
  'order.returnedAt',
  'order.carrier',
  'order.tracking',
  'review.rating',
  'review.at',
  'review.words',
  'review.channel',
  'review.id',
  'line.code',
  'line.name',
  'line.quantity',
  'line.unitPrice',
  'line.amount',
  'line.refund',
  'product.category',
  'product.price',
  'product.cost',
  'product.stock',
  'product.image',
  'customer.id',
  'customer.buyer',
  'customer.member',
  'customer.phone',
  'customer.phone2',
  'customer.email',
  'customer.name',
  'customer.gender',
  'customer.birthday',
  'customer.country',
  'customer.province',
  'customer.city',
  'customer.district',
  'customer.address',
  'customer.postcode',
  'customer.occupation',
  'customer.income',
  'customer.education',
  'customer.personality',
  'customer.preferences',
  'customer.notes',
  'customer.tags',
  'customer.source',
  'customer.campaign',
  'customer.cameAt',
] as const

/** When an order was where on its way, by the step. */
export const stepTargets = {
  shipped: 'order.shippedAt',
  delivered: 'order.deliveredAt',
  received: 'order.receivedAt',
  returned: 'order.returnedAt',
} as const satisfies Record<OrderStepName, (typeof targets)[number]>

/** A field of the shop's own, by its key: `customer.own.3`. */
export type OwnTarget = `customer.${OwnKey}`

/** What a person allows, by channel and purpose: yes, no, or the day of the yes. */
export type ConsentTarget = `consent.${Channel | 'any'}.${Purpose | 'any'}`
export const consentTargets = [...channels, 'any' as const].flatMap((channel) =>
  [...purposes, 'any' as const].map((purpose): ConsentTarget => `consent.${channel}.${purpose}`),
)
/** Of all that a row says of permissions: when it was said, and where the evidence is. */
export const consentProofs = ['consent.at', 'consent.proof'] as const

export type Target = (typeof targets)[number] | OwnTarget | ConsentTarget | (typeof consentProofs)[number]
export const target = z.union([
  z.enum(targets),
  z.enum([...consentProofs, ...consentTargets]),
  z.string().regex(/^customer\.own\.[1-9]\d{0,8}$/) as unknown as z.ZodType<OwnTarget, OwnTarget>,
])

/** How dates with the year last are written. `year-first`: such a date is refused unless it can be only one day. */
export const dateOrders = ['year-first', 'day-first', 'month-first'] as const

export const documentKinds = ['sale', 'cancellation', 'adjustment'] as const
export type DocumentKind = (typeof documentKinds)[number]
export const orderStatuses = ['open', 'completed', 'void'] as const
export type OrderStatus = (typeof orderStatuses)[number]
export const lineKinds = ['goods', 'postage', 'fee', 'discount', 'adjustment', 'gift_card', 'sample'] as const
export type LineKind = (typeof lineKinds)[number]

const code = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)

/** How the columns of a kind of file are understood. Plain data: shipped, saved under a name, and kept with each import. */
export const presetShape = z.object({
  code,
  name: shape.text(80),
  /** Where it is told from: a profile's external id and an order's number are unique within it. */
  source: z.object({ code, name: shape.text(80) }),
  /** The shop that sold, by code; the merchant's first one where absent. */
  shop: code.optional(),
  /** Name of the merchant that the command line makes in an empty house. */
  merchant: shape.text(80).optional(),
  /** Zone of dates without one. */
  zone: shape.zone,
  /** Currency of amounts without one. */
  currency: shape.currency,
  dates: z.enum(dateOrders).default('year-first'),
  /** Names by which the header may call a column; the first that is there is used. A name that ends with * is a beginning. */
  columns: z.partialRecord(target, z.array(z.string().min(1).max(200)).min(1).max(20)),
  /** The kind of a document by the beginning of its number. */
  documents: z
    .array(z.object({ prefix: z.string().min(1).max(20), kind: z.enum(documentKinds) }))
    .max(20)
    .default([]),
  /** What the shop's words for an order's state mean. A word that is not here is a completed order. */
  statuses: z.record(z.string().max(80), z.enum(orderStatuses)).default({}),
  /** The kind of a product by its code, whole or its beginning, in any case. */
  products: z
    .array(
      z.object({ code: z.string().max(80).optional(), prefix: z.string().max(80).optional(), kind: z.enum(lineKinds) }),
    )
    .max(200)
    .default([]),
  /** `whole`: 17850.0, as a spreadsheet makes of 17850, is 17850. */
  customerNumbers: z.enum(['as-written', 'whole']).default('as-written'),
  /** What one unit of another currency is worth in the shop's. An order in a currency without a rate is dropped. */
  rates: z.record(shape.currency, z.string().regex(/^\d{1,9}(\.\d{1,10})?$/)).default({}),
})
export type Preset = z.infer<typeof presetShape>

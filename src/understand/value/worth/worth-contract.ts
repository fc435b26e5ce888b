import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** What is left of revenue after what the goods themselves cost, in hundredths of it; null: nobody has said it. */
export const margin = z.object({ percent: z.number().int().min(1).max(100).nullable() })
export type Margin = z.infer<typeof margin>

/** What a customer brought, from gross to net; minor units. */
export const worth = z.object({
  /** Goods, postage and fees of all sales, before discounts. */
  gross: z.number(),
  /** Not positive: lines of discounts. */
  discounts: z.number(),
  /** Not positive: cancellations. */
  givenBack: z.number(),
  /** Adjustments, either way. */
  adjusted: z.number(),
  /** All of them together: what *spent* says. */
  net: z.number(),
  /** For who may see the shop's numbers: what the goods cost, net of what came back, and the part of the goods' money whose cost is known, 0 to 1. */
  cost: z.object({ amount: z.number(), known: z.number() }).nullable(),
})
export type Worth = z.infer<typeof worth>

/** What a source cost, and when its buyers had brought that back. */
export const payback = z.object({
  wayId: z.number(),
  cost: z.number(),
  /** Who came by it and bought for the first time in these months. */
  buyers: z.number(),
  people: condition,
  /** Cost of one of them; null where there is none. */
  each: z.number().nullable(),
  /**
   * Revenue that one of them brought in the mean, added up over months of 30 days since the first purchase, minor units. Of each month only
   * those who have lived through it count; it ends where fewer than 10 have.
   */
  brought: z.array(z.number()),
  /** The month since the first purchase in which margin has paid the cost; null: not yet, or no margin is said. */
  month: z.number().nullable(),
})
export type Payback = z.infer<typeof payback>

const tag = 'Insight'

export const worthEndpoints = {
  worth: endpoint({
    method: 'GET',
    path: '/customers/{id}/worth',
    summary: 'What a customer brought: gross, discounts, given back, net, and what the goods cost where that is known',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: worth,
  }),
  margin: endpoint({
    method: 'GET',
    path: '/value/margin',
    summary: 'The margin that paybacks and ceilings are reckoned with, and the one that the costs of products tell',
    tag,
    may: 'insight.read',
    scope: 'all',
    input: z.object({}),
    output: margin.extend({
      version: z.number().int().min(0),
      /** Of the last 365 days, by the products' costs; null where less than half of the money is of goods whose cost is known. */
      told: z.object({ percent: z.number(), known: z.number() }).nullable(),
    }),
  }),
  saveMargin: endpoint({
    method: 'PUT',
    path: '/value/margin',
    summary: 'Say the margin',
    description: 'If-Match is the version read; 0 before the first save.',
    tag,
    may: 'lifecycle.edit',
    scope: 'all',
    edit: true,
    input: margin,
    output: margin.extend({ version: z.number().int().min(0) }),
  }),
  payback: endpoint({
    method: 'GET',
    path: '/value/payback',
    summary: 'What it cost to win a buyer by each source, and in which month that is paid back',
    tag,
    may: 'insight.read',
    scope: 'all',
    input: z.object({
      /** First purchases of so many months, this one included. */
      months: z.coerce.number().int().min(1).max(36).default(12),
    }),
    output: z.object({
      asOf: shape.day,
      from: shape.day,
      percent: z.number().nullable(),
      items: z.array(payback),
    }),
  }),
}

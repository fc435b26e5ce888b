import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** Below so many people who bought both, nothing is said of a pair: it may be chance. */
export const fewestTogether = 5

const pair = z.object({
  /** Ids of products, or names of categories. */
  one: z.string(),
  other: z.string(),
  oneName: z.string(),
  otherName: z.string(),
  boughtOne: z.number(),
  boughtOther: z.number(),
  boughtBoth: z.number(),
  /** Of all buyers, who bought both; of who bought one, who bought the other; how many times as often as by chance. */
  support: z.number().nullable(),
  confidence: z.number().nullable(),
  lift: z.number().nullable(),
  people: condition,
  /** Who bought one and not yet the other. */
  notYet: condition,
})
export type Pair = z.infer<typeof pair>

export const affinity = z.object({
  from: shape.day,
  to: shape.day,
  /** Customers who bought any goods in these days. */
  buyers: z.number(),
  /** The strongest first, at most 60; only pairs that are bought more often than by chance. */
  pairs: z.array(pair),
})
export type Affinity = z.infer<typeof affinity>

export const affinityInput = z.object({
  by: z.enum(['product', 'category']).default('product'),
  days: z.coerce.number().int().min(1).max(1100).default(365),
})
export type AffinityInput = z.infer<typeof affinityInput>

export const affinityContract = {
  map: endpoint({
    method: 'GET',
    path: '/affinity',
    summary: 'Which products or categories the same people buy: support, confidence, lift, each pair with its people',
    description:
      'By person, not by order: who bought both in these days, on one occasion or on several. Of the 300 most bought.',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    input: affinityInput,
    output: affinity,
  }),
}

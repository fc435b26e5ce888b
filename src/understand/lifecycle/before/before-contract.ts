import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** By what somebody shows that she wants something. */
const signs = ['carted', 'checkout', 'favoured', 'asked', 'tried_on', 'talked'] as const

/**
 * Life before the first purchase. visitor: a browser of whom nobody knows who it is; potential: somebody the shop knows, who left a name, a
 * number or a subscription; target: one of these who showed lately that she wants something.
 */
export const life = z.object({
  asOf: shape.day,
  /** Signs count, and visitors are counted, for so many days: as long as buyers count as active. */
  days: z.number(),
  /** Browsers that nobody knows, seen in these days; null for who sees only the customers of some members of staff. */
  visitors: z.number().nullable(),
  potential: z.object({ customers: z.number(), people: condition }),
  target: z.object({ customers: z.number(), people: condition }),
  /** Who bought once or more, and of these lately. */
  buyers: z.object({ customers: z.number(), people: condition }),
})
export type Life = z.infer<typeof life>

export const beforePurchase = z.object({
  asOf: shape.day,
  days: z.number(),
  /** Null: has bought. */
  step: z.enum(['potential', 'target']).nullable(),
  /** What makes her a target, the latest first. */
  signs: z.array(z.object({ sign: z.enum(signs), day: shape.day, times: z.number() })),
})
export type BeforePurchase = z.infer<typeof beforePurchase>

const tag = 'Lifecycle'

export const beforeEndpoints = {
  life: endpoint({
    method: 'GET',
    path: '/lifecycle/life',
    summary: 'Life before the first purchase: visitors, potential and target customers, and who became a buyer',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({ asOf: shape.day.optional(), shopId: shape.id.optional() }),
    output: life,
  }),
  beforePurchase: endpoint({
    method: 'GET',
    path: '/customers/{id}/before-purchase',
    summary: 'Where a customer who never bought stands, and what she showed interest by',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id }),
    output: beforePurchase,
  }),
}

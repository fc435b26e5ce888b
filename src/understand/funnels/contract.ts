import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition, eventKinds, everyone } from '#understand/query/contract.ts'

const step = z.object({
  did: z.enum([...eventKinds, 'bought']),
  /** Calendar days of the shop after the step before; without, ever after. Of the first step nothing. */
  within: z.number().int().min(1).max(365).optional(),
  categories: z.array(shape.text(200)).min(1).max(50).optional(),
  productIds: z.array(shape.id).min(1).max(50).optional(),
})
export type FunnelStep = z.infer<typeof step>

export const funnel = z.object({
  steps: z
    .array(step)
    .min(2)
    .max(4)
    .refine((steps) => steps[0]?.within === undefined, { message: 'first_has_no_within' }),
  /** The first step lies in the last so many days. */
  days: z.number().int().min(1).max(730).default(90),
  where: condition.default(everyone),
})
export type Funnel = z.infer<typeof funnel>

export const funnelAnswer = z.object({
  asOf: shape.day,
  steps: z.array(
    z.object({
      did: z.enum([...eventKinds, 'bought']),
      reached: z.number(),
      /** Of those at the step before, and of those at the first; 0 to 1. */
      stepRate: z.number().nullable(),
      wholeRate: z.number().nullable(),
      people: condition,
      /** Who came so far and not further, not yet at least; null of the last. */
      stayed: z.number().nullable(),
      stayedPeople: condition.nullable(),
    }),
  ),
})
export type FunnelAnswer = z.infer<typeof funnelAnswer>

export const funnelsContract = {
  run: endpoint({
    method: 'POST',
    path: '/funnels/answers',
    summary: 'How many did one thing, then the next, within so many days; who stayed behind at each step',
    description: 'Known customers alone: what nobody known did is in no step.',
    tag: 'Insight',
    may: 'insight.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: funnel,
    output: funnelAnswer,
  }),
}

import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { condition } from '#understand/query/contract.ts'

/** What is told of a week, each as a sentence: `digest.said.<key>` in the messages. */
export const saidKeys = [
  'revenue',
  'buyers',
  'newBuyers',
  'secondPurchase',
  'cameBack',
  'turnedSilent',
  'bigTurnedSilent',
] as const

const said = z.object({
  key: z.enum(saidKeys),
  /** Minor units of revenue; else people. */
  value: z.number(),
  /** In the week before; null where it is not told. */
  before: z.number().nullable(),
  people: condition,
})
export type Said = z.infer<typeof said>

export const digest = z.object({
  /** Its Monday and its Sunday, days of the shop. */
  from: shape.day,
  to: shape.day,
  currency: shape.currency,
  said: z.array(said),
})
export type Digest = z.infer<typeof digest>

const tag = 'Insight'

export const digestContract = {
  list: endpoint({
    method: 'GET',
    path: '/digests',
    summary: 'What changed in the last weeks, the newest first, and up to which the reader has put them away',
    description:
      'As it was told when the week was over. Who does not see everybody is told the last week alone, of whom they see.',
    tag,
    may: 'insight.read',
    scope: 'rows',
    input: z.object({}),
    output: z.object({
      items: z.array(digest),
      /** The Monday of the newest week that was put away; null: none. */
      readUpTo: shape.day.nullable(),
    }),
  }),
  read: endpoint({
    method: 'POST',
    path: '/digests/reads',
    summary: 'Put the news of a week away, and all before it',
    tag,
    may: 'insight.read',
    scope: 'none',
    once: false,
    input: z.object({ week: shape.day }),
    output: z.object({}),
  }),
}

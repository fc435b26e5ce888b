import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

/** Something that happened, or a day that began. */
export const whys = ['data', 'time'] as const
export type Why = (typeof whys)[number]

const tag = 'Segments'
const one = z.object({ id: shape.id })

export const membershipContract = {
  history: endpoint({
    method: 'GET',
    path: '/segments/{id}/history',
    summary: 'How many are in a segment, as it is kept, and how many there were',
    tag,
    may: 'segments.read',
    scope: 'none',
    input: one.extend({ days: z.coerce.number().int().min(1).max(800).optional() }),
    output: z.object({
      /** Null before it was first counted. */
      size: z.number().nullable(),
      /** The shop day and the instant, in shop time, of which that is true. */
      asOf: shape.day.nullable(),
      at: z.string().nullable(),
      /** Days on which anything moved, the first first. `anew`: the question was new or another that day. */
      days: z.array(
        z.object({ day: shape.day, size: z.number(), entered: z.number(), left: z.number(), anew: z.boolean() }),
      ),
    }),
  }),
  lately: endpoint({
    method: 'GET',
    path: '/segments/{id}/moves',
    summary: 'Who came into a segment and who left it, the last first',
    description: 'Of the customers that one sees. Who sees some shops alone is not told: others decided it with.',
    tag,
    may: 'segments.read',
    scope: 'rows',
    input: one.extend({ of: z.enum(['entered', 'left']).optional() }),
    output: z.object({
      items: z.array(
        z.object({
          customerId: shape.id,
          name: ofPerson('customers', z.string().nullable()),
          number: z.string().nullable(),
          entered: z.boolean(),
          why: z.enum(whys),
          at: z.string(),
        }),
      ),
      /** Not told to whom it may not be. */
      untold: z.boolean(),
    }),
  }),
}

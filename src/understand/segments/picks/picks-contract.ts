import { z } from 'zod'
import { customerRow } from '#know/customers/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

/** Into a segment by hand, whatever its question says, or kept out of it. */
export const hows = ['in', 'out'] as const
export type How = (typeof hows)[number]
const how = z.enum(hows)

/** What staff decided of somebody and a segment. It holds up to `until`, that day included. */
export const pick = z.object({
  how,
  reason: z.string().nullable(),
  until: shape.day.nullable(),
  actorName: z.string().nullable(),
  at: z.string(),
})
export type Pick = z.infer<typeof pick>

const tag = 'Segments'
const may = 'segments.edit' as const

/** Endpoints of hand-picked people. */
export const picksContract = {
  picks: endpoint({
    method: 'GET',
    path: '/segments/{id}/picks',
    summary:
      'Who was picked for a segment by hand, or kept out of it, with the reason; who was added to the shop last comes first',
    tag,
    may: 'segments.read',
    scope: 'rows',
    input: z.object({ id: shape.id, how, ...shape.pageInput }),
    output: shape.pageOf(pick.extend({ customer: customerRow })),
  }),
  pick: endpoint({
    method: 'PUT',
    path: '/customers/{id}/segments/{segmentId}/pick',
    summary: 'Pick a customer for a segment by hand, or keep her out of it, with a reason and up to a day',
    tag,
    may,
    scope: 'rows',
    input: z.object({ id: shape.id, segmentId: shape.id, how, reason: shape.text(300), until: shape.day.optional() }),
    output: z.object({}),
  }),
  unpick: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/segments/{segmentId}/pick',
    summary: 'Leave it to the question again whether a customer is in a segment',
    tag,
    may,
    scope: 'rows',
    input: z.object({ id: shape.id, segmentId: shape.id }),
    output: z.object({}),
  }),
}

import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** Who was in a segment at a moment, under a name. */
export const snapshot = z.object({
  id: shape.id,
  segmentId: shape.id,
  name: z.string(),
  /** What the segment asked then, in the reader's language. */
  sentence: z.string(),
  /** Customers then. */
  size: z.number(),
  takenOn: shape.day,
  takenAt: z.string(),
  actorName: z.string().nullable(),
})
export type Snapshot = z.infer<typeof snapshot>

const tag = 'Segments'
const one = z.object({ id: shape.id })

/** Endpoints of snapshots. */
export const snapshotsContract = {
  snapshots: endpoint({
    method: 'GET',
    path: '/segments/{id}/snapshots',
    summary: 'The snapshots of a segment, newest first',
    tag,
    may: 'segments.read',
    scope: 'none',
    input: one,
    output: z.object({ items: z.array(snapshot) }),
  }),
  takeSnapshot: endpoint({
    method: 'POST',
    path: '/segments/{id}/snapshots',
    summary: 'Keep who is in a segment now, under a name',
    description: 'For who sees all customers. Asked for by `snapshot = NAME`; merges and splits since are followed.',
    tag,
    may: 'segments.edit',
    scope: 'all',
    rate: 'heavy',
    status: 201,
    input: z.object({ id: shape.id, name: shape.text(80) }),
    output: snapshot,
  }),
  compareSnapshot: endpoint({
    method: 'GET',
    path: '/segment-snapshots/{id}/comparison',
    summary:
      'A snapshot beside its segment now: who is still there, who left, who came, of the customers that one sees',
    tag,
    may: 'segments.read',
    scope: 'rows',
    rate: 'read',
    input: one,
    output: z.object({
      asOf: shape.day,
      /** Of the snapshot, those who are customers still. */
      known: z.number(),
      stayed: z.number(),
      left: z.number(),
      /** In the snapshot; whether now in the segment cannot be said. */
      unknown: z.number(),
      came: z.number(),
    }),
  }),
  dropSnapshot: endpoint({
    method: 'DELETE',
    path: '/segment-snapshots/{id}',
    summary: 'Delete a snapshot that nothing uses',
    description: 'Refused with `segments.snapshot_in_use` and what names it where anything does.',
    tag,
    may: 'segments.edit',
    scope: 'all',
    input: one,
    output: z.object({}),
  }),
}

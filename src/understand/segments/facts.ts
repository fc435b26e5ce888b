import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** A segment was made, changed or deleted. Subject: the segment. */
export const segmentMade = fact('segments.made', z.object({}))
export const segmentChanged = fact('segments.changed', z.object({ fields: z.array(z.string()) }))
export const segmentRemoved = fact('segments.removed', z.object({}))

/** Staff picked a customer for a segment, kept her out of it, or left it to the question again. Subject: the segment. */
export const segmentPicked = fact('segments.picked', z.object({ how: z.enum(['in', 'out', 'gone']) }))

/** Who was in a segment was kept, or what was kept was deleted. Subject: the segment. */
export const snapshotTaken = fact('segments.snapshot_taken', z.object({ snapshotId: z.int() }))
export const snapshotDropped = fact('segments.snapshot_dropped', z.object({ snapshotId: z.int() }))

import { z } from 'zod'
import { ofPerson, shape } from '#platform/contract/index.ts'
import { timelineGroups } from './fact-group.ts'

export const timelineFact = z.object({
  id: shape.id,
  at: z.string(),
  kind: z.string(),
  /** What happened, in the reader's language. */
  sentence: z.string(),
  subjectId: z.number().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  historic: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  /** What it was about, in words: of a talk what was said, of a hand-over the note; as the reader may see it. */
  words: ofPerson('customers', z.string()).optional(),
})
export type TimelineFact = z.infer<typeof timelineFact>

/** Of a timeline: groups of kinds, and days of the shop, both included. */
export const timelineFilter = {
  of: z.array(z.enum(timelineGroups)).max(20).optional(),
  from: shape.day.optional(),
  to: shape.day.optional(),
}

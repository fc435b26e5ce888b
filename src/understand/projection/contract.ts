import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** How far the columns are behind the records. */
export const projectionStatus = z.object({
  /** Machine seconds since the oldest change that the columns do not show yet; 0 when up to date. */
  lagSeconds: z.number(),
  /** Rows that wait to be copied; counted to 100,000 a table at most. */
  pendingRows: z.number(),
  /** When the columns were last brought up to the records, machine time; null before the first time. */
  upToDateAt: shape.instant.nullable(),
  /** A rebuild under way: which table, and how many rows of it are copied. */
  rebuilding: z.object({ table: z.string(), rows: z.number() }).nullable(),
})
export type ProjectionStatus = z.infer<typeof projectionStatus>

export const projectionContract = {
  status: endpoint({
    method: 'GET',
    path: '/projection',
    summary: 'How far the columns are behind the records',
    tag: 'System',
    may: 'system.read',
    scope: 'none',
    input: z.object({}),
    output: projectionStatus,
  }),
}

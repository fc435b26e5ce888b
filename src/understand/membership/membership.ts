import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'

/** How a segment's members stand: where its bitmap is, and by what it was evaluated (basis.ts). */
export type Membership = {
  segmentId: number
  generation: number
  asked: string
  dated: string
  measured: string
  asOf: Day
  size: number
}

/** Of all segments that were counted once. */
export async function membershipsOf(ctx: Pick<Context, 'db'>): Promise<Map<number, Membership>> {
  const { rows } = await sql<Membership>`
    select segment_id, generation, asked, dated, measured, as_of, size from segment_memberships`.execute(ctx.db)
  return new Map(rows.map((one) => [one.segmentId, one]))
}

/** Where the bitmaps of some memberships are, as a condition on `memberships`. Literals of ours alone. */
export function bitmapsOf(memberships: readonly Pick<Membership, 'segmentId' | 'generation'>[]): string {
  const generations = [...new Set(memberships.map(({ generation }) => Math.trunc(generation)))]
  const pairs = memberships.map(({ generation, segmentId }) => `(${Math.trunc(generation)}, ${Math.trunc(segmentId)})`)
  return `generation IN (${generations.join(', ')}) AND (generation, segment_id) IN (${pairs.join(', ')})`
}

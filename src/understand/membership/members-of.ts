import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'
import { lendFlips, standingSql } from './lend-flips.ts'
import { membershipsOf } from './membership.ts'

/** Who is in some segments as they were last evaluated, by number; a segment that never was is left out. Whoever asks sees all. */
export async function membersOf(ctx: Context, segmentIds: readonly number[]): Promise<Map<number, number[]>> {
  const known = await membershipsOf(ctx)
  const memberships = segmentIds.flatMap((id) => known.get(id) ?? [])
  if (memberships.length === 0) return new Map()
  const run = await lendFlips(ctx, segmentIds)
  const rows = await rowsOf<{ segmentId: number; ids: number[] }>(ctx, {
    sql: `SELECT segment_id AS segmentId, bitmapToArray(members) AS ids FROM (${standingSql(memberships, run)})`,
    params: {},
  })
  return new Map(rows.map(({ segmentId, ids }) => [segmentId, ids]))
}

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { bitmapsOf, type Membership } from './membership.ts'

/** Copies the flips of some segments to the columns for a statement that needs whole memberships. @returns the run they go by */
export async function lendFlips(ctx: Context, segmentIds: readonly number[]): Promise<string> {
  const run = randomUUID()
  for (let after = { segmentId: 0, customerId: 0 }; ; ) {
    const { rows } = await sql<{ segmentId: number; customerId: number }>`
      select segment_id, customer_id from segment_flips
       where segment_id = any(${[...segmentIds]}::int[]) and (segment_id, customer_id) > (${after.segmentId}, ${after.customerId})
       order by segment_id, customer_id limit 50000`.execute(ctx.db)
    if (rows.length === 0) return run
    await ctx.columns.insert({
      table: 'membership_flips',
      columns: ['run', 'segment_id', 'customer_id'],
      format: 'JSONEachRow',
      values: rows.map(({ segmentId, customerId }) => ({ run, segment_id: segmentId, customer_id: customerId })),
      clickhouse_settings: { distributed_foreground_insert: 1 },
    })
    after = rows.at(-1)!
  }
}

/** Who is in some segments, as rows (segment_id, members), a bitmap each: those that were written, with the flips turned over. */
export function standingSql(memberships: readonly Membership[], run: string): string {
  return `
SELECT b.segment_id AS segment_id, bitmapXor(b.members, if(f.segment_id = 0, bitmapBuild(CAST([], 'Array(UInt64)')), f.members)) AS members
  FROM (SELECT segment_id, groupBitmapMergeState(m.members) AS members FROM memberships AS m
         WHERE ${bitmapsOf(memberships)} GROUP BY segment_id) AS b
  LEFT JOIN (SELECT segment_id, groupBitmapState(customer_id) AS members FROM membership_flips
              WHERE run = '${run}' GROUP BY segment_id) AS f ON f.segment_id = b.segment_id`
}

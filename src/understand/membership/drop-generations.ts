import { sql } from 'kysely'
import { compiled } from '#platform/clickhouse/cluster.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'

/**
 * Drops the bitmaps that nothing points at: those in whose place others are, of segments that were deleted, and of turns that died. Call it
 * in a turn: nobody else writes any then.
 */
export async function dropGenerations(ctx: Context): Promise<void> {
  const written = await rowsOf<{ generation: number }>(ctx, {
    sql: 'SELECT DISTINCT generation FROM memberships',
    params: {},
  })
  const { rows } = await sql<{ generation: number }>`select distinct generation from segment_memberships`.execute(
    ctx.db,
  )
  const kept = new Set(rows.map(({ generation }) => generation))
  const cluster = await clusterOf(ctx.columns)
  for (const { generation } of written.filter((one) => !kept.has(one.generation))) {
    const statement = { sql: `ALTER TABLE memberships DROP PARTITION ${Math.trunc(generation)}`, table: 'memberships' }
    for (const query of compiled(statement, cluster)) await ctx.columns.command({ query })
  }
}

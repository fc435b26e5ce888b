import { compiled } from '#platform/clickhouse/cluster.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'

/** Drops all generations but one: a partition each, whatever its size. A question that began on an older one may find nobody. */
export async function dropOtherOutlooks(ctx: Context, keep: number): Promise<void> {
  const generations = await rowsOf<{ forecast: number }>(ctx, {
    sql: 'SELECT DISTINCT forecast FROM outlooks WHERE forecast <> {keep:UInt64}',
    params: { keep },
  })
  const cluster = await clusterOf(ctx.columns)
  for (const { forecast } of generations) {
    const statement = { sql: `ALTER TABLE outlooks DROP PARTITION ${Math.trunc(forecast)}`, table: 'outlooks' }
    for (const query of compiled(statement, cluster)) await ctx.columns.command({ query })
  }
}

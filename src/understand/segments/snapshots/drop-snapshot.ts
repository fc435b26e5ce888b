import { sql } from 'kysely'
import { compiled } from '#platform/clickhouse/cluster.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { snapshotDropped } from '../facts.ts'
import { snapshotOf } from './snapshot.ts'

/** @throws Refusal `segments.unknown_snapshot`, `segments.snapshot_in_use` with the names of what uses it */
export async function dropSnapshot(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'segments')
    const { segmentId } = await snapshotOf(ctx, id)
    // A report that is being saved holds it: waited for here, it is among the uses.
    await sql`select from segment_snapshots where id = ${id} for update`.execute(ctx.db)
    const { rows } = await sql<{ name: string }>`
      select name from snapshot_uses where snapshot_id = ${id} order by kind, lower(name)`.execute(ctx.db)
    if (rows.length > 0) {
      const uses = rows.map(({ name }) => name).join(', ')
      throw new Refusal('conflict', 'segments.snapshot_in_use', { uses })
    }
    await sql`delete from segment_snapshots where id = ${id}`.execute(ctx.db)
    await announce(ctx, snapshotDropped, { subjectId: segmentId, data: { snapshotId: id } })
  })
  await emptySnapshot(ctx, id)
}

/** Takes away the people under a number. */
export async function emptySnapshot(ctx: Context, id: number): Promise<void> {
  const statement = {
    sql: `ALTER TABLE segment_snapshots DROP PARTITION ${Math.trunc(id)}`,
    table: 'segment_snapshots',
  }
  for (const query of compiled(statement, await clusterOf(ctx.columns))) await ctx.columns.command({ query })
}

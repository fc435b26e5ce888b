import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { compileSnapshot, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'
import { snapshotTaken } from '../facts.ts'
import { segmentOf } from '../segment.ts'
import { emptySnapshot } from './drop-snapshot.ts'
import { mostSnapshots, snapshotOf } from './snapshot.ts'
import type { Snapshot } from './snapshots-contract.ts'

/**
 * Keeps who is in a segment now. The people are written before the record, outside of its transaction: what a failure leaves behind is
 * nobody's, and is emptied before its number is used.
 * @throws Refusal `segments.unknown_one`, `segments.taken_snapshot`, `segments.too_many_snapshots`
 */
export async function takeSnapshot(
  ctx: Context,
  { id: segmentId, name }: { id: number; name: string },
): Promise<Snapshot> {
  const { question } = await segmentOf(ctx, segmentId)
  await refuseTaken(ctx, name)
  const plan = await planFor(ctx, { where: { is: 'segment', in: [segmentId] } })
  const { rows } = await sql<{ id: number }>`select nextval('segment_snapshots_id_seq')::integer as id`.execute(ctx.db)
  const id = rows[0]!.id
  await emptySnapshot(ctx, id)
  const { sql: query, params } = compileSnapshot(plan, id)
  await ctx.columns.command({
    query,
    query_params: params,
    clickhouse_settings: { distributed_product_mode: 'global', distributed_foreground_insert: 1 },
  })
  const [counted] = await rowsOf<{ size: number }>(ctx, {
    sql: 'SELECT groupBitmapMerge(members) AS size FROM segment_snapshots WHERE snapshot_id = {id:UInt32}',
    params: { id },
  })
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'segments')
    await refuseTaken(ctx, name)
    const now = ctx.clock.now()
    const made = await sql`
      insert into segment_snapshots (id, segment_id, name, question, size, taken_on, taken_at, actor)
      select ${id}, id, ${name}, ${JSON.stringify(question)}::jsonb, ${counted?.size ?? 0}, ${plan.lens.asOf}::date, ${now}, ${ctx.actor.label}
        from segments where id = ${segmentId} and (select count(*) from segment_snapshots) < ${mostSnapshots}
      returning id`.execute(ctx.db)
    if (made.rows.length === 0) throw new Refusal('conflict', 'segments.too_many_snapshots', { most: mostSnapshots })
    await announce(ctx, snapshotTaken, { subjectId: segmentId, data: { snapshotId: id } })
    return snapshotOf(ctx, id)
  })
}

async function refuseTaken(ctx: Context, name: string): Promise<void> {
  const { rows } = await sql`select from segment_snapshots where lower(name) = lower(${name})`.execute(ctx.db)
  if (rows.length > 0) throw new Refusal('conflict', 'segments.taken_snapshot')
}

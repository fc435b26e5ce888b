import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * Versions of rows in the columns: epoch × 2^48 + transaction id, as decimal text (beyond 2^53 from epoch 32 on).
 * They rise for each row: a row's later change has a later transaction, because an earlier one that still runs keeps the
 * horizon, and with it every later version of that row, back. A restore opens a new epoch.
 */
export function versionOf(epoch: number, xid: string): string {
  return ((BigInt(epoch) << 48n) + BigInt(xid)).toString()
}

/** Which state of the records the columns show, as an opaque text: answers with the same position are the same. */
export async function projectionPosition(ctx: Context): Promise<string> {
  const { rows } = await sql<{ position: string }>`
    select p.epoch || '.' || p.xid || '.' || (select coalesce(max(id), 0) from projection_rebuilds where ended_at is not null) as position
      from projections p where p.target = 'live' and p.name = 'traits'`.execute(ctx.db)
  return rows[0]?.position ?? '0'
}

/** The version that the live traits are written up to; '0' before the first turn. */
export async function projectionVersion(ctx: Context): Promise<string> {
  const { rows } = await sql<{ epoch: number; xid: string }>`
    select epoch, xid::text as xid from projections where target = 'live' and name = 'traits'`.execute(ctx.db)
  const row = rows[0]
  return row && row.xid !== '0' ? versionOf(row.epoch, row.xid) : '0'
}

/**
 * The epoch of the records, the transaction id below which every transaction has ended, and the next one to be given. An
 * open transaction anywhere on the server, in other databases too, holds the horizon back.
 */
export async function horizonOf(ctx: Pick<Context, 'db'>): Promise<{ epoch: number; horizon: string; next: string }> {
  const { rows } = await sql<{ epoch: number; horizon: string; next: string }>`
    select current_epoch() as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
           pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(ctx.db)
  return rows[0]!
}

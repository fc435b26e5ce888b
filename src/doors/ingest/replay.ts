import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { dropsReplayed } from './facts.ts'
import type { Json } from './message.ts'

/** A drop on its way through the inbox again, with the times of its first coming. */
export type Again = { id: string; message: Json; cameAt: string; sentAt: string | null; tries: number }

/** Taken at once; a call is asked again for more. */
const mostAtOnce = 10_000

/**
 * Tries drops again, after their cause was mended. They go through the inbox as if they came now, with the times of their first
 * coming; what is still not usable is a drop again. A message that was used meanwhile is a repeat.
 * @returns how many are under way, 10,000 at most; and how many of this kind are left
 */
export function replayDrops(
  ctx: Context,
  { reason, id }: { reason: string; id?: number },
): Promise<{ replayed: number; left: number }> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      select id from ingest_drops
       where reason = ${reason} and message is not null ${id === undefined ? sql`` : sql`and id = ${id}`}
       order by id limit ${mostAtOnce}`.execute(ctx.db)
    const replayed = await requeue(
      ctx,
      rows.map(({ id }) => id),
    )
    if (replayed > 0) await announce(ctx, dropsReplayed, { data: { reason, count: replayed } })
    const { rows: left } = await sql<{ count: number }>`
      select count(*) as count from ingest_drops where reason = ${reason} and message is not null`.execute(ctx.db)
    return { replayed, left: left[0]!.count }
  })
}

/** Moves drops back into the inbox, a hundred to a row, in the order in which they came. */
export async function requeue(ctx: Context, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from ingest_drops where id = any(${ids}::bigint[]) and message is not null
      returning id, key_id, came_at, jsonb_build_object('id', message_id, 'message', message, 'cameAt', came_at, 'sentAt', sent_at, 'tries', tries) as told
    ),
    parted as (
      select *, (row_number() over (partition by key_id order by id) - 1) / 100 as part from gone
    ),
    kept as (
      insert into inbox (key_id, received_at, came_at, messages, again, body)
      select key_id, ${ctx.clock.machine()}, max(came_at), count(*), true,
             convert_to(jsonb_build_object('again', jsonb_agg(told order by id))::text, 'UTF8')
        from parted group by key_id, part order by min(id)
    )
    select count(*) as count from gone`.execute(ctx.db)
  return rows[0]!.count
}

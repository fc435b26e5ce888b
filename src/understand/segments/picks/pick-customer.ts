import { sql } from 'kysely'
import { lockCustomer, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { segmentPicked } from '../facts.ts'
import { segmentOf } from '../segment.ts'
import type { How } from './picks-contract.ts'

type Asked = { id: number; segmentId: number }

/**
 * Picks a customer for a segment by hand, or keeps her out; what was decided before by hand gives way.
 * @throws Refusal `customers.unknown`, `segments.unknown_one`
 */
export function pickCustomer(
  ctx: Context,
  { id, segmentId, ...given }: Asked & { how: How; reason: string; until?: string },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    await segmentOf(ctx, segmentId)
    await sayPicks(ctx, segmentId, [await staffProfile(ctx, id)], given)
  })
}

/** Leaves it to the question again. @throws Refusal `customers.unknown`, `segments.unknown_one` */
export function unpickCustomer(ctx: Context, { id, segmentId }: Asked): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    await segmentOf(ctx, segmentId)
    const { rows } = await sql<{ profileId: number }>`
      select pick.profile_id from segment_picks pick join profile_customers map on map.profile_id = pick.profile_id
       where map.customer_id = ${id} and pick.segment_id = ${segmentId} and pick.state <> 'gone'`.execute(ctx.db)
    await sayPicks(
      ctx,
      segmentId,
      rows.map(({ profileId }) => profileId),
      { how: 'gone' },
    )
  })
}

/** Writes one decision at some profiles and tells it, by one statement. What stands there in the same words stays untouched. @returns where it changed something */
export async function sayPicks(
  ctx: Context,
  segmentId: number,
  profileIds: readonly number[],
  { how, reason = null, until = null }: { how: How | 'gone'; reason?: string | null; until?: string | null },
  ref: string | null = null,
): Promise<number[]> {
  if (profileIds.length === 0) return []
  const { rows } = await sql<{ profileId: number }>`
    insert into segment_picks as kept (segment_id, profile_id, state, reason, until, ref, actor, at)
    select ${segmentId}, one, ${how}, ${reason}, ${until}::date, ${ref}, ${ctx.actor.label}, ${ctx.clock.now()}
      from unnest(${[...profileIds]}::bigint[]) as of(one) order by one
        on conflict (segment_id, profile_id) do update
           set state = excluded.state, reason = excluded.reason, until = excluded.until, ref = excluded.ref, actor = excluded.actor,
               at = excluded.at, xid = pg_current_xact_id()
         where (kept.state, kept.reason, kept.until) is distinct from (excluded.state, excluded.reason, excluded.until)
    returning kept.profile_id`.execute(ctx.db)
  const told = rows.map(({ profileId }) => ({ profileId, subjectId: segmentId, data: { how } }))
  await announceAll(ctx, segmentPicked, told)
  return rows.map(({ profileId }) => profileId)
}

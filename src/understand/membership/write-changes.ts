import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { announceAll } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Why } from './contract.ts'
import { segmentEntered, segmentLeft } from './facts.ts'
import { type Fence, pass } from './keeping.ts'

/** Somebody came in or left. `told`: it is news, where there still is somebody of whom to tell it. */
export type Change = { segmentId: number; customerId: number; entered: boolean; told: boolean }

/**
 * Writes changes, the facts that they are, and the sizes that follow, in one transaction: flips turned over, so that bitmaps stay as they
 * are. @param options.after more of the same transaction: what puts a new bitmap in the place of the flips
 */
export function writeChanges(
  ctx: Context,
  fence: Fence,
  changes: readonly Change[],
  { why, day, after }: { why: Why; day: Day; after?: (ctx: Context) => Promise<void> },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await pass(ctx, fence)
    const moved = sql`
      select m.* from unnest(${changes.map(({ segmentId }) => segmentId)}::int[], ${changes.map(({ customerId }) => customerId)}::bigint[],
                             ${changes.map(({ entered }) => entered)}::boolean[], ${changes.map(({ told }) => told)}::boolean[])
             as m(segment_id, customer_id, entered, told)
        join segment_memberships k on k.segment_id = m.segment_id`
    // A profile of each of whom it is told: nobody else is there any more.
    const { rows } = await sql<{ segmentId: number; entered: boolean; profileId: number }>`
      with moved as materialized (${moved}),
      turned_back as (
        delete from segment_flips f using moved m where (f.segment_id, f.customer_id) = (m.segment_id, m.customer_id)
      ),
      turned as (
        insert into segment_flips (segment_id, customer_id)
        select segment_id, customer_id from moved m
         where not exists (select from segment_flips f where (f.segment_id, f.customer_id) = (m.segment_id, m.customer_id))
      ),
      profiles as materialized (
        select customer_id, min(profile_id) as profile_id from profile_customers
         where customer_id in (select customer_id from moved where told) group by customer_id
      ),
      sums as (
        select m.segment_id, sum(case when entered then 1 else -1 end) as grown,
               count(*) filter (where entered and p.profile_id is not null and told) as entered,
               count(*) filter (where not entered and p.profile_id is not null and told) as "left"
          from moved m left join profiles p on p.customer_id = m.customer_id group by m.segment_id
      ),
      sized as (
        update segment_memberships k set size = k.size + sums.grown from sums where k.segment_id = sums.segment_id
        returning k.segment_id, k.size
      ),
      by_day as (
        insert into segment_sizes as kept (segment_id, day, size, entered, "left")
        select s.segment_id, ${day}::date, z.size, s.entered, s."left" from sums s join sized z on z.segment_id = s.segment_id
        on conflict (segment_id, day) do update
           set size = excluded.size, entered = kept.entered + excluded.entered, "left" = kept."left" + excluded."left"
      )
      select m.segment_id, m.entered, p.profile_id from moved m join profiles p on p.customer_id = m.customer_id where m.told`.execute(
      ctx.db,
    )
    for (const [kind, entered] of [
      [segmentEntered, true],
      [segmentLeft, false],
    ] as const) {
      const some = rows.filter((one) => one.entered === entered)
      await announceAll(
        ctx,
        kind,
        some.map(({ segmentId, profileId }) => ({ profileId, subjectId: segmentId, data: { why } })),
      )
    }
    await after?.(ctx)
  })
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * Says of some orders how far they are, by all that is told of their steps, in whatever order it came. The one place that decides it:
 *
 * - of a parcel the furthest step counts, whatever the clocks of shop and carrier say;
 * - what came back starts anew: only steps that happened after the last return count then, and without one it is `returned`;
 * - a step without a parcel's number is of every parcel; an order is as far as its least far parcel, and one that came back is the
 *   least far.
 *
 * Neither version nor xid of the order move: whoever edits the document is not in the way, and the columns hold no steps.
 */
export async function settleSteps(ctx: Context, orderIds: readonly number[]): Promise<void> {
  await sql`
    with told as (
      select *, array_position(array['returned', 'shipped', 'delivered', 'received'], step) as far
        from order_steps where order_id = any(${[...orderIds]}::bigint[])
    ),
    parcels as (
      select distinct order_id, tracking from told where tracking is not null
      union all
      select order_id, null from told group by order_id having count(tracking) = 0
    ),
    of_parcel as (
      select p.order_id, p.tracking, t.far, t.at,
             max(t.at) filter (where t.step = 'returned') over (partition by p.order_id, p.tracking) as back_at
        from parcels p join told t on t.order_id = p.order_id and (t.tracking is null or t.tracking = p.tracking)
    ),
    parcel_is as (
      select order_id, tracking, coalesce(max(far) filter (where far > 1 and (back_at is null or at > back_at)), 1) as far
        from of_parcel group by order_id, tracking
    ),
    order_is as (
      select o.id, (array['returned', 'shipped', 'delivered', 'received'])[min(p.far)] as step
        from unnest(${[...orderIds]}::bigint[]) as o(id) left join parcel_is p on p.order_id = o.id
       group by o.id
    )
    update orders set step = order_is.step from order_is
     where orders.id = order_is.id and orders.step is distinct from order_is.step`.execute(ctx.db)
}

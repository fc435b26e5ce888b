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
 * When it was sent, and when all of it was there, stands in `order_ways`, which the columns follow: of the steps that count, the first that was
 * shipped, the last that was delivered or received. Neither version nor xid of the order move: whoever edits the document is not in the way.
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
      select p.order_id, p.tracking, t.step, t.far, t.at,
             max(t.at) filter (where t.step = 'returned') over (partition by p.order_id, p.tracking) as back_at
        from parcels p join told t on t.order_id = p.order_id and (t.tracking is null or t.tracking = p.tracking)
    ),
    parcel_is as (
      select order_id, tracking, coalesce(max(far) filter (where counts and far > 1), 1) as far,
             min(at) filter (where counts and step = 'shipped') as shipped_at,
             max(at) filter (where counts and step = 'delivered') as delivered_at,
             max(at) filter (where counts and step = 'received') as received_at
        from (select *, step <> 'returned' and (back_at is null or at > back_at) as counts from of_parcel) as those
       group by order_id, tracking
    ),
    -- One row an order, so that nothing is joined to it again: what is made of so many parcels is taken for three rows by the planner,
    -- and a loop over loops of 20,000 orders takes minutes.
    order_is as (
      select o.id, (array['returned', 'shipped', 'delivered', 'received'])[min(p.far)] as step, min(p.shipped_at) as shipped_at,
             max(coalesce(p.delivered_at, p.received_at)) as delivered_at, max(p.received_at) as received_at
        from unnest(${[...orderIds]}::bigint[]) as o(id) left join parcel_is p on p.order_id = o.id
       group by o.id
    ),
    told_anew as (
      insert into order_ways as kept (order_id, profile_id, step, shipped_at, delivered_at, received_at)
      select orders.id, orders.profile_id, order_is.step, shipped_at,
             case when order_is.step in ('delivered', 'received') then delivered_at end,
             case when order_is.step = 'received' then received_at end
        from order_is join orders on orders.id = order_is.id
          on conflict (order_id) do update
             set step = excluded.step, shipped_at = excluded.shipped_at, delivered_at = excluded.delivered_at,
                 received_at = excluded.received_at, xid = pg_current_xact_id()
           where (kept.step, kept.shipped_at, kept.delivered_at, kept.received_at)
                 is distinct from (excluded.step, excluded.shipped_at, excluded.delivered_at, excluded.received_at)
    )
    update orders set step = order_is.step from order_is
     where orders.id = order_is.id and orders.step is distinct from order_is.step`.execute(ctx.db)
}

const most = 20_000

/**
 * The same of all orders whose steps were written in bulk, beside this.
 * @param onProgress how far it is, by the orders' ids
 */
export async function settleUntold(ctx: Context, onProgress?: (done: number, of: number) => void): Promise<void> {
  const { rows: ends } = await sql<{ first: number | null; last: number | null }>`
    select min(order_id) as first, max(order_id) as last from order_steps`.execute(ctx.db)
  const [first, end] = [ends[0]?.first ?? 0, ends[0]?.last ?? 0]
  for (let last = first - 1; last < end; ) {
    const { rows } = await sql<{ id: number }>`
      select distinct order_id as id from order_steps s
       where order_id > ${last} and not exists (select from order_ways w where w.order_id = s.order_id)
       order by order_id limit ${most}`.execute(ctx.db)
    if (rows.length === 0) return
    await settleSteps(
      ctx,
      rows.map(({ id }) => id),
    )
    last = rows.at(-1)!.id
    onProgress?.(last - first, end - first)
  }
}

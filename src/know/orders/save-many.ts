import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { ordersCancelled, ordersChanged, ordersPlaced } from './facts.ts'

// incoming_orders (order_id bigint, state text, profile_id bigint, source_id int, shop_id int, number text, kind text, status text, cancels_id bigint, reason text, placed_at timestamptz, day date, amount bigint, line_count int, foreign_currency char(3), foreign_amount bigint, rate numeric, content_hash text)
// Columns of the temporary table `incoming_orders`, one row a document of one source, that `saveOrders` takes:
// order_id is taken from the sequence for a new one; profile_id is there already; state is `new` or `changed` (other rows are
// left alone). Amounts in minor units, `day` of placed_at in the shop's zone.

// incoming_lines (order_id bigint, line int, product_id bigint, kind text, name text, quantity numeric, unit_price numeric, amount bigint)
// Columns of `incoming_lines`: the lines of the new and changed documents, numbered from 1 in each.

/**
 * Writes many documents of an import, or of a door, set-wise, from the temporary tables (or views) `incoming_orders` and `incoming_lines` of this
 * transaction. A changed document gets its lines anew; its profile never changes. One statement each, whatever the number.
 * @param importId null: of no import
 * @param newsSince documents placed since then are news; all others, and all unless told, are historic: they fill records and fire nothing
 */
export async function saveOrders(ctx: Context, importId: number | null, newsSince?: Date): Promise<void> {
  if (!ctx.db.isTransaction) throw new Error('saveOrders outside a transaction')
  await sql`
    insert into orders (id, profile_id, source_id, shop_id, number, kind, status, cancels_id, reason, placed_at, day, amount, line_count,
                        foreign_currency, foreign_amount, rate, content_hash, import_id)
    overriding system value
    select order_id, profile_id, source_id, shop_id, number, kind, status, cancels_id, reason, placed_at, day, amount, line_count,
           foreign_currency, foreign_amount, rate, content_hash, ${importId}
      from incoming_orders where state = 'new'
     order by order_id`.execute(ctx.db)
  await sql`
    update orders
       set kind = i.kind, status = i.status, cancels_id = i.cancels_id, reason = i.reason, placed_at = i.placed_at, day = i.day, amount = i.amount,
           line_count = i.line_count, foreign_currency = i.foreign_currency, foreign_amount = i.foreign_amount, rate = i.rate,
           content_hash = i.content_hash, version = orders.version + 1, xid = pg_current_xact_id()
      from incoming_orders i
     where i.order_id = orders.id and i.state = 'changed'`.execute(ctx.db)
  await sql`
    delete from order_lines using incoming_orders i
     where i.order_id = order_lines.order_id and i.state = 'changed'`.execute(ctx.db)
  await sql`
    insert into order_lines (order_id, line, product_id, kind, name, quantity, unit_price, amount)
    select order_id, line, product_id, kind, name, quantity, unit_price, amount
      from incoming_lines`.execute(ctx.db)
  await sql`
    insert into facts (epoch, at, kind, profile_id, subject_id, actor, historic, data)
    select (select current_epoch()), case when state = 'new' then placed_at else ${ctx.clock.now()} end,
           case when state = 'changed' then ${ordersChanged.kind}
                when kind = 'cancellation' then ${ordersCancelled.kind} else ${ordersPlaced.kind} end,
           profile_id, order_id, ${ctx.actor.label}, coalesce(placed_at < ${newsSince ?? null}::timestamptz, true),
           jsonb_build_object('amount', case when state = 'changed' and status = 'void' then 0 else amount end, 'number', number)
      from incoming_orders where state in ('new', 'changed')
     order by order_id`.execute(ctx.db)
}

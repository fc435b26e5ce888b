import { sql } from 'kysely'
import { lockIdentifiers, saveProfiles } from '#know/customers/index.ts'
import { saveOrders } from '#know/orders/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { minorDigits } from '#platform/money.ts'
import type { ApplyOptions } from './apply.ts'
import { effectOf, profileEvidence } from './evidence.ts'
import { type Import, stagingOf } from './import.ts'
import { inChunk } from './in-chunk.ts'
import { moveCursor } from './move-cursor.ts'
import { toldOrders } from './told-orders.ts'

/** Writes the orders in chunks of whole orders, with the profiles of anonymous buyers. */
export async function applyOrders(ctx: Context, one: Import, { signal, pace, chunk }: ApplyOptions): Promise<void> {
  const { orders } = stagingOf(one.id)
  const { zone, currency } = await merchantOf(ctx)
  const { rows } = await sql<{ lines: number }>`select coalesce(sum(lines), 0)::bigint as lines from ${orders}`.execute(
    ctx.db,
  )
  const total = rows[0]!.lines
  const steps = pace()
  let done = 0
  for (let from = (one.cursor.orders ?? 0) + 1; ; ) {
    signal.throwIfAborted()
    const { rows } = await sql<{ to: number | null; lines: number }>`
      select max(seq) as to, coalesce(sum(lines), 0)::bigint as lines
        from (select seq, lines, sum(lines) over (order by seq) - lines as before
                from ${orders} where seq between ${from}::bigint and ${from + chunk.orders - 1}::bigint) as next
       where before < ${chunk.lines}`.execute(ctx.db)
    const { to, lines } = rows[0]!
    if (to === null) break
    if (done === 0 && from > 1) {
      const before = await sql<{ lines: number }>`
        select coalesce(sum(lines), 0)::bigint as lines from ${orders} where seq < ${from}::bigint`.execute(ctx.db)
      done = before.rows[0]!.lines
    }
    done += lines
    await inChunk(ctx, async (ctx) => {
      await applyChunk(ctx, one, { zone, currency }, from, to)
      await moveCursor(ctx, one.id, 'orders', to, steps.step(done, total, lines))
    })
    from = to + 1
  }
}

async function applyChunk(
  ctx: Context,
  one: Import,
  { zone, currency }: { zone: string; currency: string },
  from: number,
  to: number,
): Promise<void> {
  const { lines, persons } = stagingOf(one.id)
  // Whom an order is claimed for stays who it is until it is written.
  await lockIdentifiers(ctx, [])
  await sql`
    create temporary table told_orders on commit drop as
    select * from (${toldOrders(one, { from, to })}) as told`.execute(ctx.db)
  await sql`analyze told_orders`.execute(ctx.db)

  await sql`
    create temporary table incoming_customers on commit drop as
    select nextval(pg_get_serial_sequence('profiles', 'id')) as profile_id, 'new' as state, 'order:' || told.number as external_id,
           coalesce(persons.doc, '{}') as doc, coalesce(persons.hash, '') as hash, told.placed_at as told_at
      from (select * from told_orders where state = 'new' and external_id is null and profile_id is null order by seq) as told
      left join ${persons} as persons on persons.anonymous and persons.external_id = 'order:' || told.number`.execute(
    ctx.db,
  )
  await saveProfiles(ctx, { importId: one.id, sourceId: one.sourceId!, mapped: false })
  await profileEvidence(ctx, one.id)

  await sql`
    create temporary table incoming_orders on commit drop as
    select coalesce(told.known_id, nextval(pg_get_serial_sequence('orders', 'id'))) as order_id, told.state,
           coalesce(told.profile_id, anonymous.profile_id) as profile_id, ${one.sourceId}::int as source_id, ${one.shopId}::int as shop_id,
           told.number, told.kind, told.status, null::bigint as cancels_id, told.cancels, told.placed_at,
           (told.placed_at at time zone ${zone})::date as day, told.amount, told.line_count,
           case when told.rate is not null then told.currency end::char(3) as foreign_currency, told.foreign_amount, told.rate,
           told.hash as content_hash, told.lines, told.postage, told.discount, told.rest, told.rest_kind, told.claimed_by, told.known_version
      from (select * from told_orders where state in ('new', 'changed') order by seq) as told
      left join incoming_customers as anonymous on anonymous.external_id = 'order:' || told.number`.execute(ctx.db)
  await sql`
    update incoming_orders i
       set cancels_id = coalesce(sale.order_id, known.id)
      from (select order_id, cancels from incoming_orders where cancels is not null) as back
      left join incoming_orders sale on sale.number = back.cancels
      left join lateral (
        select id from orders where source_id = ${one.sourceId}::int and number = back.cancels offset 0
      ) as known on true
     where back.order_id = i.order_id`.execute(ctx.db)
  await sql`analyze incoming_orders`.execute(ctx.db)

  await sql`
    create temporary table incoming_lines on commit drop as
    select i.order_id, row_number() over (partition by i.order_id order by l.row)::int as line, p.id as product_id, l.kind, l.name,
           l.quantity, l.unit_price, l.amount
      from incoming_orders i
      join ${lines} as l on l.number = i.number
      left join products p on p.code = l.code
    union all
    select i.order_id, (i.lines + row_number() over (partition by i.order_id order by extra.place))::int, null, extra.kind, null, 1,
           extra.amount / ${10 ** minorDigits(currency)}::numeric, extra.amount
      from incoming_orders i,
           lateral (values (1, 'postage', i.postage), (2, 'discount', -i.discount), (3, i.rest_kind, i.rest)) as extra(place, kind, amount)
     where extra.amount <> 0`.execute(ctx.db)
  await saveOrders(ctx, one.id)

  await sql`
    insert into profile_customers (profile_id, customer_id)
    select profile_id, claimed_by from incoming_orders where claimed_by is not null
        on conflict (profile_id) do nothing`.execute(ctx.db)
  await sql`
    insert into import_evidence (entity, row_id, import_id, effect, version, content_hash, told_at)
    select 'orders', order_id, ${one.id}::bigint, ${effectOf}, case state when 'new' then 1 else known_version + 1 end, content_hash, placed_at
      from incoming_orders
    union all
    select 'orders', known_id, ${one.id}::bigint, 'same', known_version, hash, placed_at from told_orders where state = 'same'
        on conflict do nothing`.execute(ctx.db)
}

import { sql } from 'kysely'
import { lockIdentifiers, saveProfiles } from '#know/customers/index.ts'
import { saveOrders } from '#know/orders/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { minorDigits } from '#platform/money.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { ApplyOptions } from './apply.ts'
import { effectOf, profileEvidence } from './evidence.ts'
import { type Import, type Lane, lanes, stagingOf } from './import.ts'
import { inChunk } from './in-chunk.ts'
import { moveCursor } from './move-cursor.ts'
import type { Pace } from './pace.ts'
import { type LaneRange, toldOrders } from './told-orders.ts'

/** So many chunks of each lane, some 5 s, before another import that waits gets its turn. */
const turnChunks = 5

type Rules = { zone: string; currency: string }

/**
 * Writes the orders in chunks of whole orders, with the profiles of anonymous buyers: in two lanes, each on its own connection with
 * its own cursor. All orders of one customer go by one lane (`sort`), so that the lanes do not wait for each other's rows.
 */
export async function applyOrders(ctx: Context, one: Import, options: ApplyOptions): Promise<void> {
  const { orders } = stagingOf(one.id)
  const rules = await merchantOf(ctx)
  const reached = lanes.map((lane) => one.cursor[`orders:${lane}`] ?? 0)
  const { rows } = await sql<{ total: number; done: number }>`
    select coalesce(sum(lines), 0)::bigint as total,
           coalesce(sum(lines) filter (where seq <= (${reached}::bigint[])[lane + 1]), 0)::bigint as done
      from ${orders}`.execute(ctx.db)
  const progress = { ...rows[0]!, pace: options.pace() }
  const open = new Set<Lane>(lanes)
  while (open.size > 0) {
    await inTurn(ctx, async () => {
      const failed = new AbortController()
      const either = { ...options, signal: AbortSignal.any([options.signal, failed.signal]) }
      const ends = await Promise.allSettled(
        [...open].map(async (lane) => {
          try {
            for (let turn = 0; turn < turnChunks && open.has(lane); turn += 1) {
              either.signal.throwIfAborted()
              const on = lane === 0 ? ctx : options.beside
              const to = await writeChunk(
                on,
                one,
                rules,
                { lane, after: reached[lane]!, chunk: either.chunk },
                progress,
              )
              if (to === null) open.delete(lane)
              else reached[lane] = to
            }
          } catch (error) {
            failed.abort(error)
            throw error
          }
        }),
      )
      options.signal.throwIfAborted()
      if (failed.signal.aborted || ends.some(({ status }) => status === 'rejected')) throw failed.signal.reason
    })
  }
  await inTransaction(ctx, (ctx) => linkCancelled(ctx, one))
}

/** One import at a time: a lock of the connection, so that it spans the chunks of both lanes. */
async function inTurn(ctx: Context, work: () => Promise<void>): Promise<void> {
  await sql`select pg_advisory_lock(hashtextextended('exchange.apply', 0))`.execute(ctx.db)
  try {
    await work()
  } finally {
    // Where the connection is gone, so is its lock.
    await sql`select pg_advisory_unlock(hashtextextended('exchange.apply', 0))`.execute(ctx.db).catch(() => undefined)
  }
}

/** @returns the last sequence number written; null where the lane is at its end */
async function writeChunk(
  ctx: Context,
  one: Import,
  rules: Rules,
  { lane, after, chunk }: { lane: Lane; after: number; chunk: ApplyOptions['chunk'] },
  progress: { total: number; done: number; pace: Pace },
): Promise<number | null> {
  const { rows } = await sql<{ to: number | null; lines: number }>`
    select max(seq) as to, coalesce(sum(lines), 0)::bigint as lines
      from (select seq, lines, sum(lines) over (order by seq) - lines as before
              from (select seq, lines from ${stagingOf(one.id).orders}
                     where lane = ${lane} and seq > ${after}::bigint order by seq limit ${chunk.orders}) as near) as next
     where before < ${chunk.lines}`.execute(ctx.db)
  const { to, lines } = rows[0]!
  if (to === null) return null
  await inChunk(ctx, 'held', async (ctx) => {
    await applyChunk(ctx, one, rules, { lane, from: after + 1, to })
    await moveCursor(
      ctx,
      one.id,
      `orders:${lane}`,
      to,
      progress.pace.step(progress.done + lines, progress.total, lines),
    )
  })
  progress.done += lines
  return to
}

/**
 * A sale that is given back, and was not there yet when that was written: it stands further on in the file, or went by the other
 * lane. The version stays, for it says whether somebody edited the order.
 */
async function linkCancelled(ctx: Context, one: Import): Promise<void> {
  const found = (number: string) => sql`
    select id, cancels_id from orders where source_id = ${one.sourceId}::int and number = ${sql.ref(number)} offset 0`
  await sql`
    update orders
       set cancels_id = sale.id, xid = pg_current_xact_id()
      from ${stagingOf(one.id).orders} as told
     cross join lateral (${found('told.number')}) as back
     cross join lateral (${found('told.cancels')}) as sale
     where told.cancels is not null and told.problem is null and back.cancels_id is null and orders.id = back.id`.execute(
    ctx.db,
  )
}

async function applyChunk(ctx: Context, one: Import, { zone, currency }: Rules, range: LaneRange): Promise<void> {
  const { lines, persons } = stagingOf(one.id)
  // Whom an order is claimed for stays who it is until it is written.
  await lockIdentifiers(ctx, [])
  await sql`
    create temporary table told_orders on commit drop as
    select * from (${toldOrders(one, range)}) as told`.execute(ctx.db)
  await sql`analyze told_orders`.execute(ctx.db)

  await sql`
    create temporary table incoming_customers on commit drop as
    select nextval(pg_get_serial_sequence('profiles', 'id')) as profile_id, 'new' as state, 'order:' || told.number as external_id,
           coalesce(persons.doc - '#tags', '{}') as doc, coalesce(persons.hash, '') as hash, told.placed_at as told_at
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
           told.number, told.kind, told.status, null::bigint as cancels_id, told.cancels, told.because as reason, told.placed_at,
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
    create temporary view incoming_lines as
    select i.order_id, row_number() over (partition by i.order_id order by l.row)::int as line, p.id as product_id, l.kind, l.name,
           l.quantity, l.unit_price, l.amount
      from incoming_orders i
      join ${lines} as l on l.number = i.number
      left join products p on p.code = l.code
    union all
    select i.order_id, (i.lines + row_number() over (partition by i.order_id order by extra.place))::int, null, extra.kind, null, 1,
           extra.amount / ${sql.lit(10 ** minorDigits(currency))}::numeric, extra.amount
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

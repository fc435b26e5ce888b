import { sql } from 'kysely'
import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { addDays, instantIn } from '#platform/days.ts'
import type { OrderQuery, OrderRow } from './contract.ts'
import { type OrderRecord, orderColumns, orderJoins, rowOf } from './order-record.ts'
import { visibleOrders } from './scope.ts'

/**
 * A page of orders, newest first by (placed_at, id). The page is cut before anything is joined to it. For one customer,
 * each profile gives at most a page from its own index; otherwise the planner may walk all orders for a rare buyer.
 */
export async function listOrders(
  ctx: Context,
  query: OrderQuery,
): Promise<{ items: OrderRow[]; next: string | undefined }> {
  const conditions = [visibleOrders(ctx)]
  if (query.shopId) conditions.push(sql`o.shop_id = ${query.shopId}`)
  if (query.kind) conditions.push(sql`o.kind = ${query.kind}`)
  if (query.status) conditions.push(sql`o.status = ${query.status}`)
  if (query.step === 'none') conditions.push(sql`o.step is null and o.kind = 'sale' and o.status <> 'void'`)
  else if (query.step) conditions.push(sql`o.step = ${query.step}`)
  if (query.number) {
    const parcel = await ordersOfParcel(ctx, query.number)
    const literal = query.number.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')
    conditions.push(
      parcel.length > 0 ? sql`o.id = any(${parcel}::bigint[])` : sql`lower(o.number) like ${`${literal}%`}`,
    )
  }
  if (query.from || query.to) {
    const { zone } = await merchantOf(ctx)
    if (query.from) conditions.push(sql`o.placed_at >= ${instantIn(zone, query.from)}`)
    if (query.to) conditions.push(sql`o.placed_at < ${instantIn(zone, addDays(query.to, 1))}`)
  }
  if (query.after) {
    const [at, id] = readCursor(z.tuple([z.string().max(40), z.number()]), query.after)
    conditions.push(sql`(o.placed_at, o.id) < (${at}::timestamptz, ${id})`)
  }
  const matching = sql`
    select o.* from orders o
     where ${sql.join(conditions, sql` and `)}`
  const newest = sql`order by o.placed_at desc, o.id desc limit ${query.limit + 1}`
  const page = query.customerId
    ? sql`
      select o.* from profile_customers pc cross join lateral (${matching} and o.profile_id = pc.profile_id ${newest}) o
       where pc.customer_id = ${query.customerId} ${newest}`
    : sql`${matching} ${newest}`
  const { rows } = await sql<OrderRecord>`
    select ${orderColumns}
      from (${page}) o ${orderJoins}
     order by o.placed_at desc, o.id desc`.execute(ctx.db)
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
  return {
    items: rows.slice(0, query.limit).map((row) => rowOf(ctx, row)),
    next: last && cursorOf(last.placedText, last.id),
  }
}

/** What a carrier's number names: by itself, so that the beginning of an order's number stays a walk down its index. */
async function ordersOfParcel(ctx: Context, tracking: string): Promise<number[]> {
  const { rows } = await sql<{ orderId: number }>`
    select distinct order_id from order_steps where lower(tracking) = ${tracking.toLowerCase()} limit 100`.execute(
    ctx.db,
  )
  return rows.map((row) => row.orderId)
}

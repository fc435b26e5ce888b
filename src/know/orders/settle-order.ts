import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Order, OrderStatus } from './contract.ts'
import { ordersChanged } from './facts.ts'
import { getOrder } from './get-order.ts'
import { visibleOrders } from './scope.ts'

type Open = { profileId: number; number: string; status: OrderStatus; amount: number; version: number }

/**
 * Ends an open order: completed (paid), or void (never paid; counts nowhere). A completed sale is given back instead.
 * @param version the version that the edit was made from
 * @throws Refusal `orders.unknown`, `http.stale`, `orders.not_open`, `orders.has_given_back`
 */
export async function settleOrder(
  ctx: Context,
  version: number,
  { id, status, reason }: { id: number; status: 'completed' | 'void'; reason?: string },
): Promise<Order> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<Open>`
      select o.profile_id, o.number, o.status, o.amount, o.version from orders o
       where o.id = ${id} and ${visibleOrders(ctx)} for update`.execute(ctx.db)
    const order = rows[0]
    if (!order) throw new Refusal('not_found', 'orders.unknown', { id })
    if (order.version !== version) throw new Refusal('stale', 'http.stale')
    if (order.status !== 'open') throw new Refusal('conflict', 'orders.not_open')
    if (status === 'void' && (await isGivenBack(ctx, id))) throw new Refusal('conflict', 'orders.has_given_back')
    await sql`
      update orders set status = ${status}, reason = ${(status === 'void' && reason) || null}, version = version + 1, xid = pg_current_xact_id() where id = ${id}`.execute(
      ctx.db,
    )
    const { profileId, number } = order
    const amount = status === 'void' ? 0 : order.amount
    await announce(ctx, ordersChanged, { profileId, subjectId: id, data: { amount, number } })
    return getOrder(ctx, id)
  })
}

async function isGivenBack(ctx: Context, id: number): Promise<boolean> {
  const { rows } = await sql`select 1 from orders where cancels_id = ${id} and status <> 'void' limit 1`.execute(ctx.db)
  return rows.length > 0
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Order } from '../contract.ts'
import { placedAtOf } from '../document.ts'
import { stepRemoved } from '../facts.ts'
import { getOrder } from '../get-order.ts'
import { visibleOrders } from '../scope.ts'
import type { NewStep, OrderStepName } from './contract.ts'
import { saveSteps } from './save-steps.ts'
import { settleSteps } from './settle-steps.ts'

type Sale = { profileId: number; number: string; kind: string; status: string; placedAt: Date }

/**
 * Says how far an order is on its way to the buyer; told again of the same parcel, it is corrected.
 * @throws Refusal `orders.unknown`, `orders.not_a_sale`, `orders.is_void`, `orders.future`, `orders.before_sale`
 */
export function tellStep(ctx: Context, { id, step, at: told, carrier, tracking }: NewStep): Promise<Order> {
  return inTransaction(ctx, async (ctx) => {
    const sale = await lockedOrder(ctx, id)
    if (sale.kind !== 'sale') throw new Refusal('conflict', 'orders.not_a_sale')
    if (sale.status === 'void') throw new Refusal('conflict', 'orders.is_void')
    const at = placedAtOf(ctx, told)
    if (at < sale.placedAt) throw new Refusal('invalid', 'orders.before_sale')
    await saveSteps(ctx, [{ orderId: id, step, at, carrier, tracking }])
    return getOrder(ctx, id)
  })
}

/** Takes a step away that never was. @throws Refusal `orders.unknown`, `orders.unknown_step` */
export function removeStep(ctx: Context, { id, stepId }: { id: number; stepId: number }): Promise<Order> {
  return inTransaction(ctx, async (ctx) => {
    const { profileId, number } = await lockedOrder(ctx, id)
    const { rows } = await sql<{ step: OrderStepName }>`
      delete from order_steps where id = ${stepId} and order_id = ${id} returning step`.execute(ctx.db)
    const [gone] = rows
    if (!gone) throw new Refusal('not_found', 'orders.unknown_step')
    await settleSteps(ctx, [id])
    await announce(ctx, stepRemoved, { profileId, subjectId: id, data: { number, step: gone.step } })
    return getOrder(ctx, id)
  })
}

/** Locked: two steps told at once are settled one after the other. */
async function lockedOrder(ctx: Context, id: number): Promise<Sale> {
  const { rows } = await sql<Sale>`
    select o.profile_id, o.number, o.kind, o.status, o.placed_at from orders o
     where o.id = ${id} and ${visibleOrders(ctx)} for update of o`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'orders.unknown', { id })
  return rows[0]
}

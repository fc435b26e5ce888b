import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { fromMinor } from '#platform/money.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { NewCancellation, Order, OrderKind, OrderStatus } from './contract.ts'
import { type Document, nextDocumentId, numberFor, placedAtOf, writeDocument } from './document.ts'
import { ordersCancelled } from './facts.ts'
import { getOrder } from './get-order.ts'
import { leftOf, type Objection, type PlannedLine, planGivingBack } from './giving-back.ts'
import { type LineRecord, type LineToWrite, linesGivenBack, linesOf, soldLine } from './lines.ts'
import { portionOf, quantityOf, sumOf, thousandthsOf } from './order.ts'
import { visibleOrders } from './scope.ts'

type Sale = {
  profileId: number
  shopId: number
  kind: OrderKind
  status: OrderStatus
  placedAt: Date
  amount: number
  foreignCurrency: string | null
  foreignAmount: number | null
  rate: string | null
}

/**
 * Gives a sale back, whole or in part, as a cancellation of its own. The sale is locked first, so that two people at
 * two counters cannot give the same thing back twice; a cancellation that an import writes meanwhile waits on the same lock.
 * @returns the cancellation
 * @throws Refusal `orders.unknown`, `orders.not_a_sale`, `orders.is_void`, `orders.before_sale`, `orders.future`,
 *   `orders.number_taken`, and the objections of `giving-back.ts`
 */
export async function cancelOrder(ctx: Context, cancellation: NewCancellation): Promise<Order> {
  const { id } = cancellation
  return inTransaction(ctx, async (ctx) => {
    const merchant = await merchantOf(ctx)
    const sale = await lockedSale(ctx, id)
    const placedAt = placedAtOf(ctx, cancellation.placedAt)
    if (placedAt < sale.placedAt) throw new Refusal('invalid', 'orders.before_sale')

    const sold = await linesOf(ctx, id)
    const back = await linesGivenBack(ctx, id)
    const wanted = cancellation.lines?.map((line) => ({ ...line, thousandths: thousandthsOf(line.quantity)! }))
    const lines = sold.map(soldLine)
    const net = await netNow(ctx, id, sale.amount)
    const planned = planGivingBack(lines, leftOf(lines, back), net, wanted)
    if (!Array.isArray(planned)) throw refused(planned)

    const document = await nextDocumentId(ctx)
    const number = cancellation.number ?? numberFor('R', dayIn(merchant.zone, placedAt), document)
    const amount = sumOf(planned)!
    await writeDocument(ctx, merchant, document, {
      profileId: sale.profileId,
      shopId: sale.shopId,
      number,
      kind: 'cancellation',
      status: 'completed',
      cancelsId: id,
      reason: cancellation.reason,
      placedAt,
      amount,
      foreign: foreignOf(sale, amount),
      lines: planned.map((line) => lineToWrite(line, sold, merchant.currency)),
    })
    await announce(ctx, ordersCancelled, {
      profileId: sale.profileId,
      subjectId: document,
      at: placedAt,
      data: { amount, number },
    })
    return getOrder(ctx, document)
  })
}

async function lockedSale(ctx: Context, id: number): Promise<Sale> {
  const { rows } = await sql<Sale>`
    select o.profile_id, o.shop_id, o.kind, o.status, o.placed_at, o.amount,
           o.foreign_currency::text as foreign_currency, o.foreign_amount, o.rate
      from orders o where o.id = ${id} and ${visibleOrders(ctx)} for update`.execute(ctx.db)
  const sale = rows[0]
  if (!sale) throw new Refusal('not_found', 'orders.unknown', { id })
  if (sale.kind !== 'sale') throw new Refusal('conflict', 'orders.not_a_sale')
  if (sale.status === 'void') throw new Refusal('conflict', 'orders.is_void')
  return sale
}

/** What is left of the sale's amount; read under its lock. */
async function netNow(ctx: Context, id: number, amount: number): Promise<number> {
  const { rows } = await sql<{ back: number }>`
    select coalesce(sum(amount), 0)::bigint as back from orders where cancels_id = ${id} and status <> 'void'`.execute(
    ctx.db,
  )
  return amount + rows[0]!.back
}

/** The part of a foreign sale that goes back, at the sale's own rate. */
function foreignOf({ foreignCurrency, foreignAmount, rate, amount: whole }: Sale, part: number): Document['foreign'] {
  if (!foreignCurrency || !rate || foreignAmount === null) return null
  return { currency: foreignCurrency, amount: whole === 0 ? 0 : portionOf(foreignAmount, part, whole), rate }
}

function lineToWrite(planned: PlannedLine, sold: readonly LineRecord[], currency: string): LineToWrite {
  const line = sold.find((one) => one.line === planned.cancelsLine)
  const { amount, cancelsLine } = planned
  const quantity = quantityOf(planned.thousandths)
  return line
    ? {
        productId: line.productId,
        kind: line.kind,
        name: line.name,
        quantity,
        unitPrice: line.unitPrice,
        amount,
        cancelsLine,
      }
    : {
        productId: null,
        kind: 'adjustment',
        name: null,
        quantity,
        unitPrice: fromMinor(amount, currency),
        amount,
        cancelsLine,
      }
}

function refused(objection: Objection): Refusal {
  switch (objection.objection) {
    case 'orders.unknown_line':
      return new Refusal('invalid', objection.objection, { line: objection.line })
    case 'orders.more_than_sold':
      return new Refusal('conflict', objection.objection, { line: objection.line, left: objection.left / 1000 })
    case 'orders.more_than_paid':
      return new Refusal('conflict', objection.objection, { line: objection.line })
    case 'orders.nothing_left':
      return new Refusal('conflict', objection.objection)
  }
}

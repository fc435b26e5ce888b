import { sql } from 'kysely'
import { addCustomer, editCustomer } from '#know/customers/index.ts'
import { cancelOrder, recordOrder, settleOrder, tellStep } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Happening } from './life/crowd.ts'
import type { Deed } from './life/deeds.ts'
import { neverPaid, type Sale } from './life/sale.ts'
import { personAs } from './people/person-as.ts'
import { type Told, tellUntil } from './record.ts'
import { decimalOf, linesOfRefund, linesOfSale, refundNumber } from './write/documents.ts'

/**
 * One thing happens now, by the verb that the API calls, in the transaction that also says how far the shop's life is told: killed
 * between two things, none happens twice.
 */
export async function act(
  ctx: Context,
  told: Pick<Told, 'known' | 'crowd'>,
  one: Exclude<Happening, Deed>,
): Promise<void> {
  const outlet = 'sale' in one ? one.sale.outlet : told.crowd.agentOf(one.customer).outlet
  // At a counter somebody types it in, and what is said of people somebody writes down; a website does the rest.
  const label = outlet.online && one.what !== 'word' ? ctx.actor.label : told.known.writers[outlet.letter]!
  await inTransaction({ ...ctx, actor: { ...ctx.actor, label } }, async (ctx) => {
    if (one.what === 'arrival') await arrive(ctx, told, one.customer)
    else if (one.what === 'sale') await sell(ctx, told, one.sale)
    else if (one.what === 'settled') await settle(ctx, one.sale)
    else if (one.what === 'refund') await giveBack(ctx, one.sale)
    else if (one.what === 'step') await sendOn(ctx, one)
    else await writeDown(ctx, told, one)
    await tellUntil(ctx, new Date(one.at))
  })
}

async function arrive(ctx: Context, { known, crowd }: Pick<Told, 'known' | 'crowd'>, customer: number): Promise<void> {
  const { values, phone, email, member, number } = personAs(crowd.agentOf(customer))
  const added = await addCustomer(ctx, {
    values,
    phones: phone ? [phone] : [],
    emails: email ? [email] : [],
    // Whoever joins here gets a card: by its number a later run knows the person again.
    member: member ?? `XS${number}`,
    anyway: true,
  })
  known.setProfile(customer, added.profiles[0]!.id)
  known.byCard.add(customer)
}

async function sell(ctx: Context, { known }: Pick<Told, 'known'>, sale: Sale): Promise<void> {
  const { shop } = known.places[sale.outlet.letter]!
  const customerId = sale.customer === undefined ? undefined : await customerOf(ctx, known.profileOf(sale.customer))
  await recordOrder(ctx, {
    shopId: shop,
    customerId,
    number: sale.number,
    placedAt: new Date(sale.at).toISOString(),
    status: sale.settled ? 'open' : 'completed',
    lines: linesOfSale(sale).map((line) => ({
      productId: line.good ? known.products.get(line.good.code) : undefined,
      kind: line.kind as 'goods',
      name: line.name ?? printed[line.kind],
      quantity: line.thousandths / 1000,
      unitPrice: decimalOf(line.price, 2),
    })),
  })
}

/** How the counter prints what is no product. */
const printed: Record<string, string> = { postage: '运费', discount: '优惠', adjustment: '调整' }

async function settle(ctx: Context, sale: Sale): Promise<void> {
  const order = await orderOf(ctx, sale)
  const { status } = sale.settled!
  const reason = status === 'void' ? neverPaid : undefined
  if (order?.status === 'open') await settleOrder(ctx, order.version, { id: order.id, status, reason })
}

async function giveBack(ctx: Context, sale: Sale): Promise<void> {
  const order = await orderOf(ctx, sale)
  if (!order) return
  const back = linesOfRefund(sale)
  const lines = sale.refund!.whole
    ? undefined
    : [{ line: sale.refund!.line + 1, quantity: Math.abs(back[0]!.thousandths) / 1000 }]
  await cancelOrder(ctx, {
    id: order.id,
    number: refundNumber(sale),
    placedAt: new Date(sale.refund!.at).toISOString(),
    reason: sale.refund!.why,
    lines,
  })
}

async function sendOn(ctx: Context, { sale, step, at }: Extract<Happening, { what: 'step' }>): Promise<void> {
  const order = await orderOf(ctx, sale)
  const { carrier, tracking } = sale.parcel!
  if (order && order.status !== 'void')
    await tellStep(ctx, { id: order.id, step, at: new Date(at).toISOString(), carrier, tracking })
}

async function writeDown(
  ctx: Context,
  { known }: Pick<Told, 'known'>,
  one: Extract<Happening, { what: 'word' }>,
): Promise<void> {
  const id = await customerOf(ctx, known.profileOf(one.customer))
  if (!id) return
  const { rows } = await sql<{ version: number }>`select version from customers where id = ${id}`.execute(ctx.db)
  await editCustomer(ctx, rows[0]!.version, { id, values: { [one.field]: one.text } })
}

/** Whose profile it is now: people may have been joined meanwhile. */
async function customerOf(ctx: Context, profile: number): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select customer_id as id from profile_customers where profile_id = ${profile}`.execute(ctx.db)
  return rows[0]?.id
}

/** A sale, whether a file told of it or the counter. */
async function orderOf(
  ctx: Context,
  { number }: Sale,
): Promise<{ id: number; status: string; version: number } | undefined> {
  const { rows } = await sql<{ id: number; status: string; version: number }>`
    select id, status, version from orders where lower(number) = lower(${number}) and number = ${number} and kind = 'sale'`.execute(
    ctx.db,
  )
  return rows[0]
}

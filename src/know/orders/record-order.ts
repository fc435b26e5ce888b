import { sql } from 'kysely'
import { type Merchant, merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { fromMinor } from '#platform/money.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { NewOrder, Order } from './contract.ts'
import { nextDocumentId, numberFor, placedAtOf, writeDocument } from './document.ts'
import { ordersPlaced } from './facts.ts'
import { getOrder } from './get-order.ts'
import type { LineToWrite } from './lines.ts'
import { lineAmount, quantityOf, sumOf, thousandthsOf } from './order.ts'
import { anonymousProfile, profileFor } from './profile-for.ts'
import { checkShop, namedProducts, type SoldProduct } from './what-is-sold.ts'

/**
 * Records one sale by hand: at the counter, or by a program. Large histories come by import.
 * @throws Refusal `orders.unknown_shop`, `orders.unknown_customer`, `orders.unknown_product`, `orders.unnamed_line`,
 *   `orders.line_sign`, `orders.foreign_currency`, `orders.too_large`, `orders.below_zero`, `orders.future`, `orders.number_taken`
 */
export async function recordOrder(ctx: Context, order: NewOrder): Promise<Order> {
  return inTransaction(ctx, async (ctx) => {
    const merchant = await merchantOf(ctx)
    await checkShop(ctx, order.shopId)
    const foreign = foreignOf(merchant, order)
    const products = await namedProducts(ctx, order.lines)
    const lines = order.lines.map((line, index) => lineToWrite(merchant, foreign, line, index + 1, products))
    const amount = sumOf(lines)
    if (amount === undefined) throw new Refusal('invalid', 'orders.too_large', { line: order.lines.length })
    if (amount < 0) throw new Refusal('invalid', 'orders.below_zero')

    const placedAt = placedAtOf(ctx, order.placedAt)
    const id = await nextDocumentId(ctx)
    const number = order.number ?? numberFor('S', dayIn(merchant.zone, placedAt), id)
    const profileId = order.customerId ? await profileFor(ctx, order.customerId) : await anonymousProfile(ctx, number)
    await writeDocument(ctx, merchant, id, {
      profileId,
      shopId: order.shopId,
      number,
      kind: 'sale',
      status: order.status,
      cancelsId: null,
      placedAt,
      amount,
      foreign: foreign && { ...foreign, amount: foreignAmount(foreign, order) },
      lines,
    })
    await announce(ctx, ordersPlaced, { profileId, subjectId: id, at: placedAt, data: { amount, number } })
    // Who sees by customer sees a sale to nobody this once, to hand out the receipt.
    return getOrder(ctx, id, sql`true`)
  })
}

type Foreign = { currency: string; rate: string }

function foreignOf(merchant: Merchant, { currency, rate }: NewOrder): Foreign | null {
  if (!currency || currency === merchant.currency) return null
  if (!rate) throw new Refusal('invalid', 'orders.foreign_currency', { currency, ours: merchant.currency })
  return { currency, rate }
}

/** What the customer paid in the order's own currency. */
function foreignAmount({ currency }: Foreign, { lines }: NewOrder): number {
  const amounts = lines.map(
    ({ quantity, unitPrice, amount }) => amount ?? lineAmount(decimal(quantity), unitPrice, currency),
  )
  const sum = amounts.some((amount) => amount === undefined)
    ? undefined
    : sumOf(amounts.map((amount) => ({ amount: amount! })))
  if (sum === undefined) throw new Refusal('invalid', 'orders.too_large', { line: lines.length })
  return sum
}

/** Nothing of a thing is worth less than nothing; only a discount takes money off, and an adjustment does either. */
function signObjected(kind: string, amount: number): boolean {
  return kind === 'discount' ? amount > 0 : kind !== 'adjustment' && amount < 0
}

function lineToWrite(
  merchant: Merchant,
  foreign: Foreign | null,
  line: NewOrder['lines'][number],
  place: number,
  products: ReadonlyMap<number, SoldProduct>,
): LineToWrite {
  const product = line.productId === undefined ? undefined : products.get(line.productId)
  if (line.productId !== undefined && !product) throw new Refusal('invalid', 'orders.unknown_product', { line: place })
  const name = line.name ?? product?.name ?? null
  if (!product && !name) throw new Refusal('invalid', 'orders.unnamed_line', { line: place })
  const kind = line.kind ?? product?.kind ?? 'goods'
  const quantity = decimal(line.quantity)
  const amount = inOurs(merchant, foreign, line, quantity)
  if (amount === undefined) throw new Refusal('invalid', 'orders.too_large', { line: place })
  if (signObjected(kind, amount)) throw new Refusal('invalid', 'orders.line_sign', { line: place })
  return { productId: product?.id ?? null, kind, name, quantity, unitPrice: line.unitPrice, amount, cancelsLine: null }
}

/** A line's amount in the merchant's currency: stated (and converted), or quantity × price × rate, rounded once. */
function inOurs(
  { currency }: Merchant,
  foreign: Foreign | null,
  line: NewOrder['lines'][number],
  quantity: string,
): number | undefined {
  if (line.amount === undefined) return lineAmount(quantity, line.unitPrice, currency, foreign?.rate)
  if (!foreign) return line.amount
  return lineAmount(fromMinor(line.amount, foreign.currency), foreign.rate, currency)
}

function decimal(quantity: number): string {
  return quantityOf(thousandthsOf(quantity) ?? 0)
}

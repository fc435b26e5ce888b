import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { saveProducts } from '#know/catalog/index.ts'
import { thousandthsOf } from '#know/orders/contract.ts'
import { giveBackMany, type Return, saveOrders } from '#know/orders/index.ts'
import type { Merchant } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { applySteps } from './apply-steps.ts'
import { type Drop, dropped, type Message } from './message.ts'
import type { OrderTold } from './order-told.ts'
import { requeue } from './replay.ts'
import { isStep } from './vocabulary.ts'

/** Older documents are history: they fill records and fire nothing. */
const newsMs = 7 * 86_400_000

/** A sale that the records know, and what this door last told of it. */
type Known = {
  id: number
  sourceId: number
  number: string
  version: number
  placedAt: Date
  day: string
  contentHash: string | null
  toldAt: Date | null
  toldVersion: number | null
}

type Of = { merchant: Merchant; profileOf(message: Message): number }

/**
 * Writes the orders that a batch tells of: first sales, then what was given back of them, then how far they are on their way, each
 * order's messages in the order in which they happened. A bounded number of statements, whatever the batch.
 *
 * A sale is told anew by a later message, unless it was edited here since; one told late, after a newer one, changes nothing. What
 * is given back of a sale that is not known, or how far it is, waits as a drop and is tried again by itself when the sale comes.
 */
export async function applyOrders(ctx: Context, told: readonly OrderTold[], of: Of): Promise<Drop[]> {
  if (told.length === 0) return []
  const inTime = [...told].sort((a, b) => a.message.at.getTime() - b.message.at.getTime())
  const known = await knownOrders(ctx, inTime)
  const newsSince = new Date(ctx.clock.now().getTime() - newsMs)
  const sales = inTime.filter(({ verb }) => verb === 'completed' || verb === 'updated')
  const backs = inTime.filter(({ verb }) => verb === 'refunded' || verb === 'cancelled')
  const steps = inTime.filter(({ verb }) => isStep(verb))
  const codes = [...sales.flatMap(({ lines }) => lines), ...backs.flatMap(({ back }) => back)]
  const products = await productsOf(ctx, codes, sales, of.merchant.currency)
  return [
    ...(await applySales(ctx, sales, known, products, newsSince, of)),
    ...(await applyBacks(ctx, backs, known, products, newsSince)),
    ...(await applySteps(ctx, steps, (told) => known.get(orderOf(told))?.id, newsSince)),
  ]
}

const nameOf = (sourceId: number, number: string) => `${sourceId} ${number}`
const orderOf = ({ message, number }: OrderTold) => nameOf(message.origin.sourceId, number)

/** Locked, so that nobody edits them meanwhile. */
async function knownOrders(ctx: Context, told: readonly OrderTold[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`
    select o.id, o.source_id, o.number, o.version, o.placed_at, o.day, o.content_hash, t.told_at, t.version as told_version
      from unnest(${told.map(({ message }) => message.origin.sourceId)}::int[], ${told.map(({ number }) => number)}::text[])
             as told(source_id, number)
      join orders o on o.source_id = told.source_id and o.number = told.number and o.kind = 'sale'
      left join ingest_orders t on t.order_id = o.id
     order by o.id for update of o`.execute(ctx.db)
  return new Map(rows.map((row) => [nameOf(row.sourceId, row.number), row]))
}

/** The catalog's ids of products by code. What a sale names and the catalog does not know is added to it. */
async function productsOf(
  ctx: Context,
  coded: readonly { code?: string }[],
  sales: readonly OrderTold[],
  currency: string,
): Promise<Map<string, number>> {
  const codes = [...new Set(coded.flatMap(({ code }) => code ?? []))]
  if (codes.length === 0) return new Map()
  const find = async () => {
    const { rows } = await sql<{ id: number; code: string }>`
      select id, code from products where code = any(${codes}::text[])`.execute(ctx.db)
    return new Map(rows.map(({ id, code }) => [code, id]))
  }
  const known = await find()
  const added = new Map<string, { code: string; name?: string; price: number | null }>()
  for (const { lines, foreign } of sales) {
    for (const { code, name, amount, quantity } of lines) {
      if (!code || known.has(code) || added.has(code)) continue
      const price = foreign || Number(quantity) !== 1 ? null : amount
      added.set(code, { code, name, price })
    }
  }
  if (added.size === 0) return known
  await sql`
    create temporary table incoming_products on commit drop as
    select nextval(pg_get_serial_sequence('products', 'id')) as product_id, 'new' as state, code, 'goods' as kind, name, price, '{}'::jsonb as doc
      from jsonb_to_recordset(${JSON.stringify([...added.values()])}::jsonb) as row(code text, name text, price bigint)`.execute(
    ctx.db,
  )
  await saveProducts(ctx, null)
  await sql`drop table incoming_products`.execute(ctx.db)
  ctx.log.info({ products: added.size, currency }, 'products added by orders')
  return find()
}

async function applySales(
  ctx: Context,
  sales: readonly OrderTold[],
  known: Map<string, Known>,
  products: ReadonlyMap<string, number>,
  newsSince: Date,
  { merchant, profileOf }: Of,
): Promise<Drop[]> {
  const drops: Drop[] = []
  /** The last word of each order, and who told of it first: whose it is. */
  const last = new Map<string, { told: OrderTold; first: OrderTold; contentHash: string }>()
  for (const told of sales) {
    const before = known.get(orderOf(told))
    if (before?.toldAt && before.toldAt > told.message.at) continue
    const contentHash = hashOf(told)
    if (before && before.toldVersion !== before.version && before.contentHash !== contentHash) {
      drops.push(dropped(told.message, 'order_edited', told.number))
      continue
    }
    last.set(orderOf(told), { told, first: last.get(orderOf(told))?.first ?? told, contentHash })
  }
  const rows = [...last.entries()].map(([name, { told, first, contentHash }]) => {
    const before = known.get(name)
    const state = !before ? 'new' : before.contentHash === contentHash ? 'same' : 'changed'
    const { origin } = told.message
    // A sale happened when it was first told of; a later message changes what was sold, not when.
    const placedAt = before?.placedAt ?? first.message.at
    return {
      told,
      row: {
        order_id: before?.id ?? null,
        state,
        profile_id: profileOf(first.message),
        source_id: origin.sourceId,
        shop_id: origin.shopId!,
        number: told.number,
        placed_at: placedAt.toISOString(),
        day: before?.day ?? dayIn(merchant.zone, placedAt),
        amount: told.amount,
        line_count: told.lines.length,
        foreign_currency: told.foreign?.currency ?? null,
        foreign_amount: told.foreign?.amount ?? null,
        rate: told.foreign?.rate ?? null,
        content_hash: contentHash,
        told_at: told.message.at.toISOString(),
      },
    }
  })
  if (rows.length === 0) return drops
  const lines = rows.flatMap(({ told }) =>
    told.lines.map((line, at) => ({
      source_id: told.message.origin.sourceId,
      number: told.number,
      line: at + 1,
      product_id: line.code ? products.get(line.code) : null,
      kind: line.kind,
      name: line.name ?? null,
      quantity: line.quantity,
      unit_price: line.unitPrice,
      amount: line.amount,
    })),
  )
  await sql`
    create temporary table incoming_orders on commit drop as
    select coalesce(row.order_id, nextval(pg_get_serial_sequence('orders', 'id'))) as order_id, state,
           row.profile_id, row.source_id, row.shop_id, row.number, 'sale' as kind, 'completed' as status, null::bigint as cancels_id, null as reason,
           row.placed_at, row.day, row.amount, row.line_count,
           row.foreign_currency, row.foreign_amount, row.rate, row.content_hash, row.told_at
      from jsonb_to_recordset(${JSON.stringify(rows.map(({ row }) => row))}::jsonb)
        as row(order_id bigint, state text, profile_id bigint, source_id int, shop_id int, number text, placed_at timestamptz, day date, amount bigint,
               line_count int, foreign_currency char(3), foreign_amount bigint, rate numeric, content_hash text, told_at timestamptz)`.execute(
    ctx.db,
  )
  await sql`
    create temporary table incoming_lines on commit drop as
    select i.order_id, row.line, row.product_id, row.kind, row.name, row.quantity, row.unit_price, row.amount
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as row(source_id int, number text, line int, product_id bigint, kind text, name text, quantity numeric, unit_price numeric, amount bigint)
      join incoming_orders i on i.source_id = row.source_id and i.number = row.number and i.state in ('new', 'changed')`.execute(
    ctx.db,
  )
  await saveOrders(ctx, null, newsSince)
  const { rows: written } = await sql<Known & { isNew: boolean }>`
    with kept as (
      insert into ingest_orders as t (order_id, told_at, version)
      select i.order_id, i.told_at, o.version from incoming_orders i join orders o on o.id = i.order_id
          on conflict (order_id) do update set told_at = excluded.told_at, version = excluded.version
    )
    select i.order_id as id, i.source_id, i.number, o.version, i.placed_at, i.day, i.content_hash, i.told_at, o.version as told_version, i.state = 'new' as is_new
      from incoming_orders i join orders o on o.id = i.order_id`.execute(ctx.db)
  await sql`drop table incoming_orders, incoming_lines`.execute(ctx.db)
  for (const { isNew: _, ...row } of written) known.set(nameOf(row.sourceId, row.number), row)
  await tryAgain(
    ctx,
    written.filter(({ isNew }) => isNew),
  )
  return drops
}

/** What waited for these sales comes in again, behind what is there. */
async function tryAgain(ctx: Context, made: readonly Pick<Known, 'sourceId' | 'number'>[]): Promise<void> {
  if (made.length === 0) return
  const { rows } = await sql<{ id: number }>`
    select d.id from unnest(${made.map(({ sourceId }) => sourceId)}::int[], ${made.map(({ number }) => number)}::text[]) as m(source_id, subject)
      join ingest_drops d on d.source_id = m.source_id and d.subject = m.subject and d.reason = 'order_unknown' limit 10000`.execute(
    ctx.db,
  )
  await requeue(
    ctx,
    rows.map(({ id }) => id),
  )
}

async function applyBacks(
  ctx: Context,
  backs: readonly OrderTold[],
  known: ReadonlyMap<string, Known>,
  products: ReadonlyMap<string, number>,
  newsSince: Date,
): Promise<Drop[]> {
  const drops: Drop[] = []
  const returns: { told: OrderTold; back: Return }[] = []
  for (const told of backs) {
    const sale = known.get(orderOf(told))
    if (!sale) drops.push(dropped(told.message, 'order_unknown', told.number))
    else if (told.back.some(({ code }) => !products.has(code)))
      drops.push(dropped(told.message, 'unknown_line', told.number))
    else returns.push({ told, back: returnOf(told, sale.id, products) })
  }
  if (returns.length === 0) return drops
  const results = await giveBackMany(
    ctx,
    returns.map(({ back }) => back),
    newsSince,
  )
  for (const [place, result] of results.entries()) {
    const { told } = returns[place]!
    // Cancelled after all was given back: it is as it was told.
    if (result === 'done' || result === 'known' || (told.verb === 'cancelled' && result === 'orders.nothing_left'))
      continue
    drops.push(dropped(told.message, result.replace('orders.', ''), told.number))
  }
  return drops
}

function returnOf(
  { message, verb, number, back, refunded, refundId, because: reason }: OrderTold,
  saleId: number,
  products: ReadonlyMap<string, number>,
): Return {
  if (verb === 'cancelled') return { saleId, number: `${number}-C`, placedAt: message.at, reason }
  return {
    saleId,
    number: `${number}-R${refundId ?? message.id.slice(0, 8)}`,
    placedAt: message.at,
    products:
      back.length > 0
        ? back.map(({ code, quantity }) => ({
            productId: products.get(code)!,
            thousandths: thousandthsOf(quantity) ?? 0,
          }))
        : undefined,
    amount: refunded,
    reason,
  }
}

function hashOf({ lines, amount, foreign }: OrderTold): string {
  return hash('sha256', JSON.stringify([lines, amount, foreign])).slice(0, 32)
}

import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { fromMinor, type Minor } from '#platform/money.ts'
import { ordersCancelled } from './facts.ts'
import { type BackLine, leftOf, type PlannedLine, planGivingBack, type WantedLine } from './giving-back.ts'
import type { LineRecord } from './lines.ts'
import { quantityOf, sumOf, type Thousandths, thousandthsOf } from './order.ts'

/** What a source tells was given back of a sale. */
export type Return = {
  saleId: number
  /** Of the cancellation; one of this source and number that is there already stays as it is. */
  number: string
  placedAt: Date
  /** Which products, how many (positive); absent: all that is left, or money alone where `amount` is told. */
  products?: readonly { productId: number; thousandths: Thousandths }[]
  /** Minor units, positive. */
  amount?: Minor
  reason?: string
}

export type Returned =
  | 'done'
  | 'known'
  | 'orders.unknown_line'
  | 'orders.more_than_sold'
  | 'orders.more_than_paid'
  | 'orders.nothing_left'

type Sale = {
  id: number
  profileId: number
  sourceId: number
  shopId: number
  amount: Minor
  status: string
  numbers: string[]
}
type SoldRecord = Omit<LineRecord, 'code' | 'cancelsLine'> & { orderId: number; thousandths: Thousandths }
type Planned = Return & { sale: Sale; lines: PlannedLine[]; total: Minor }

/**
 * Gives many sales back, whole or in part, each as a cancellation of its own, as their source tells it: six statements, whatever the number. The sales are
 * locked first, as `cancelOrder` does. Returns of one sale are taken in their order, each from what the one before has left.
 * @param newsSince returns since then are news, older ones historic
 * @returns of each return, in their order, what became of it
 */
export async function giveBackMany(ctx: Context, returns: readonly Return[], newsSince: Date): Promise<Returned[]> {
  if (!ctx.db.isTransaction) throw new Error('giveBackMany outside a transaction')
  const ids = [...new Set(returns.map(({ saleId }) => saleId))]
  const sales = await lockedSales(ctx, ids)
  const sold = await linesOfSales(ctx, ids)
  const back = await givenBack(ctx, ids)
  const planned: Planned[] = []
  const results = returns.map((one): Returned => {
    const sale = sales.get(one.saleId)
    if (!sale || sale.status === 'void') return 'orders.nothing_left'
    if (sale.numbers.includes(one.number)) return 'known'
    const before = back.get(one.saleId) ?? []
    const lines = plan(one, sale, sold.get(one.saleId) ?? [], before)
    if (typeof lines === 'string') return lines
    const products = new Map(sold.get(one.saleId)?.map(({ line, productId }) => [line, productId]))
    back.set(one.saleId, [
      ...before,
      ...lines.map((line) => ({ ...line, productId: products.get(line.cancelsLine ?? 0) ?? null })),
    ])
    sale.numbers.push(one.number)
    planned.push({ ...one, sale, lines, total: sumOf(lines)! })
    return 'done'
  })
  if (planned.length > 0) await write(ctx, planned, sold, newsSince)
  return results
}

function plan(
  { products, amount }: Return,
  sale: Sale,
  sold: SoldRecord[],
  back: BackLine[],
): PlannedLine[] | Exclude<Returned, 'done' | 'known'> {
  const left = leftOf(sold, back)
  const net = sale.amount + (sumOf(back) ?? 0)
  if (amount !== undefined && amount > net) return net <= 0 ? 'orders.nothing_left' : 'orders.more_than_paid'
  if (!products && amount !== undefined && amount < net) {
    return amount === 0 ? 'orders.nothing_left' : [{ cancelsLine: null, thousandths: -1000, amount: -amount }]
  }
  const wanted = products && wantedOf(products, sold, left)
  if (typeof wanted === 'string') return wanted
  const planned = planGivingBack(sold, left, net, wanted)
  if (!Array.isArray(planned)) return planned.objection
  // The shop may give back more than the share of these things (postage), or less (a fee): the money is as told.
  const rest = amount === undefined ? 0 : -amount - sumOf(planned)!
  return rest === 0 ? planned : [...planned, { cancelsLine: null, thousandths: 1000, amount: rest }]
}

/** Which lines products are given back of: those with something left, in their order. */
function wantedOf(
  products: NonNullable<Return['products']>,
  sold: readonly SoldRecord[],
  left: ReturnType<typeof leftOf>,
): WantedLine[] | 'orders.unknown_line' | 'orders.more_than_sold' {
  const wanted = new Map<number, Thousandths>()
  for (const { productId, thousandths } of products) {
    const lines = sold.filter((line) => line.productId === productId && line.thousandths > 0)
    if (lines.length === 0) return 'orders.unknown_line'
    let open = thousandths
    for (const { line } of lines) {
      const rest = left.find((one) => one.line === line)!.thousandths - (wanted.get(line) ?? 0)
      const part = Math.min(open, rest)
      if (part > 0) wanted.set(line, (wanted.get(line) ?? 0) + part)
      open -= Math.max(part, 0)
    }
    if (open > 0) return 'orders.more_than_sold'
  }
  return [...wanted].map(([line, thousandths]) => ({ line, thousandths }))
}

async function lockedSales(ctx: Context, ids: number[]): Promise<Map<number, Sale>> {
  await sql`select from orders where id = any(${ids}) order by id for update`.execute(ctx.db)
  const { rows } = await sql<Sale>`
    select o.id, o.profile_id, o.source_id, o.shop_id, o.amount, o.status,
           array(select number from orders back where back.cancels_id = o.id) as numbers
      from orders o where o.id = any(${ids}) and o.kind = 'sale'`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

async function linesOfSales(ctx: Context, ids: number[]): Promise<Map<number, SoldRecord[]>> {
  const { rows } = await sql<Omit<SoldRecord, 'thousandths'>>`
    select order_id, line, product_id, kind, name, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price, amount
      from order_lines where order_id = any(${ids}) order by order_id, line`.execute(ctx.db)
  return grouped(rows.map((row) => ({ ...row, thousandths: thousandthsOf(row.quantity)! })))
}

async function givenBack(ctx: Context, ids: number[]): Promise<Map<number, BackLine[]>> {
  const { rows } = await sql<Omit<BackLine, 'thousandths'> & { orderId: number; quantity: string }>`
    select o.cancels_id as order_id, l.cancels_line, l.product_id, l.quantity, l.amount
      from orders o join order_lines l on l.order_id = o.id
     where o.cancels_id = any(${ids}) and o.status <> 'void' order by o.placed_at, o.id, l.line`.execute(ctx.db)
  return grouped(rows.map((row) => ({ ...row, thousandths: thousandthsOf(row.quantity)! })))
}

function grouped<T extends { orderId: number }>(rows: T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) groups.set(row.orderId, [...(groups.get(row.orderId) ?? []), row])
  return groups
}

async function write(
  ctx: Context,
  planned: readonly Planned[],
  sold: ReadonlyMap<number, SoldRecord[]>,
  newsSince: Date,
): Promise<void> {
  const { zone, currency } = await merchantOf(ctx)
  const documents = planned.map(({ sale, number, placedAt, reason, total, lines }, place) => ({
    place,
    profile_id: sale.profileId,
    source_id: sale.sourceId,
    shop_id: sale.shopId,
    number,
    cancels_id: sale.id,
    reason: reason ?? null,
    placed_at: placedAt.toISOString(),
    day: dayIn(zone, placedAt),
    amount: total,
    line_count: lines.length,
  }))
  const lines = planned.flatMap((one, place) =>
    one.lines.map((line, at) => {
      const record = sold.get(one.saleId)?.find((known) => known.line === line.cancelsLine)
      return {
        place,
        line: at + 1,
        product_id: record?.productId ?? null,
        kind: record?.kind ?? 'adjustment',
        name: record?.name ?? null,
        quantity: quantityOf(line.thousandths),
        unit_price: record?.unitPrice ?? fromMinor(Math.abs(line.amount), currency),
        amount: line.amount,
        cancels_line: line.cancelsLine,
      }
    }),
  )
  await sql`
    with told as (
      select nextval(pg_get_serial_sequence('orders', 'id')) as id, row.*
        from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb)
          as row(place int, profile_id bigint, source_id int, shop_id int, number text, cancels_id bigint, reason text, placed_at timestamptz, day date,
                 amount bigint, line_count int)
    ),
    made as (
      insert into orders (id, profile_id, source_id, shop_id, number, kind, status, cancels_id, reason, placed_at, day, amount, line_count)
      overriding system value
      select id, profile_id, source_id, shop_id, number, 'cancellation', 'completed', cancels_id, reason, placed_at, day, amount, line_count
        from told order by id
    ),
    facts_made as (
      insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
      select placed_at, ${ordersCancelled.kind}, profile_id, id, ${ctx.actor.label}, placed_at < ${newsSince}::timestamptz,
             jsonb_build_object('amount', amount, 'number', number)
        from told order by id
    )
    insert into order_lines (order_id, line, product_id, kind, name, quantity, unit_price, amount, cancels_line)
    select told.id, l.line, l.product_id, l.kind, l.name, l.quantity, l.unit_price, l.amount, l.cancels_line
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
        as l(place int, line int, product_id bigint, kind text, name text, quantity numeric, unit_price numeric, amount bigint, cancels_line int)
      join told using (place)`.execute(ctx.db)
}

import { sql } from 'kysely'
import { isGoods } from '#know/catalog/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Order } from './contract.ts'
import { type LeftLine, leftOf } from './giving-back.ts'
import { type LineRecord, linesGivenBack, linesOf, soldLine } from './lines.ts'
import { type OrderRecord, orderColumns, orderJoins, rowOf } from './order-record.ts'
import { shownReason } from './reason.ts'
import { visibleOrders } from './scope.ts'
import { stepsOf } from './steps/steps-of.ts'

type Record = OrderRecord & {
  channel: string | null
  sourceCode: string
  sourceName: string
  cancelsId: number | null
  cancelsNumber: string | null
  foreignCurrency: string | null
  foreignAmount: number | null
  rate: string | null
  version: number
}

/**
 * An order with its lines, what was given back and what is left.
 * @param seen the actor's orders unless told
 * @throws Refusal `orders.unknown`, also where it is not yours
 */
export async function getOrder(ctx: Context, id: number, seen = visibleOrders(ctx)): Promise<Order> {
  const { rows } = await sql<Record>`
    select ${orderColumns}, channel.name as channel, source.code as source_code, source.name as source_name,
           sale.id as cancels_id, sale.number as cancels_number,
           o.foreign_currency::text as foreign_currency, o.foreign_amount, trim_scale(o.rate)::text as rate, o.version
      from orders o ${orderJoins}
      join sources source on source.id = o.source_id
      left join channels channel on channel.id = s.channel_id
      left join orders sale on sale.id = o.cancels_id and ${visibleOrders(ctx, 'sale')}
     where o.id = ${id} and ${seen}`.execute(ctx.db)
  const record = rows[0]
  if (!record) throw new Refusal('not_found', 'orders.unknown', { id })
  const lines = await linesOf(ctx, id)
  const cancellations = await cancellationsOf(ctx, id)
  const givesBack = record.kind === 'sale' && record.status !== 'void'
  const left = givesBack ? leftOf(lines.map(soldLine), await linesGivenBack(ctx, id)) : undefined
  return {
    ...rowOf(ctx, record),
    channel: record.channel,
    source: { code: record.sourceCode, name: record.sourceName },
    foreign:
      record.foreignCurrency === null
        ? null
        : { currency: record.foreignCurrency, amount: record.foreignAmount ?? 0, rate: record.rate ?? '1' },
    cancels: record.cancelsId === null ? null : { id: record.cancelsId, number: record.cancelsNumber! },
    cancellations,
    lines: lines.map((line, index) => shownLine(line, left?.[index])),
    steps: await stepsOf(ctx, id),
    version: record.version,
  }
}

/** What was given back of it; goods that came back at a shop of others count in `net` but are not told of. */
async function cancellationsOf(ctx: Context, id: number): Promise<Order['cancellations']> {
  const { rows } = await sql<Omit<Order['cancellations'][number], 'placedAt'> & { placedAt: Date }>`
    select o.id, o.number, o.placed_at, o.amount, o.status, o.reason
      from orders o where o.cancels_id = ${id} and ${visibleOrders(ctx)} order by o.placed_at, o.id`.execute(ctx.db)
  return rows.map((row) => ({ ...row, placedAt: row.placedAt.toISOString(), reason: shownReason(ctx, row.reason) }))
}

function shownLine(line: LineRecord, left: LeftLine | undefined): Order['lines'][number] {
  return {
    line: line.line,
    product: line.productId === null ? null : { id: line.productId, code: line.code! },
    kind: line.kind,
    goods: isGoods(line.kind),
    name: line.name,
    quantity: Number(line.quantity),
    unitPrice: line.unitPrice,
    amount: line.amount,
    cancelsLine: line.cancelsLine,
    ...(left && { left: { quantity: left.thousandths / 1000, amount: left.amount } }),
  }
}

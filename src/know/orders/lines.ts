import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Minor } from '#platform/money.ts'
import type { BackLine, SoldLine } from './giving-back.ts'
import { thousandthsOf } from './order.ts'

/** A line as Postgres gives it; decimals as text. */
export type LineRecord = {
  line: number
  productId: number | null
  code: string | null
  kind: string
  name: string | null
  quantity: string
  unitPrice: string
  amount: Minor
  cancelsLine: number | null
}

/** A line to be written. Quantity and price as plain decimals. */
export type LineToWrite = Omit<LineRecord, 'line' | 'code'>

/** The lines of an order, in their order. */
export async function linesOf(ctx: Context, orderId: number): Promise<LineRecord[]> {
  const { rows } = await sql<LineRecord>`
    select l.line, l.product_id, p.code, l.kind, coalesce(l.name, p.name) as name, trim_scale(l.quantity)::text as quantity,
           trim_scale(l.unit_price)::text as unit_price, l.amount, l.cancels_line
      from order_lines l left join products p on p.id = l.product_id
     where l.order_id = ${orderId}
     order by l.line`.execute(ctx.db)
  return rows
}

/** The lines of all cancellations of a sale that count. */
export async function linesGivenBack(ctx: Context, saleId: number): Promise<BackLine[]> {
  const { rows } = await sql<Pick<LineRecord, 'cancelsLine' | 'productId' | 'quantity' | 'amount'>>`
    select l.cancels_line, l.product_id, l.quantity, l.amount
      from orders o join order_lines l on l.order_id = o.id
     where o.cancels_id = ${saleId} and o.status <> 'void'
     order by o.placed_at, o.id, l.line`.execute(ctx.db)
  return rows.map((row) => ({ ...row, thousandths: thousandthsOf(row.quantity)! }))
}

export function soldLine(line: LineRecord): SoldLine {
  return { line: line.line, productId: line.productId, amount: line.amount, thousandths: thousandthsOf(line.quantity)! }
}

/** Writes the lines of a new order, numbered from 1, by one statement. */
export async function writeLines(ctx: Context, orderId: number, lines: readonly LineToWrite[]): Promise<void> {
  const rows = lines.map((line, index) => ({
    line: index + 1,
    product_id: line.productId,
    kind: line.kind,
    name: line.name,
    quantity: line.quantity,
    unit_price: line.unitPrice,
    amount: line.amount,
    cancels_line: line.cancelsLine,
  }))
  await sql`
    insert into order_lines (order_id, line, product_id, kind, name, quantity, unit_price, amount, cancels_line)
    select ${orderId}, line, product_id, kind, name, quantity, unit_price, amount, cancels_line
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(line int, product_id bigint, kind text, name text, quantity numeric, unit_price numeric, amount bigint,
               cancels_line int)`.execute(ctx.db)
}

import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { writeCsv } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { fromMinor } from '#platform/money.ts'
import type { OrderRow } from './contract.ts'
import type { LineRecord } from './lines.ts'
import { listOrders } from './list-orders.ts'

const ofOrder = [
  'number',
  'placed',
  'kind',
  'status',
  'shop',
  'customer',
  'customer_number',
  'line_count',
  'amount',
  'net',
  'reason',
]
const ofLine = ['line', 'code', 'line_name', 'line_kind', 'quantity', 'unit_price', 'line_amount']
const numeric = new Set(['line_count', 'amount', 'net', 'line', 'quantity', 'unit_price', 'line_amount'])

/**
 * The orders that an actor may see as CSV, newest first, streamed: a page of rows in memory. Amounts in major units, times of the
 * shop's zone. Read page by page, not of one instant.
 * @param options.lines a row for each line, with its order beside it
 */
export async function* exportOrders(
  ctx: Context,
  { lines = false, from, to, locale }: { lines?: boolean; from?: string; to?: string; locale: Locale },
): AsyncGenerator<Uint8Array> {
  const { zone, currency } = await merchantOf(ctx)
  const keys = lines ? [...ofOrder, ...ofLine] : ofOrder
  let count = 0
  async function* rows(): AsyncGenerator<string[]> {
    for (let after: string | undefined; ; ) {
      const page = await listOrders(ctx, { limit: 1000, after, from, to })
      const told = lines ? await linesOfMany(ctx, page.items) : undefined
      for (const order of page.items) {
        const cells = cellsOf(order, { zone, currency, locale })
        if (!told) yield cells
        else for (const line of told.get(order.id) ?? []) yield [...cells, ...lineCells(line, currency)]
        count += 1
      }
      if (!page.next) return
      after = page.next
    }
  }
  let whole = false
  try {
    yield* writeCsv(rows(), {
      columns: keys.map((key) => say(locale, `orders.column.${key}`)),
      numeric: keys.flatMap((key, at) => (numeric.has(key) ? [at] : [])),
    })
    whole = true
  } finally {
    const outcome = whole ? 'done' : 'broken'
    await append(ctx, { action: 'orders.exported', outcome, object: 'orders', rows: count, data: { lines, from, to } })
  }
}

function cellsOf(
  order: OrderRow,
  { zone, currency, locale }: { zone: string; currency: string; locale: Locale },
): string[] {
  return [
    order.number,
    // Of all languages, this one writes instants as ISO does.
    new Date(order.placedAt).toLocaleString('sv-SE', { timeZone: zone }),
    say(locale, `orders.kind.${order.kind}`),
    say(locale, `orders.status.${order.status}`),
    order.shop.name,
    order.customer?.name ?? '',
    order.customer?.number ?? '',
    String(order.lineCount),
    fromMinor(order.amount, currency),
    fromMinor(order.net, currency),
    order.reason ?? '',
  ]
}

function lineCells(line: LineRecord, currency: string): string[] {
  return [
    String(line.line),
    line.code ?? '',
    line.name ?? '',
    line.kind,
    line.quantity,
    line.unitPrice,
    fromMinor(line.amount, currency),
  ]
}

async function linesOfMany(ctx: Context, orders: readonly OrderRow[]): Promise<Map<number, LineRecord[]>> {
  const { rows } = await sql<LineRecord & { orderId: number }>`
    select l.order_id, l.line, l.product_id, p.code, l.kind, coalesce(l.name, p.name) as name,
           trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as unit_price, l.amount, l.cancels_line
      from order_lines l left join products p on p.id = l.product_id
     where l.order_id = any(${orders.map(({ id }) => id)}::bigint[])
     order by l.order_id, l.line`.execute(ctx.db)
  return Map.groupBy(rows, ({ orderId }) => orderId)
}

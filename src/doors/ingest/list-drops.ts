import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import type { ShownDrop } from './contract.ts'

type Row = Omit<ShownDrop, 'message' | 'droppedAt'> & { message: unknown; droppedAt: Date }

/** What could not be used for a reason, the latest first, with what tells of a person masked. */
export async function listDrops(
  ctx: Context,
  { reason, limit, after }: { reason: string; limit: number; after?: string },
): Promise<{ items: ShownDrop[]; next: string | undefined }> {
  const last = after ? readCursor(z.tuple([z.number()]), after) : undefined
  const { rows } = await sql<Row>`
    select d.id, d.reason, d.subject, d.type, d.event, source.name as source, d.dropped_at, d.tries, d.message
      from ingest_drops d join sources source on source.id = d.source_id
     where d.reason = ${reason} ${last ? sql`and d.id < ${last[0]}` : sql``}
     order by d.id desc limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  return {
    items: page.map(({ droppedAt, message, ...row }) => ({
      ...row,
      droppedAt: droppedAt.toISOString(),
      message: message === null ? null : JSON.stringify(masked(message), null, 2),
    })),
    next: rows.length > limit && end ? cursorOf(end.id) : undefined,
  }
}

/** What says how a message is made, and nothing of a person; every other text is hidden. */
const plain = new Set([
  ...[
    'type',
    'event',
    'messageId',
    'timestamp',
    'originalTimestamp',
    'sentAt',
    'currency',
    'order_id',
    'orderId',
    'refund_id',
  ],
  ...[
    'sku',
    'product_id',
    'productId',
    'name',
    'category',
    'brand',
    'variant',
    'quantity',
    'price',
    'total',
    'revenue',
    'value',
  ],
  ...['subtotal', 'shipping', 'tax', 'discount', 'exchange_rate', 'version'],
])

/** The form of a message with all texts hidden but those of the shop. Names are a product's within `products` alone. */
export function masked(told: unknown, key = '', shop = false): unknown {
  if (typeof told === 'string' || typeof told === 'number') {
    const isPlain = plain.has(key) && (key !== 'name' || shop)
    return isPlain ? told : typeof told === 'string' ? `*** (${told.length})` : '***'
  }
  if (Array.isArray(told)) return told.slice(0, 20).map((one) => masked(one, key, shop || key === 'products'))
  if (typeof told !== 'object' || told === null) return told
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name.slice(0, 60), masked(value, name, shop && name !== 'traits')]),
  )
}

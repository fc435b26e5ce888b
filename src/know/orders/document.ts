import { sql } from 'kysely'
import { type Merchant, sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import type { Minor } from '#platform/money.ts'
import { Refusal } from '#platform/refusal.ts'
import type { OrderKind, OrderStatus } from './contract.ts'
import { type LineToWrite, writeLines } from './lines.ts'

/** A document written by hand or by the API. Amounts in minor units of the merchant's currency. */
export type Document = {
  profileId: number
  shopId: number
  number: string
  kind: OrderKind
  status: OrderStatus
  cancelsId: number | null
  reason?: string
  placedAt: Date
  amount: Minor
  foreign: { currency: string; amount: Minor; rate: string } | null
  lines: readonly LineToWrite[]
}

/** The source of what staff and programs record through the API. */
export async function staffSource(ctx: Context): Promise<number> {
  return (await sourceOf(ctx, 'staff', { name: 'Staff', kind: 'staff' })).id
}

/** The id of the next document, taken before its row, so that a number can be made of it without a lock. */
export async function nextDocumentId(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval(pg_get_serial_sequence('orders', 'id')) as id`.execute(
    ctx.db,
  )
  return rows[0]!.id
}

/** A number for a document that brings none: its day and its id, as `S20260301-17`. */
export function numberFor(letter: 'S' | 'R', day: string, id: number): string {
  return `${letter}${day.replaceAll('-', '')}-${id}`
}

/**
 * When it happened: now unless told. A day of leeway for clocks that disagree.
 * @throws Refusal `orders.future`
 */
export function placedAtOf(ctx: Context, told: string | undefined): Date {
  const now = ctx.clock.now()
  const placedAt = told ? new Date(told) : now
  if (placedAt.getTime() > now.getTime() + 86_400_000) throw new Refusal('invalid', 'orders.future')
  return placedAt
}

/** Writes a document with its lines. @throws Refusal `orders.number_taken` */
export async function writeDocument(ctx: Context, merchant: Merchant, id: number, document: Document): Promise<void> {
  const { foreign } = document
  const { rows } = await sql`
    insert into orders (id, profile_id, source_id, shop_id, number, kind, status, cancels_id, reason, placed_at, day, amount,
                        line_count, foreign_currency, foreign_amount, rate)
    overriding system value
    values (${id}, ${document.profileId}, ${await staffSource(ctx)}, ${document.shopId}, ${document.number},
            ${document.kind}, ${document.status}, ${document.cancelsId}, ${document.reason ?? null}, ${document.placedAt},
            ${dayIn(merchant.zone, document.placedAt)}, ${document.amount}, ${document.lines.length},
            ${foreign?.currency ?? null}, ${foreign?.amount ?? null}, ${foreign?.rate ?? null})
    on conflict (source_id, number) do nothing
    returning id`.execute(ctx.db)
  if (rows.length === 0) throw new Refusal('conflict', 'orders.number_taken', { number: document.number })
  await writeLines(ctx, id, document.lines)
}

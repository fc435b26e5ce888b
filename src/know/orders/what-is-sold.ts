import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { mayUseShop } from './scope.ts'

export type SoldProduct = { id: number; name: string | null; kind: string }

/** The products that lines name, by id. An archived one may still be sold: shelves empty slowly. */
export async function namedProducts(
  ctx: Context,
  lines: readonly { productId?: number }[],
): Promise<Map<number, SoldProduct>> {
  const ids = [...new Set(lines.flatMap((line) => line.productId ?? []))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<SoldProduct>`
    select id, name, kind from products where id = any(${ids}::bigint[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** That the shop is there, open and the actor's. @throws Refusal `orders.unknown_shop` */
export async function checkShop(ctx: Context, shopId: number): Promise<void> {
  const { rows } = await sql`select 1 from shops where id = ${shopId} and archived_at is null`.execute(ctx.db)
  if (rows.length === 0 || !mayUseShop(ctx, shopId)) throw new Refusal('invalid', 'orders.unknown_shop', { shopId })
}

import { sql } from 'kysely'
import { isGoods } from '#know/catalog/index.ts'
import type { Context } from '#platform/context.ts'
import type { ShownProduct } from './contract.ts'

/** A product as lists need it: shown, and what tells whether it may be offered. */
export type KnownProduct = ShownProduct & { brandId: number | null; brand: string | null; offered: boolean }

/** Some products by id. */
export async function productsShown(ctx: Context, ids: readonly number[]): Promise<Map<number, KnownProduct>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Omit<KnownProduct, 'offered'> & { kind: string; archived: boolean }>`
    select p.id, p.code, p.name, nullif(p.category, '') as category, p.price, p.image, p.brand_id, b.name as brand, p.kind,
           p.archived_at is not null as archived
      from products p left join brands b on b.id = p.brand_id where p.id = any(${[...ids]}::bigint[])`.execute(ctx.db)
  return new Map(
    rows.map(({ kind, archived, ...product }) => [product.id, { ...product, offered: isGoods(kind) && !archived }]),
  )
}

/** What the contract tells of it. */
export function told({ id, code, name, category, price, image }: KnownProduct): ShownProduct {
  return { id, code, name, category, price, image }
}

import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { may } from '#platform/http/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Product } from './contract.ts'

/** Whether this actor may see what a product costs the shop. */
export function seesCost(ctx: Context): boolean {
  return may(ctx.actor.permissions, 'catalog.edit')
}

/** A product as Postgres gives it. */
export type ProductRecord = Omit<Product, 'createdAt' | 'stock'> & { createdAt: Date; stock: string | null }

/** The columns of a product as the contract shows it, from `products p left join brands b`. */
export const productColumns: RawBuilder<ProductRecord> = sql`
  p.id, p.code, p.name, p.kind, p.category, p.brand_id, b.name as brand, p.price, p.cost, p.stock, p.image, p.attributes,
  p.archived_at is not null as archived, p.created_at, p.version`

/** A row as this actor may see it. */
export function shown(ctx: Context, { cost, ...row }: ProductRecord): Product {
  return {
    ...row,
    ...(seesCost(ctx) ? { cost } : {}),
    stock: row.stock === null ? null : Number(row.stock),
    createdAt: row.createdAt.toISOString(),
  }
}

/** A product as this actor may see it. @throws Refusal `catalog.unknown` */
export async function productOf(ctx: Context, id: number): Promise<Product> {
  const { rows } = await sql<ProductRecord>`
    select ${productColumns} from products p left join brands b on b.id = p.brand_id where p.id = ${id}`.execute(ctx.db)
  const row = rows[0]
  if (!row) throw new Refusal('not_found', 'catalog.unknown', { id })
  return shown(ctx, row)
}

/** Whether a database error is a broken foreign key: of a brand that is not there, or of a product that is used. */
export function isBrokenReference(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

/** Whether a database error is a second row of the same code. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

/**
 * A product for an edit: locked until the transaction ends, and still of the version that the edit was made from.
 * @throws Refusal `catalog.unknown`, `http.stale`
 */
export async function lockedProduct(ctx: Context, id: number, version: number): Promise<Product> {
  await sql`select 1 from products where id = ${id} for update`.execute(ctx.db)
  const product = await productOf(ctx, id)
  if (product.version !== version) throw new Refusal('stale', 'http.stale')
  return product
}

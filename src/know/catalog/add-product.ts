import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { NewProduct, Product } from './contract.ts'
import { catalogAdded } from './facts.ts'
import { isBrokenReference, productOf } from './product.ts'

/** Adds a product. @throws Refusal `catalog.code_taken`, `catalog.unknown_brand` */
export async function addProduct(ctx: Context, product: NewProduct): Promise<Product> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      insert into products (code, name, kind, category, brand_id, price, cost, stock, image, attributes)
      values (${product.code}, ${product.name ?? null}, ${product.kind ?? 'goods'}, ${product.category ?? null},
              ${product.brandId ?? null}, ${product.price ?? null}, ${product.cost ?? null}, ${product.stock ?? null},
              ${product.image ?? null}, ${JSON.stringify(product.attributes ?? {})}::jsonb)
      on conflict (code) do nothing
      returning id`
      .execute(ctx.db)
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new Refusal('invalid', 'catalog.unknown_brand') : error
      })
    const added = rows[0]
    if (!added) throw new Refusal('conflict', 'catalog.code_taken', { code: product.code })
    await announce(ctx, catalogAdded, { subjectId: added.id, data: {} })
    return productOf(ctx, added.id)
  })
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Product, ProductEdit } from './contract.ts'
import { catalogChanged } from './facts.ts'
import { isBrokenReference, isDuplicate, lockedProduct, productOf } from './product.ts'

const fields = ['code', 'name', 'kind', 'category', 'brandId', 'price', 'cost', 'stock', 'image', 'attributes'] as const

/** The fields that an edit really changes: the same value again is no change and leaves no history. */
export function changedFields(before: Product, edit: ProductEdit): (typeof fields)[number][] {
  return fields.filter((field) => edit[field] !== undefined && !same(edit[field], before[field]))
}

function same(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null) return one === (other ?? null)
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other ?? {}).sort())
}

/**
 * Changes the given fields of a product. Lines sold before keep the kind and name of their time.
 * @param version the version that the edit was made from
 * @throws Refusal `catalog.unknown`, `http.stale`, `catalog.code_taken`, `catalog.unknown_brand`
 */
export async function editProduct(ctx: Context, version: number, edit: ProductEdit): Promise<Product> {
  return inTransaction(ctx, async (ctx) => {
    const before = await lockedProduct(ctx, edit.id, version)
    const changed = changedFields(before, edit)
    if (changed.length === 0) return before
    const after = { ...before, ...edit }
    await sql`
      update products
         set code = ${after.code}, name = ${after.name}, kind = ${after.kind}, category = ${after.category},
             brand_id = ${after.brandId}, price = ${after.price}, cost = ${after.cost ?? null}, stock = ${after.stock},
             image = ${after.image}, attributes = ${JSON.stringify(after.attributes)}::jsonb,
             version = version + 1, xid = pg_current_xact_id()
       where id = ${edit.id}`
      .execute(ctx.db)
      .catch((error: unknown) => {
        if (isDuplicate(error)) throw new Refusal('conflict', 'catalog.code_taken', { code: after.code })
        throw isBrokenReference(error) ? new Refusal('invalid', 'catalog.unknown_brand') : error
      })
    await announce(ctx, catalogChanged, { subjectId: edit.id, data: { fields: changed } })
    return productOf(ctx, edit.id)
  })
}

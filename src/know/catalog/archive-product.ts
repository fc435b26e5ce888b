import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Product } from './contract.ts'
import { catalogChanged } from './facts.ts'
import { lockedProduct, productOf } from './product.ts'

/**
 * Takes a product out of the catalog, or brings it back; what was sold stays as it is.
 * @throws Refusal `catalog.unknown`, `http.stale`
 */
export async function archiveProduct(
  ctx: Context,
  version: number,
  { id, archived }: { id: number; archived: boolean },
): Promise<Product> {
  return inTransaction(ctx, async (ctx) => {
    const before = await lockedProduct(ctx, id, version)
    if (before.archived === archived) return before
    await sql`
      update products
         set archived_at = ${archived ? ctx.clock.now() : null}, version = version + 1, xid = pg_current_xact_id()
       where id = ${id}`.execute(ctx.db)
    await announce(ctx, catalogChanged, { subjectId: id, data: { fields: ['archived'] } })
    return productOf(ctx, id)
  })
}

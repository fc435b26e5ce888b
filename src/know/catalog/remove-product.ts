import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { catalogRemoved } from './facts.ts'
import { isBrokenReference, productOf } from './product.ts'

/**
 * Deletes a product that nothing uses. The foreign keys of those who use products decide, so a sale at the same moment
 * wins, and the catalog needs no knowledge of them.
 * @throws Refusal `catalog.unknown`, `catalog.used`
 */
export async function removeProduct(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { code } = await productOf(ctx, id)
    await sql`delete from products where id = ${id}`.execute(ctx.db).catch((error: unknown) => {
      throw isBrokenReference(error) ? new Refusal('conflict', 'catalog.used', { code }) : error
    })
    await sql`
      insert into tombstones (entity, row_id) values ('products', ${id})
      on conflict (entity, row_id) do update set xid = excluded.xid`.execute(ctx.db)
    await announce(ctx, catalogRemoved, { subjectId: id, data: { code } })
  })
}

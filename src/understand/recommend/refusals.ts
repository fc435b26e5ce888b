import { sql } from 'kysely'
import { productOf } from '#know/catalog/index.ts'
import { actorNames, lockCustomer, seenProfiles, shownField, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { RefusalWhy, ShownRefusal } from './contract.ts'
import { productRefused, refusalTakenBack } from './facts.ts'
import { productsShown, told } from './products-shown.ts'

type Row = { productId: number; why: RefusalWhy; words: string | null; saidAt: Date; actor: string }

/** What is not for a person, the latest first, once each. */
export async function refusalsOf(ctx: Context, profileIds: readonly number[]): Promise<ShownRefusal[]> {
  const { rows } = await sql<Row>`
    select distinct on (product_id) product_id, why, words, said_at, actor from product_refusals
     where profile_id = any(${[...profileIds]}::bigint[]) order by product_id, said_at desc`.execute(ctx.db)
  const [products, names] = await Promise.all([
    productsShown(
      ctx,
      rows.map(({ productId }) => productId),
    ),
    actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    ),
  ])
  return rows
    .sort((a, b) => b.saidAt.getTime() - a.saidAt.getTime())
    .map(({ productId, why, words, saidAt, actor }) => ({
      product: told(products.get(productId)!),
      why,
      words: shownField(ctx.actor, 'notes', words),
      saidAt: saidAt.toISOString(),
      actorName: names.get(actor) ?? null,
    }))
}

/**
 * Says that a product is not for a customer: it is not offered again, and what goes with it counts for less.
 * @throws Refusal `customers.unknown`, `catalog.unknown`
 */
export async function refuseProduct(
  ctx: Context,
  { id, productId, why, words }: { id: number; productId: number; why: RefusalWhy; words: string | null },
): Promise<void> {
  await productOf(ctx, productId)
  await inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const profileId = await staffProfile(ctx, id)
    // One a customer: what another profile said of it is said anew here.
    await forget(ctx, id, productId)
    await sql`
      insert into product_refusals (profile_id, product_id, why, words, said_at, actor)
      values (${profileId}, ${productId}, ${why}, ${words}, ${ctx.clock.now()}, ${ctx.actor.label})`.execute(ctx.db)
    await announce(ctx, productRefused, { profileId, subjectId: productId, data: { why } })
  })
}

/** It may be for the customer after all. Nothing said before: nothing to take back. @throws Refusal `customers.unknown` */
export async function takeBackRefusal(
  ctx: Context,
  { id, productId }: { id: number; productId: number },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const profileId = await forget(ctx, id, productId)
    if (profileId) await announce(ctx, refusalTakenBack, { profileId, subjectId: productId, data: {} })
  })
}

/** @returns the profile that had said it */
async function forget(ctx: Context, id: number, productId: number): Promise<number | undefined> {
  const profileIds = await seenProfiles(ctx, id)
  const { rows } = await sql<{ profileId: number }>`
    delete from product_refusals where product_id = ${productId} and profile_id = any(${profileIds}::bigint[])
    returning profile_id`.execute(ctx.db)
  return rows[0]?.profileId
}

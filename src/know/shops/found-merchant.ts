import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { addPlace } from './add-place.ts'
import { editMerchant } from './edit-merchant.ts'
import { merchantFounded } from './facts.ts'
import { type Merchant, merchantIfAny, merchantOf } from './merchant.ts'

/**
 * Makes the merchant and the first shop where they do not exist yet. A merchant that an import on the command line made
 * before is kept and renamed; its zone and currency stay once there are orders.
 * @throws Refusal `shops.zone_fixed`, `shops.currency_fixed`
 */
export function foundMerchant(
  ctx: Context,
  wanted: Omit<Merchant, 'version'>,
  firstShop: { name: string; code?: string },
): Promise<Merchant> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'shops.found')
    const before = await merchantIfAny(ctx)
    if (before) {
      await editMerchant(ctx, wanted, before.version)
    } else {
      await sql`
        insert into merchant (name, zone, currency, locale)
        values (${wanted.name}, ${wanted.zone}, ${wanted.currency}, ${wanted.locale})`.execute(ctx.db)
      await announce(ctx, merchantFounded, { data: {} })
    }
    const { rows } = await sql<{ any: boolean }>`select exists (select 1 from shops) as any`.execute(ctx.db)
    if (!rows[0]?.any) await addPlace(ctx, 'shops', firstShop)
    return merchantOf(ctx)
  })
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { merchantChanged } from './facts.ts'
import { type Merchant, merchantOf } from './merchant.ts'
import { usesOf } from './uses.ts'

/**
 * Changes the merchant. Zone and currency are refused once orders exist: their days and amounts were computed by them.
 * @param version the one that the edit was made from
 * @throws Refusal `http.stale`, `shops.zone_fixed`, `shops.currency_fixed`
 */
export function editMerchant(
  ctx: Context,
  change: Partial<Omit<Merchant, 'version'>>,
  version: number,
): Promise<Merchant> {
  return inTransaction(ctx, async (ctx) => {
    await sql`select 1 from merchant for update`.execute(ctx.db)
    const before = await merchantOf(ctx)
    if (before.version !== version) throw new Refusal('stale', 'http.stale')
    const after = { ...before, ...change }
    const fields = (['name', 'zone', 'currency', 'locale'] as const).filter((field) => after[field] !== before[field])
    if (fields.length === 0) return before
    if (fields.includes('zone') || fields.includes('currency')) await refuseOnceSold(ctx, fields)

    await sql`
      update merchant set name = ${after.name}, zone = ${after.zone}, currency = ${after.currency},
                          locale = ${after.locale}, version = version + 1`.execute(ctx.db)
    await announce(ctx, merchantChanged, { data: { fields } })
    return { ...after, version: version + 1 }
  })
}

/** Whether orders exist, which hold zone and currency in place. */
export async function isFixed(ctx: Context): Promise<boolean> {
  return ((await usesOf(ctx, 'shops')).orders ?? 0) > 0
}

async function refuseOnceSold(ctx: Context, fields: string[]): Promise<void> {
  // An order being written holds its shop's row (its foreign key): this waits for it, and then sees it.
  await sql`select 1 from shops order by id for update`.execute(ctx.db)
  if (!(await isFixed(ctx))) return
  throw new Refusal('conflict', fields.includes('zone') ? 'shops.zone_fixed' : 'shops.currency_fixed')
}

import { sql } from 'kysely'
import { addProduct } from '#know/catalog/index.ts'
import { saveRules } from '#know/identity/index.ts'
import { addPlace, foundMerchant, merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { beginOf, dayOf } from './life/calendar.ts'
import { curiosityOf, type DemoShop, demoShopOf, weeksOfHistory, zealOf } from './record.ts'
import type { Good } from './shop/goods.ts'
import { brands, channels, merchant, outlets } from './shop/houses.ts'
import { isKnownBy } from './shop/shelf.ts'
import { giveKeys } from './write/keys.ts'

export type Wanted = {
  seed: number
  customers: number
  /** About how many documents; as many as people buy by themselves unless told. */
  orders?: number
  /** About how much they look around: views, carts, favourites. As much as people do by themselves unless told; 0: nothing. */
  events?: number
  /** Of history; two years unless told. */
  weeks?: number
}

/**
 * Makes the shop itself where the house is empty: merchant, channels, brands, outlets, and the mark that it is a demo. Its history
 * ends yesterday and is not told yet.
 * @throws Refusal `demo.real_house` where the house is somebody's
 */
export async function foundDemo(
  ctx: Context,
  { seed, customers, orders, events, weeks = weeksOfHistory }: Wanted,
): Promise<DemoShop> {
  return inTransaction(ctx, async (ctx) => {
    await refuseRealHouse(ctx)
    const opened = addDays(dayOf(ctx.clock.now().getTime()), -weeks * 7)
    const zeal = orders ? zealOf({ seed, opened, weeks }, orders / customers) : 1
    const curiosity = events === undefined ? 1 : curiosityOf({ seed, opened, weeks }, zeal, events / customers)
    await sql`
      insert into demo_shop (seed, customers, zeal, curiosity, opened, weeks, told_until)
      values (${seed}, ${customers}, ${zeal}, ${curiosity}, ${opened}, ${weeks}, ${new Date(beginOf(opened) - 1000)})`.execute(
      ctx.db,
    )
    const places = new Map<string, number>()
    for (const { code, name, kind } of channels) {
      places.set(code, (await addPlace(ctx, 'channels', { code, name, kind })).id)
    }
    for (const { code, name } of brands) await addPlace(ctx, 'brands', { code, name })
    for (const { shop } of outlets) {
      const { channel, ...fields } = shop
      await addPlace(ctx, 'shops', { ...fields, channelId: places.get(channel)! })
    }
    await foundMerchant(ctx, merchant, { name: merchant.name })
    // In a shop of families a phone proposes and does not decide: they wait in the queue of duplicates, to be looked at.
    await saveRules(ctx, { phone: 'weak', email: 'weak', own: [] }, 0)
    await giveKeys(ctx)
    return (await demoShopOf(ctx))!
  })
}

/** A demo never touches a house in which somebody works, or that knows anything. @throws Refusal `demo.real_house` */
async function refuseRealHouse(ctx: Context): Promise<void> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select 1 from staff) or exists (select 1 from customers) or exists (select 1 from orders)
        or exists (select 1 from products) or exists (select 1 from imports) as any`.execute(ctx.db)
  if (rows[0]!.any || (await merchantIfAny(ctx))) throw new Refusal('conflict', 'demo.real_house')
}

/** Enters the goods that have come by a day and are not in the catalog yet. @returns how many */
export async function stockUp(ctx: Context, goods: readonly Good[], day: Day): Promise<number> {
  const { rows } = await sql<{ code: string }>`select code from products`.execute(ctx.db)
  const known = new Set(rows.map(({ code }) => code))
  const come = goods.filter((good) => !known.has(good.code) && isKnownBy(good, day))
  if (come.length === 0) return 0
  await inTransaction(ctx, async (ctx) => {
    const { rows: ids } = await sql<{ id: number; code: string }>`select id, code from brands`.execute(ctx.db)
    for (const { code, name, kind, category, brand, price, cost, stock, attributes } of come) {
      const brandId = ids.find((one) => one.code === brand)?.id ?? null
      await addProduct(ctx, { code, name, kind, category, brandId, price, cost, stock, attributes })
    }
  })
  return come.length
}

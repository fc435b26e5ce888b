import { sql } from 'kysely'
import { ownFieldsOf } from '#know/fields/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { tagsOf } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { minorDigits } from '#platform/money.ts'
import { type Named, type Names, namesOf, segmentTrees } from '#understand/query/index.ts'

/** Products that are offered by name before one writes it: the newest. */
const offeredProducts = 200

/**
 * What the shop calls its things, for questions in words. Of shops those that the actor sees. Of products those that a question names,
 * by number or by what is written in it, and some that could be.
 */
export async function namesFor(
  ctx: Context,
  asked: { productIds?: readonly number[]; written?: readonly string[] } = {},
): Promise<Names> {
  const [{ currency }, fields, tags, segments, snapshots, states, places, products] = await Promise.all([
    merchantOf(ctx),
    ownFieldsOf(ctx),
    tagsOf(ctx),
    segmentTrees(ctx),
    sql<Named>`select id, name from segment_snapshots order by id desc`.execute(ctx.db),
    sql<Named>`select id, name from states order by ended_at is not null, place, id`.execute(ctx.db),
    placesOf(ctx),
    productsNamed(ctx, asked),
  ])
  return namesOf({
    digits: minorDigits(currency),
    locale: ctx.actor.locale,
    fields,
    lists: { ...places, tag: tags, segment: segments, snapshot: snapshots.rows, state: states.rows, product: products },
  })
}

async function placesOf(ctx: Context): Promise<Record<'shop' | 'brand' | 'staff' | 'way', Named[]>> {
  const { scope } = ctx.actor
  const mine = scope.kind === 'shops' ? sql`where id = any(${scope.shopIds}::integer[])` : sql``
  const { locale } = await merchantOf(ctx)
  const [shops, brands, staff, ways] = await Promise.all([
    sql<Named>`select id, name from shops ${mine} order by archived_at is not null, name, id limit 1000`.execute(
      ctx.db,
    ),
    sql<Named>`select id, name from brands order by archived_at is not null, name, id limit 1000`.execute(ctx.db),
    sql<Named>`select id, name from staff order by deactivated_at is not null, name, id limit 1000`.execute(ctx.db),
    sql<{ id: number; name: string | null; key: string | null }>`
      select id, name, key from arrival_ways order by place, id limit 1000`.execute(ctx.db),
  ])
  return {
    shop: shops.rows,
    brand: brands.rows,
    staff: staff.rows,
    // A way that nobody named is called in the shop's language.
    way: ways.rows.map(({ id, name, key }) => ({ id, name: name ?? say(locale as Locale, `arrivals.way.${key}`) })),
  }
}

/** By its name, or where it has none or another has the same, by its code. */
async function productsNamed(
  ctx: Context,
  { productIds = [], written = [] }: { productIds?: readonly number[]; written?: readonly string[] },
): Promise<Named[]> {
  const { rows } = await sql<{ id: number; name: string | null; code: string }>`
    select id, name, code from products
     where id = any(${[...productIds]}::bigint[]) or code = any(${[...written]}::text[]) or coalesce(name, '') = any(${[...written]}::text[])
        or id in (select id from products order by id desc limit ${offeredProducts})
     order by id`.execute(ctx.db)
  const count = new Map<string, number>()
  for (const { name } of rows) if (name) count.set(name, (count.get(name) ?? 0) + 1)
  return rows.map(({ id, name, code }) => ({ id, name: name && count.get(name) === 1 ? name : code }))
}

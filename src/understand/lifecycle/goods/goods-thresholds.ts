import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { goodsThresholdsChanged } from '../facts.ts'
import { type Thresholds, thresholds } from '../limits.ts'
import { keyOf } from './goods.ts'
import type { Goods } from './goods-contract.ts'

type Key = { category: string | null; brandId: number | null; tagId: number | null }
export type GoodsThresholds = { of: Goods; thresholds: Thresholds; version: number }

/** All goods that have thresholds of their own, by `keyOf`. At most some dozens. */
export async function goodsThresholds(ctx: Context): Promise<Map<string, GoodsThresholds>> {
  const { rows } = await sql<Thresholds & Key & { version: number }>`
    select category, brand_id, tag_id, active, silent, sleeping, version from stage_thresholds order by id`.execute(
    ctx.db,
  )
  return new Map(
    rows.map(({ category, brandId, tagId, version, active, silent, sleeping }) => {
      const of = category !== null ? { category } : brandId !== null ? { brandId } : { tagId: tagId! }
      return [keyOf(of), { of, thresholds: { active, silent, sleeping }, version }]
    }),
  )
}

/** What goods or a tag are called. @throws Refusal `lifecycle.unknown_goods` where the shop has none such */
export async function nameOfGoods(ctx: Context, of: Goods): Promise<string> {
  const { rows } =
    'category' in of
      ? await sql<{ name: string }>`
          select category as name from products where category = ${of.category} limit 1`.execute(ctx.db)
      : 'brandId' in of
        ? await sql<{ name: string }>`select name from brands where id = ${of.brandId}`.execute(ctx.db)
        : await sql<{ name: string }>`select name from tags where id = ${of.tagId}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'lifecycle.unknown_goods')
  return rows[0].name
}

/**
 * Gives goods thresholds of their own, changes them, or takes them away (null), made from the version that the editor saw.
 * @throws Refusal `lifecycle.not_rising`, `lifecycle.unknown_goods`, `http.stale`
 */
export async function saveGoodsThresholds(
  ctx: Context,
  { of, thresholds: wanted }: { of: Goods; thresholds: Thresholds | null },
  version: number,
): Promise<{ thresholds: Thresholds | null; version: number }> {
  if (wanted && !thresholds.safeParse(wanted).success) throw new Refusal('invalid', 'lifecycle.not_rising')
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'lifecycle.goods')
    const before = (await goodsThresholds(ctx)).get(keyOf(of))
    if ((before?.version ?? 0) !== version) throw new Refusal('stale', 'http.stale')
    // What is taken away may be of goods that are sold no more.
    if (wanted) await nameOfGoods(ctx, of)
    const { category, brandId, tagId } = { category: null, brandId: null, tagId: null, ...of }
    const here = sql`category is not distinct from ${category}::text and brand_id is not distinct from ${brandId}::integer
                     and tag_id is not distinct from ${tagId}::integer`
    if (!wanted) await sql`delete from stage_thresholds where ${here}`.execute(ctx.db)
    else if (before) {
      await sql`
        update stage_thresholds set active = ${wanted.active}, silent = ${wanted.silent}, sleeping = ${wanted.sleeping},
               version = version + 1, actor = ${ctx.actor.label}, at = ${ctx.clock.now()} where ${here}`.execute(ctx.db)
    } else {
      await sql`
        insert into stage_thresholds (category, brand_id, tag_id, active, silent, sleeping, actor, at)
        values (${category}, ${brandId}, ${tagId}, ${wanted.active}, ${wanted.silent}, ${wanted.sleeping}, ${ctx.actor.label}, ${ctx.clock.now()})`.execute(
        ctx.db,
      )
    }
    await announce(ctx, goodsThresholdsChanged, { data: { of, before: before?.thresholds ?? null, after: wanted } })
    return { thresholds: wanted, version: wanted ? version + 1 : 0 }
  })
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { type Stage, stages } from '#understand/query/contract.ts'
import { answered, bindings, type Lens, type Looks, lensOf, rowsOf, stageSql } from '#understand/query/index.ts'
import type { Thresholds } from '../limits.ts'
import { thresholdsOf } from '../thresholds.ts'
import { buyersOf } from './buyers-of.ts'
import { keyOf, silenceOf, silentFor } from './goods.ts'
import type { Goods, GoodsStages } from './goods-contract.ts'
import { boughtGoods } from './goods-sql.ts'
import { type GoodsThresholds, goodsThresholds } from './goods-thresholds.ts'

/** More are no overview. */
const mostCategories = 60

/** How many customers stand in which stage of each category, and of each brand and each tag with thresholds of its own, on a day. */
export async function stagesByGoods(ctx: Context, looks: Looks): Promise<{ asOf: Day; items: GoodsStages[] }> {
  const lens = await lensOf(ctx, looks)
  const [own, { value: shops }, { rows: brands }, { rows: tags }] = await Promise.all([
    goodsThresholds(ctx),
    thresholdsOf(ctx),
    sql<{ id: number; name: string }>`select id, name from brands`.execute(ctx.db),
    sql<{ id: number; name: string }>`
      select id, name from tags where id in (select tag_id from stage_thresholds) order by lower(name), id`.execute(
      ctx.db,
    ),
  ])
  const named = new Map(brands.map(({ id, name }) => [String(id), name]))
  const key = `lifecycle.goods ${JSON.stringify([lens, shops, [...own.values()]])}`
  const counted = await answered(ctx, key, async () => ({
    category: await countedBy(ctx, lens, 'category', { own, shops }),
    brand: [...own.values()].some(({ of }) => 'brandId' in of)
      ? await countedBy(ctx, lens, 'brand', { own, shops })
      : [],
    tag: await Promise.all(
      tags.map(({ id }) => countedOfTag(ctx, lens, id, own.get(keyOf({ tagId: id }))?.thresholds ?? shops)),
    ),
  }))
  const categories = counted.category.slice(0, mostCategories).map(({ goods, ...of }) => ({
    ...told({ category: goods }, goods, of, { own, shops }),
  }))
  const ofBrands = counted.brand
    .filter(({ goods }) => own.has(keyOf({ brandId: Number(goods) })))
    .map(({ goods, ...of }) => told({ brandId: Number(goods) }, named.get(goods) ?? `#${goods}`, of, { own, shops }))
  const ofTags = tags.map(({ id, name }, at) => told({ tagId: id }, name, counted.tag[at]!, { own, shops }))
  return { asOf: lens.asOf, items: [...categories, ...ofBrands, ...ofTags] }
}

type Measures = { own: ReadonlyMap<string, GoodsThresholds>; shops: Thresholds }
type Counted = Record<Exclude<Stage, 'never'>, number>

/** One reading of the lines; each goods judged by its own thresholds, looked up by name. The most buyers first. */
async function countedBy(
  ctx: Context,
  lens: Lens,
  by: 'category' | 'brand',
  { own, shops }: Measures,
): Promise<(Counted & { goods: string })[]> {
  const bound = bindings()
  const mine = [...own.values()].flatMap(({ of, thresholds }) => {
    if (by === 'category') return 'category' in of ? [{ name: of.category, thresholds }] : []
    return 'brandId' in of ? [{ name: String(of.brandId), thresholds }] : []
  })
  const limit = (which: keyof Thresholds) =>
    mine.length === 0
      ? bound.bind(shops[which], 'UInt32')
      : `transform(goods, ${bound.bind(
          mine.map(({ name }) => name),
          'Array(String)',
        )}, ${bound.bind(
          mine.map(({ thresholds }) => thresholds[which]),
          'Array(UInt32)',
        )}, ${bound.bind(shops[which], 'UInt32')})`
  const since = `toInt32(${bound.bind(lens.asOf, 'Date')}) - toInt32(bought[-1])`
  return rowsOf(ctx, {
    sql: `
SELECT goods, countIf(days < until_silent) AS active, countIf(days >= until_silent AND days < until_sleeping) AS silent,
       countIf(days >= until_sleeping AND days < until_lost) AS sleeping, countIf(days >= until_lost) AS lost
FROM (SELECT goods, ${since} AS days, ${limit('active')} AS until_silent, ${limit('silent')} AS until_sleeping, ${limit('sleeping')} AS until_lost
        FROM ${boughtGoods(lens, by, bound)})
GROUP BY goods ORDER BY count() DESC, goods`,
    params: bound.params,
  })
}

/** The people of a tag by all that they bought. */
async function countedOfTag(ctx: Context, lens: Lens, tagId: number, thresholds: Thresholds): Promise<Counted> {
  const bound = bindings()
  const buyers = await buyersOf(ctx, lens, { tagId }, bound)
  const stage = stageSql({ asOf: lens.asOf, thresholds }, bound, 'bought[-1]')
  const rows = await rowsOf<{ stage: keyof Counted; customers: number }>(ctx, {
    sql: `SELECT ${stage} AS stage, count() AS customers FROM ${buyers} GROUP BY stage`,
    params: bound.params,
  })
  const of = (stage: keyof Counted) => rows.find((row) => row.stage === stage)?.customers ?? 0
  return { active: of('active'), silent: of('silent'), sleeping: of('sleeping'), lost: of('lost') }
}

function told(of: Goods, name: string, counted: Counted, { own, shops }: Measures): GoodsStages {
  const its = own.get(keyOf(of))
  const thresholds = its?.thresholds ?? shops
  const shown = stages.flatMap((stage) => {
    const silence = silenceOf(stage, thresholds)
    if (stage === 'never' || !silence) return []
    return [{ stage, customers: counted[stage], people: silentFor(silence, of) }]
  })
  return {
    of,
    name,
    own: its !== undefined,
    thresholds,
    version: its?.version ?? 0,
    buyers: shown.reduce((sum, { customers }) => sum + customers, 0),
    stages: shown,
  }
}

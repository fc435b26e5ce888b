import { sql } from 'kysely'
import { customersByIds } from '#know/customers/index.ts'
import { customerOf } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { bindings, lensOf, rowsOf } from '#understand/query/index.ts'
import { thresholdsOf } from '../thresholds.ts'
import { buyersOf } from './buyers-of.ts'
import { keyOf, standingSince } from './goods.ts'
import type { Goods, GoodsStage } from './goods-contract.ts'
import { boughtGoods } from './goods-sql.ts'
import { goodsThresholds } from './goods-thresholds.ts'

/** More categories tell no more of a person. */
const most = 12

/**
 * A customer's stage in each category that she bought of, the last bought first, in brands that have thresholds of their own, and by the limits of her tags.
 * @throws Refusal `customers.unknown` when there is none, or none that the actor sees
 */
export async function goodsOfCustomer(ctx: Context, id: number): Promise<{ asOf: Day; items: GoodsStage[] }> {
  const customerId = await customerOf(ctx, id)
  const [customer] = await customersByIds(ctx, [customerId])
  if (!customer) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  const lens = await lensOf(ctx)
  const [own, { value: shops }] = await Promise.all([goodsThresholds(ctx), thresholdsOf(ctx)])
  const boughtBy = async (by: 'category' | 'brand') => {
    const bound = bindings()
    return rowsOf<{ goods: string; last: Day; days: number }>(ctx, {
      sql: `SELECT goods, toString(bought[-1]) AS last, length(bought) AS days FROM ${boughtGoods(lens, by, bound, { customerId })} ORDER BY last DESC, goods`,
      params: bound.params,
    })
  }
  const owned = [...own.values()].flatMap(({ of }) => ('brandId' in of ? [of.brandId] : []))
  const { rows: brands } = await sql<{ id: number; name: string }>`
    select id, name from brands where id = any(${owned}::integer[])`.execute(ctx.db)
  const [categories, brandsBought] = await Promise.all([
    boughtBy('category'),
    brands.length > 0 ? boughtBy('brand') : [],
  ])
  const told = (of: Goods, name: string, { last, days }: { last: Day; days: number }): GoodsStage => {
    const its = own.get(keyOf(of))
    const thresholds = its?.thresholds ?? shops
    return {
      of,
      name,
      own: its !== undefined,
      lastPurchaseDay: last,
      days,
      thresholds,
      ...standingSince(last, lens.asOf, thresholds),
    }
  }
  const byTags = async () => {
    const { rows: tags } = await sql<{ id: number; name: string }>`
      select id, name from tags where id in (select tag_id from stage_thresholds) order by lower(name), id`.execute(
      ctx.db,
    )
    const found = await Promise.all(
      tags.map(async ({ id, name }) => {
        const bound = bindings()
        const buyers = await buyersOf(ctx, lens, { tagId: id }, bound, { customerId })
        const [row] = await rowsOf<{ last: Day; days: number }>(ctx, {
          sql: `SELECT toString(bought[-1]) AS last, length(bought) AS days FROM ${buyers}`,
          params: bound.params,
        })
        return row ? [told({ tagId: id }, name, row)] : []
      }),
    )
    return found.flat()
  }
  const items = [
    ...categories.slice(0, most).map((row) => told({ category: row.goods }, row.goods, row)),
    ...brands.flatMap(({ id, name }) => {
      const row = brandsBought.find(({ goods }) => goods === String(id))
      return row ? [told({ brandId: id }, name, row)] : []
    }),
  ]
  return { asOf: lens.asOf, items: [...items, ...(await byTags())] }
}

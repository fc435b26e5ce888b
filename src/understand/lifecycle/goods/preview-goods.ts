import type { Context } from '#platform/context.ts'
import { bindings, lensOf, rowsOf, stageSql } from '#understand/query/index.ts'
import type { Distribution, Move, Stage } from '../contract.ts'
import { emptyDistribution } from '../distribution.ts'
import type { Thresholds } from '../limits.ts'
import { buyersOf } from './buyers-of.ts'
import type { Goods } from './goods-contract.ts'

/** How many customers of some goods would stand elsewhere in them by other thresholds. */
export async function previewGoods(
  ctx: Context,
  of: Goods,
  now: Thresholds,
  then: Thresholds,
): Promise<{ before: Distribution; after: Distribution; moves: Move[] }> {
  const lens = await lensOf(ctx)
  const bound = bindings()
  const { asOf } = lens
  const stage = (thresholds: Thresholds) => stageSql({ asOf, thresholds }, bound, 'bought[-1]')
  const buyers = await buyersOf(ctx, lens, of, bound)
  const rows = await rowsOf<{ from: Stage; to: Stage; customers: number }>(ctx, {
    sql: `SELECT ${stage(now)} AS from, ${stage(then)} AS to, count() AS customers
FROM ${buyers} GROUP BY from, to ORDER BY customers DESC`,
    params: bound.params,
  })
  const [before, after] = [emptyDistribution(), emptyDistribution()]
  for (const { from, to, customers } of rows) {
    before[from] += customers
    after[to] += customers
  }
  return { before, after, moves: rows.filter(({ from, to }) => from !== to) }
}

import type { Context } from '#platform/context.ts'
import { answered, bindings, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import { buyersOf } from './buyers-of.ts'
import { curveOf, evenly, type GapRow, quantilesOf, suggestionOf } from './curve.ts'
import type { GapCurve, Goods } from './goods-contract.ts'

/** After how many days buyers come back, to the shop or for some goods; kept while the columns stand. */
export async function gapsOf(ctx: Context, of?: Goods): Promise<GapCurve> {
  const lens = await lensOf(ctx)
  return answered(ctx, `lifecycle.gaps ${JSON.stringify([lens, of])}`, async () => {
    const bound = bindings()
    const people = of
      ? await buyersOf(ctx, lens, of, bound)
      : `(SELECT customer_id, arrayDistinct(purchase_days) AS bought FROM ${sourceOf(lens, bound)} WHERE notEmpty(purchase_days))`
    // Each silence as (days, ended): between two days in a row, and from the last up to today. A buyer's together weigh one.
    const rows = await rowsOf<GapRow & { comers: number; buyers: number }>(ctx, {
      sql: `
SELECT gap.1 AS days, countIf(gap.2 = 1) AS ended, sumIf(weight, gap.2 = 1) AS endedWeight, countIf(gap.2 = 0) AS lasting,
       sumIf(weight, gap.2 = 0) AS lastingWeight, countIf(gap.2 = 0 AND times > 1) AS comers, countIf(gap.2 = 0) AS buyers
FROM (
  SELECT length(bought) AS times, 1 / times AS weight,
         arrayJoin(arrayPushBack(arrayMap((later, earlier) -> (toInt32(later) - toInt32(earlier), toUInt8(1)), arrayPopFront(bought), arrayPopBack(bought)),
           (toInt32(greatest(0, toInt32(${bound.bind(lens.asOf, 'Date')}) - toInt32(bought[-1]))), toUInt8(0)))) AS gap
  FROM ${people})
GROUP BY days ORDER BY days`,
      params: bound.params,
    })
    const sum = (what: 'ended' | 'comers' | 'buyers') => rows.reduce((total, row) => total + row[what], 0)
    const [gaps, comers, buyers] = [sum('ended'), sum('comers'), sum('buyers')]
    const curve = curveOf(rows)
    return {
      asOf: lens.asOf,
      ...{ buyers, comers, gaps },
      points: evenly(curve),
      quantiles: gaps < 10 ? null : quantilesOf(curve),
      suggested: suggestionOf(curve, { gaps, comers }),
    }
  })
}

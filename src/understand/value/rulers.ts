import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import { answered, bindings, type Lens, rowsOf, sourceOf } from '#understand/query/index.ts'
import type { Rulers } from './contract.ts'
import { cutPlaces, groupsFor, highOf } from './score.ts'

/** The cut points of the buyers seen through a lens. Two readings of the traits, kept while the columns stand. */
export function rulersOf(ctx: Context, lens: Lens): Promise<Rulers> {
  return answered(ctx, `value.rulers ${JSON.stringify(lens)}`, async () => {
    const counting = bindings()
    const [counted] = await rowsOf<{ buyers: number }>(ctx, {
      sql: `SELECT count() AS buyers FROM ${sourceOf(lens, counting)} WHERE isNotNull(last_purchase)`,
      params: counting.params,
    })
    const buyers = counted?.buyers ?? 0
    const groups = groupsFor(buyers)
    const none = { asOf: lens.asOf, buyers, groups, high: highOf(groups), recency: [], frequency: [], monetary: [] }
    if (groups === 0) return none
    const bound = bindings()
    // Parameters of an aggregate must be literals; these are computed from a count. quantilesExact takes the value at
    // floor(level × n), so half a place is added against rounding.
    const levels = cutPlaces(buyers, groups)
      .map((place) => ((place + 0.5) / buyers).toFixed(12))
      .join(', ')
    const [cuts] = await rowsOf<{ recency: Day[]; frequency: number[]; monetary: number[] }>(ctx, {
      sql: `SELECT quantilesExact(${levels})(assumeNotNull(last_purchase)) AS recency, quantilesExact(${levels})(purchases) AS frequency,
       quantilesExact(${levels})(revenue) AS monetary
FROM ${sourceOf(lens, bound)} WHERE isNotNull(last_purchase)`,
      params: bound.params,
    })
    return { ...none, ...cuts }
  })
}

import type { Context } from '#platform/context.ts'
import { addDays, type Day } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { answered, bindings, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import type { Move, Stage } from './contract.ts'
import { thresholdsOf } from './thresholds.ts'

/**
 * Where customers stood on one day and where they stand on a later one, those included who stayed. Who was not known on the first day stood at
 * `never`. @throws Refusal `lifecycle.days_reversed`
 */
export async function transitionsOf(
  ctx: Context,
  { from, to, shopId }: { from: Day; to: Day; shopId?: number },
): Promise<Move[]> {
  if (from > to) throw new Refusal('invalid', 'lifecycle.days_reversed', { from, to })
  const lens = await lensOf(ctx, { asOf: to, shopId })
  const { value: thresholds } = await thresholdsOf(ctx)
  const key = `lifecycle.transitions ${JSON.stringify([from, lens, thresholds])}`
  return answered(ctx, key, () => {
    const bound = bindings()
    const source = sourceOf(lens, bound)
    const stageAt = (day: Day, last: string) => {
      const since = (days: number) => bound.bind(addDays(day, 1 - days), 'Date')
      return `multiIf(${last} = toDate(0), 'never', ${last} >= ${since(thresholds.active)}, 'active', ${last} >= ${since(thresholds.silent)}, 'silent', ${last} >= ${since(thresholds.sleeping)}, 'sleeping', 'lost')`
    }
    const sql = `
SELECT ${stageAt(from, 'earlier')} AS from, ${stageAt(to, 'later')} AS to, count() AS customers
FROM (
  SELECT arrayLast(d -> d <= ${bound.bind(from, 'Date')}, purchase_days) AS earlier,
         ifNull(last_purchase, toDate(0)) AS later
    FROM ${source}
)
GROUP BY from, to ORDER BY customers DESC`
    return rowsOf<{ from: Stage; to: Stage; customers: number }>(ctx, { sql, params: bound.params })
  })
}

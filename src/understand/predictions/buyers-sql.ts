import type { Day } from '#platform/days.ts'
import type { Bindings } from '#understand/query/index.ts'

/**
 * What predictions are made from, one row a buyer: repeats, last, age (maths/histories.ts) as of a day, `p` the days with a purchase,
 * each once. Read from the traits, in which staff and tests are not.
 * @param options.within a further condition over the traits
 */
export function buyersSql(asOf: Day, { bind }: Bindings, { within = '', source = 'traits FINAL' } = {}): string {
  const day = bind(asOf, 'Date')
  return `(
  SELECT *, toUInt32(length(p) - 1) AS repeats, toUInt32(p[-1] - p[1]) AS last, toUInt32(${day} - p[1]) AS age
    FROM (SELECT *, arrayCompact(arrayFilter(d -> d <= ${day}, purchase_days)) AS p
            FROM ${source} WHERE notEmpty(purchase_days)${within && ` AND ${within}`})
   WHERE notEmpty(p))`
}

/** What a repeat purchase of hers brought in the mean, in whole minor units, net of what was given back; never below 0. */
export const meanSpendSql =
  'if(repeats = 0, 0, toUInt64(greatest(0, intDiv(arraySum((a, d) -> if(d > p[1] AND d <= p[1] + age, a, 0), amounts, days), repeats))))'

/** Days between her purchases, rising. */
export const gapsSql = 'arraySort(arrayPopFront(arrayDifference(arrayMap(d -> toInt32(d), p))))'

import type { Context } from '#platform/context.ts'
import {
  answered,
  arrivalsByPerson,
  bindings,
  firstDayOf,
  lastDayOf,
  lensOf,
  monthOf,
  rowsOf,
  sourceOf,
} from '#understand/query/index.ts'
import type { ArrivalNumbers } from './contract.ts'

type Row = { wayId: number; month: number; came: number; firstBuyers: number }

/**
 * New customers and first-time buyers by way and month, for some months up to one (YYYY-MM). One reading of the arrivals, joined to
 * who the actor sees; answers are kept while the columns stand.
 */
export async function arrivalNumbers(
  ctx: Context,
  { to, months }: { to?: string; months: number },
): Promise<{ months: string[]; items: ArrivalNumbers[] }> {
  const lens = await lensOf(ctx)
  const end = monthOf(to ? `${to}-01` : lens.asOf)
  const shown = Array.from({ length: months }, (_, place) => firstDayOf(end - months + 1 + place))
  const items = await answered(ctx, `metrics.arrivals ${JSON.stringify([lens, shown])}`, async () => {
    const bound = bindings()
    const source = sourceOf(lens, bound)
    const first = bound.bind(shown[0]!, 'Date')
    const last = bound.bind(lastDayOf(end), 'Date')
    const rows = await rowsOf<Row>(ctx, {
      sql: `WITH people AS (
  SELECT a.way_id AS way_id, a.on_day AS on_day, t.first_purchase AS bought
    FROM (SELECT customer_id, first_purchase FROM ${source}) AS t
   INNER JOIN (${arrivalsByPerson}) AS a ON a.customer_id = t.customer_id)
SELECT way_id AS wayId, toRelativeMonthNum(day) AS month, sum(isCame) AS came, sum(1 - isCame) AS firstBuyers
  FROM (SELECT way_id, on_day AS day, 1 AS isCame FROM people
        UNION ALL SELECT way_id, assumeNotNull(bought) AS day, 0 AS isCame FROM people WHERE isNotNull(bought))
 WHERE day BETWEEN ${first} AND ${last}
 GROUP BY wayId, month ORDER BY month, wayId`,
      params: bound.params,
    })
    return rows.map(({ wayId, month, came, firstBuyers }) => ({
      wayId: wayId === 0 ? null : wayId,
      month: firstDayOf(month).slice(0, 7),
      came: Number(came),
      firstBuyers: Number(firstBuyers),
    }))
  })
  return { months: shown.map((day) => day.slice(0, 7)), items }
}

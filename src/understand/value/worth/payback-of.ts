import { arrivalCosts } from '#know/arrivals/index.ts'
import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import {
  answered,
  arrivalsByPerson,
  bindings,
  firstDayOf,
  type Lens,
  lensOf,
  monthOf,
  rowsOf,
  sourceOf,
} from '#understand/query/index.ts'
import { marginOf } from './margin.ts'
import { paidIn } from './payback.ts'
import type { Payback } from './worth-contract.ts'

/** Months of 30 days since the first purchase that are looked at. */
const monthsAfter = 24

type Row = { wayId: number; buyers: number; months: [month: number, revenue: number, lived: number][] }

/**
 * What it cost to win a buyer by each source that cost something in some months, what such a buyer has brought since, month by month,
 * and when the margin of that had paid the cost.
 */
export async function paybackOf(
  ctx: Context,
  { months }: { months: number },
): Promise<{ asOf: Day; from: Day; percent: number | null; items: Payback[] }> {
  const lens = await lensOf(ctx)
  const from = firstDayOf(monthOf(lens.asOf) - months + 1)
  const [{ value: margin }, costs] = await Promise.all([
    marginOf(ctx),
    arrivalCosts(ctx, { from: from.slice(0, 7), to: lens.asOf.slice(0, 7) }),
  ])
  const spent = new Map<number, number>()
  for (const { wayId, amount } of costs) spent.set(wayId, (spent.get(wayId) ?? 0) + amount)
  const rows = await answered(ctx, `value.payback ${JSON.stringify([lens, from])}`, () => boughtBy(ctx, lens, from))
  const items = [...spent].map(([wayId, cost]) => {
    const row = rows.find((one) => one.wayId === wayId)
    const buyers = row?.buyers ?? 0
    const { brought, month } = paidIn(row?.months ?? [], {
      each: buyers === 0 ? null : cost / buyers,
      margin: margin.percent,
    })
    return {
      ...{ wayId, cost, buyers, brought, month },
      each: buyers === 0 ? null : Math.round(cost / buyers),
      people: {
        is: 'and' as const,
        of: [
          { is: 'came' as const, in: [wayId] },
          { is: 'day' as const, field: 'firstPurchase' as const, from, to: lens.asOf },
        ],
      },
    }
  })
  return { asOf: lens.asOf, from, percent: margin.percent, items: items.sort((a, b) => b.cost - a.cost) }
}

/** One reading of the traits of those who came by a way and first bought since a day. */
function boughtBy(ctx: Context, lens: Lens, from: Day): Promise<Row[]> {
  const bound = bindings()
  const { bind, params } = bound
  const people = sourceOf(lens, bound)
  const today = bind(lens.asOf, 'Date')
  return rowsOf<Row>(ctx, {
    sql: `
SELECT wayId, max(buyers) AS buyers, groupArray((month, revenue, lived)) AS months FROM (
  SELECT way_id AS wayId, month, count() AS buyers, sumIf(brought, whole) AS revenue, countIf(whole) AS lived
  FROM (
    SELECT a.way_id AS way_id, month, toInt32(${today}) - toInt32(t.first) >= 30 * (month + 1) - 1 AS whole,
           arraySum((x, d) -> if(intDiv(greatest(0, toInt32(d) - toInt32(t.first)), 30) = month, x, 0), t.amounts, t.days) AS brought
      FROM (SELECT customer_id, assumeNotNull(first_purchase) AS first, days, amounts FROM ${people}
             WHERE isNotNull(first_purchase) AND first_purchase >= ${bind(from, 'Date')}) AS t
     INNER JOIN (${arrivalsByPerson}) AS a ON a.customer_id = t.customer_id
     ARRAY JOIN range(${monthsAfter}) AS month)
  GROUP BY way_id, month ORDER BY way_id, month)
GROUP BY wayId ORDER BY wayId`,
    params,
  })
}

import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import {
  answered,
  bindings,
  type Lens,
  type Looks,
  lastDayOf,
  lensOf,
  monthOf,
  rowsOf,
  sourceOf,
} from '#understand/query/index.ts'
import { type Distribution, type Move, type Stage, stages, type Thresholds } from './contract.ts'
import { emptyDistribution } from './distribution.ts'
import { thresholdsOf } from './thresholds.ts'

export type FlowMonth = { day: Day; stages: Distribution; moves: Move[] }

/**
 * The stages at the end of each month, and the moves within it, computed from the purchases of all time.
 *
 * Each customer's life is a few events: the first purchase, the day a threshold passed without one, the return. One reading
 * counts them by month; sums over months give the rest. Nothing is asked month by month for each customer.
 */
export async function flowOf(
  ctx: Context,
  looks: Looks & { months: number },
): Promise<{ asOf: Day; months: FlowMonth[] }> {
  const lens = await lensOf(ctx, looks)
  const { value: thresholds } = await thresholdsOf(ctx)
  const key = `lifecycle.flow ${JSON.stringify([lens, thresholds])}`
  const events = await answered(ctx, key, () => rowsOf<Event>(ctx, flowSql(lens, thresholds)))
  return { asOf: lens.asOf, months: monthsOf(events, lens.asOf, looks.months) }
}

/** `month` as query/month.ts counts; from and to are places in `kinds`. */
type Event = { month: number; from: number; to: number; customers: number }

/** What an event moves: between stages; from not known to known; and in and out of the mark *new*. */
const kinds = [...stages, 'unknown', 'unmarked', 'new'] as const
const placeOf = (kind: (typeof kinds)[number]) => kinds.indexOf(kind)

/** The statement that counts events by month. A gap that ends on the very day of a threshold is no move: she bought that day. */
export function flowSql(
  lens: Lens,
  { active, silent, sleeping }: Thresholds,
): { sql: string; params: Record<string, never> } {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const asOf = bound.bind(lens.asOf, 'Date')
  const days = { active, silent, sleeping }
  const after = (name: keyof typeof days) => `a + ${bound.bind(days[name], 'UInt16')}`
  const code = (day: string, from: (typeof kinds)[number], to: (typeof kinds)[number]) =>
    `toUInt32(toRelativeMonthNum(${day}) * 64 + ${placeOf(from) * 8 + placeOf(to)})`
  /** A threshold that passed before the next purchase, and before the day of the question. */
  const passed = (name: keyof typeof days, from: Stage, to: Stage) =>
    `arrayMap(a -> ${code(after(name), from, to)}, arrayFilter((a, b) -> b > ${after(name)} AND ${after(name)} <= ${asOf}, p, next))`
  const returned = (from: Stage, atLeast: string, below: string) =>
    `arrayMap(b -> ${code('b', from, 'active')}, arrayFilter((b, a) -> b <= ${asOf} AND b > ${atLeast}${below && ` AND b <= ${below}`}, next, p))`
  const sql = `
SELECT intDiv(event, 64) AS month, intDiv(event, 8) % 8 AS from, event % 8 AS to, count() AS customers
FROM (
  SELECT arrayJoin(arrayConcat(
    [${code(`least(added, if(empty(days), added, days[1]))`, 'unknown', 'never')}],
    if(empty(p), [], [${code('p[1]', 'never', 'active')}, ${code('p[1]', 'unmarked', 'new')}]),
    if(empty(p) OR p[1] + ${bound.bind(active, 'UInt16')} > ${asOf}, [], [${code(`p[1] + ${bound.bind(active, 'UInt16')}`, 'new', 'unmarked')}]),
    ${passed('active', 'active', 'silent')},
    ${passed('silent', 'silent', 'sleeping')},
    ${passed('sleeping', 'sleeping', 'lost')},
    ${returned('silent', after('active'), after('silent'))},
    ${returned('sleeping', after('silent'), after('sleeping'))},
    ${returned('lost', after('sleeping'), '')}
  )) AS event
  FROM (
    SELECT added, days, arrayCompact(arrayFilter((d, k) -> k = 1, days, sales)) AS p,
           arraySlice(arrayPushBack(arrayPopFront(p), toDate('2149-06-06')), 1, length(p)) AS next
    FROM ${source}
  )
)
GROUP BY month, from, to`
  return { sql, params: bound.params as Record<string, never> }
}

/** The last `count` months up to the day, from all events: standing is the sum of what came before. */
function monthsOf(events: readonly Event[], asOf: Day, count: number): FlowMonth[] {
  const last = monthOf(asOf)
  const first = last - count + 1
  const standing = emptyDistribution()
  const apply = ({ from, to, customers }: Event) => {
    const [origin, goal] = [kinds[from]!, kinds[to]!]
    if (origin in standing) standing[origin as keyof Distribution] -= customers
    if (goal in standing) standing[goal as keyof Distribution] += customers
  }
  for (const event of events) if (event.month < first) apply(event)
  const months: FlowMonth[] = []
  for (let month = first; month <= last; month += 1) {
    const within = events.filter((event) => event.month === month || (month === last && event.month > last))
    for (const event of within) apply(event)
    months.push({
      day: month === last ? asOf : lastDayOf(month),
      stages: { ...standing },
      moves: within
        .filter(({ from, to }) => from < stages.length && to < stages.length)
        .map(({ from, to, customers }) => ({ from: stages[from]!, to: stages[to]!, customers }))
        .sort((a, b) => b.customers - a.customers),
    })
  }
  return months
}

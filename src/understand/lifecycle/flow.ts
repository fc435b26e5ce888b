import type { Context } from '#platform/context.ts'
import type { Day } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import {
  answered,
  type Bound,
  bindings,
  firstDayOf,
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

export type FlowMonth = { day: Day; stages: Distribution; moves: (Move & { people: Condition })[] }

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

/**
 * The statement that counts events by month. An event is one number, day × 64 + what it moves, so that the many are counted
 * as numbers and only the few days become months. A gap that ends on the very day of a threshold is no move: she bought that day.
 */
export function flowSql(
  lens: Lens,
  { active, silent, sleeping }: Thresholds,
): { sql: string; params: Record<string, Bound> } {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const [toSilent, toSleeping, toLost] = [active, silent, sleeping].map((days) => bound.bind(days, 'UInt16'))
  type Kind = (typeof kinds)[number]
  const moves = (from: Kind, to: Kind) => placeOf(from) * 8 + placeOf(to)
  const event = (day: string, from: Kind, to: Kind) => `toUInt32(${day}) * 64 + ${moves(from, to)}`
  const longer = (than: string | undefined) => `arrayFilter((a, b) -> b > a + ${than}, left, back)`
  const sql = `
SELECT toRelativeMonthNum(toDate(intDiv(event, 64))) AS month, intDiv(event, 8) % 8 AS from, event % 8 AS to, sum(times) AS customers
FROM (
  SELECT arrayJoin(arrayConcat(
    [${event('least(added, ifNull(first_document, added))', 'unknown', 'never')}],
    if(empty(p), [], [${event('p[1]', 'never', 'active')}, ${event('p[1]', 'unmarked', 'new')}, ${event(`p[1] + ${toSilent}`, 'new', 'unmarked')}]),
    arrayMap(a -> ${event(`a + ${toSilent}`, 'active', 'silent')}, left),
    arrayMap(a -> ${event(`a + ${toSleeping}`, 'silent', 'sleeping')}, ${longer(toSleeping)}),
    arrayMap(a -> ${event(`a + ${toLost}`, 'sleeping', 'lost')}, ${longer(toLost)}),
    arrayMap((a, b) -> toUInt32(b) * 64 + multiIf(b > a + ${toLost}, ${moves('lost', 'active')}, b > a + ${toSleeping}, ${moves('sleeping', 'active')}, ${moves('silent', 'active')}), left, back)
  )) AS event, count() AS times
  FROM (
    SELECT added, first_document, purchase_days AS p,
           arraySlice(arrayPushBack(arrayPopFront(p), toDate('2149-06-06')), 1, length(p)) AS next,
           arrayFilter((a, b) -> b > a + ${toSilent}, p, next) AS left, arrayFilter((b, a) -> b > a + ${toSilent}, next, p) AS back
    FROM ${source}
  )
  GROUP BY event
)
WHERE intDiv(event, 64) <= toUInt32(${bound.bind(lens.asOf, 'Date')}) OR event % 64 = ${moves('unknown', 'never')}
GROUP BY month, from, to`
  return { sql, params: bound.params }
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
        .map(({ from, to, customers }) => ({
          ...{ from: stages[from]!, to: stages[to]!, customers },
          people: whoMoved(stages[from]!, stages[to]!, firstDayOf(month), month === last ? asOf : lastDayOf(month)),
        }))
        .sort((a, b) => b.customers - a.customers),
    })
  }
  return months
}

/** The question who moved so in these days. */
function whoMoved(out: Stage, into: Stage, from: Day, to: Day): Condition {
  return { is: 'moved', out, into, from, to }
}

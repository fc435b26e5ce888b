import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { Refusal } from '#platform/refusal.ts'
import { firstDayOf, lastDayOf, monthOf } from '#understand/query/index.ts'
import type { Asks, Period } from './contract.ts'

/** Both days included. */
export type Days = { from: Day; to: Day }

/** Beyond it a page is no page. */
const mostSpans = 120

/** The days of a period, on a day. */
export function daysOf(period: Period, asOf: Day): Days {
  if ('from' in period) {
    if (period.from > period.to) throw new Refusal('invalid', 'metrics.days_reversed', period)
    return { from: period.from, to: period.to < asOf ? period.to : later(asOf, period.from) }
  }
  const { last, unit } = period
  if (unit === 'months') return { from: firstDayOf(monthOf(asOf) - last + 1), to: asOf }
  if (unit === 'weeks') return { from: addDays(mondayOf(asOf), -7 * (last - 1)), to: asOf }
  return { from: addDays(asOf, 1 - last), to: asOf }
}

/** The days that a period is compared with: as many months, weeks or days right before it, or those of the year before. */
export function shiftOf(period: Period, days: Days, compare: Asks['compare']): ((day: Day) => Day) | undefined {
  if (compare === 'none') return undefined
  if (compare === 'year') return (day) => monthsBefore(day, 12)
  if ('last' in period && period.unit === 'months') return (day) => monthsBefore(day, period.last)
  if ('last' in period && period.unit === 'weeks') return (day) => addDays(day, -7 * period.last)
  const count = daysBetween(days.from, days.to) + 1
  return (day) => addDays(day, -count)
}

/**
 * A period cut into months, weeks or days, the first and the last as far as they lie in it.
 * @throws Refusal `reports.too_many_spans`
 */
export function spansOf({ from, to }: Days, by: 'month' | 'week' | 'day'): Days[] {
  const spans: Days[] = []
  for (let start = from; start <= to; start = addDays(spans.at(-1)!.to, 1)) {
    const end = { month: lastDayOf(monthOf(start)), week: addDays(mondayOf(start), 6), day: start }[by]
    spans.push({ from: start, to: end < to ? end : to })
    if (spans.length > mostSpans) throw new Refusal('invalid', 'reports.too_many_spans', { most: mostSpans })
  }
  return spans
}

/** The Monday of a day's week. The 5th of January 1970 was one. */
export function mondayOf(day: Day): Day {
  const since = daysBetween('1970-01-05', day)
  return addDays(day, -(((since % 7) + 7) % 7))
}

/** The same day so many months before, or the last of a month that is too short for it. */
function monthsBefore(day: Day, months: number): Day {
  const month = monthOf(day) - months
  const last = lastDayOf(month)
  const same = `${firstDayOf(month).slice(0, 8)}${day.slice(8)}`
  return same < last ? same : last
}

const later = (one: Day, other: Day) => (one > other ? one : other)

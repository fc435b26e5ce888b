import { addDays, type Day } from '#platform/days.ts'

/** Months as ClickHouse's toRelativeMonthNum counts them: year × 12 + month. */
export function monthOf(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

/** The first day of a counted month. */
export function firstDayOf(month: number): Day {
  const year = Math.floor((month - 1) / 12)
  return `${String(year).padStart(4, '0')}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-01`
}

/** The last day of a counted month. */
export function lastDayOf(month: number): Day {
  return addDays(firstDayOf(month + 1), -1)
}

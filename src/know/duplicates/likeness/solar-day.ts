import { LunarMonth } from 'lunar-typescript'
import type { Person } from './person.ts'

/** First days of lunar months, in days since 1970. A month takes the almanac a millisecond; there are 1,240 in a century. */
const firstDays = new Map<number, number>()

/** The day of a lunar birthday by the sun's calendar, as 19850312; nothing where the year is not told or had no such month. */
export function solarDay({ year, month, day, leap }: NonNullable<Person['birthday']>): string {
  if (!year) return ''
  const key = (leap ? -1 : 1) * (year * 100 + month)
  let first = firstDays.get(key)
  if (first === undefined) {
    const julian = LunarMonth.fromYm(year, leap ? -month : month)?.getFirstJulianDay()
    first = julian === undefined ? Number.NaN : Math.floor(julian - 2_440_587.5 + 0.5)
    firstDays.set(key, first)
  }
  if (Number.isNaN(first)) return ''
  return new Date((first + day - 1) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
}

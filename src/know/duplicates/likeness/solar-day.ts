import { LunarYear } from 'lunar-typescript'
import type { Person } from './person.ts'

/** First days of lunar months, in days since 1970. A year takes the almanac a millisecond. */
const firstDays = new Map<number, number>()
const known = new Set<number>()

/** The day of a lunar birthday by the sun's calendar, as 19850312; nothing where the year is not told or had no such month. */
export function solarDay({ year, month, day, leap }: NonNullable<Person['birthday']>): string {
  if (!year) return ''
  const key = (leap ? -1 : 1) * (year * 100 + month)
  if (!known.has(year)) {
    known.add(year)
    for (const one of LunarYear.fromYear(year).getMonths()) {
      const day = Math.floor(one.getFirstJulianDay() - 2_440_587.5)
      // A leap month's number is below zero; the list runs into the next year.
      firstDays.set(Math.sign(one.getMonth()) * (one.getYear() * 100 + Math.abs(one.getMonth())), day)
    }
  }
  const first = firstDays.get(key)
  if (first === undefined) return ''
  return new Date((first + day - 1) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
}

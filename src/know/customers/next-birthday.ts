import { LunarMonth, LunarYear } from 'lunar-typescript'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import type { Birthday } from './birthday.ts'

export type NextBirthday = {
  /** By the sun's calendar. */
  on: Day
  /** Days until then; 0 is today. */
  inDays: number
  /** How old the person becomes, where the year is known; by the moon's calendar as counted by it. */
  age?: number
}

/**
 * The next birthday on or after a day. 29 February is kept on the 28th in other years; the moon's 30th on the 29th where its month is
 * short; a leap month's in the month itself in years without that one. Pure; undefined beyond the years whose moons are known.
 */
export function nextBirthday({ calendar, month, day, leap, year }: Birthday, today: Day): NextBirthday | undefined {
  const thisYear = Number(today.slice(0, 4))
  // A lunar year begins up to two months after the solar one.
  for (let candidate = thisYear - 1; candidate <= thisYear + 1; candidate += 1) {
    const on = calendar === 'solar' ? solarDay(candidate, month, day) : lunarDay(candidate, month, day, leap ?? false)
    if (on && on >= today) {
      return { on, inDays: daysBetween(today, on), ...(year === undefined ? {} : { age: candidate - year }) }
    }
  }
  return undefined
}

function solarDay(year: number, month: number, day: number): Day {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${year}-${String(month).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`
}

function lunarDay(year: number, month: number, day: number, leap: boolean): Day | undefined {
  const isLeap = leap && LunarYear.fromYear(year).getLeapMonth() === month
  const found = LunarMonth.fromYm(year, isLeap ? -month : month)
  if (!found) return undefined
  // Its first day at noon as a Julian day number; 2,440,587.5 is 1970-01-01 at midnight.
  const first = Math.floor(found.getFirstJulianDay() - 2_440_587.5)
  return addDays('1970-01-01', first + Math.min(day, found.getDayCount()) - 1)
}

import { LunarYear } from 'lunar-typescript'
import { addDays, type Day, daysBetween } from '#platform/days.ts'
import { type Birthday, birthYears } from './birthday.ts'

export type NextBirthday = {
  /** By the sun's calendar. */
  on: Day
  /** Days until then; 0 is today. */
  inDays: number
  /** How old the person becomes, where the year is known; by the moon's calendar as counted by it. */
  age?: number
}

/**
 * The next birthday on or after a day. Pure; undefined beyond the years whose moons are known.
 */
export function nextBirthday(birthday: Birthday, today: Day): NextBirthday | undefined {
  const thisYear = Number(today.slice(0, 4))
  // A lunar year begins up to two months after the solar one.
  for (let candidate = thisYear - 1; candidate <= thisYear + 1; candidate += 1) {
    const on = birthdayIn(birthday, candidate)
    if (on && on >= today) {
      const { year } = birthday
      return { on, inDays: daysBetween(today, on), ...(year === undefined ? {} : { age: candidate - year }) }
    }
  }
  return undefined
}

/**
 * The day of the sun's calendar on which a birthday is kept in a year of its own calendar. 29 February is kept on the 28th in other
 * years; the moon's 30th on the 29th where its month is short; a leap month's in the month itself in years without that one. Pure.
 */
export function birthdayIn({ calendar, month, day, leap }: Birthday, year: number): Day | undefined {
  return calendar === 'solar' ? solarDay(year, month, day) : lunarDay(year, month, day, leap ?? false)
}

function solarDay(year: number, month: number, day: number): Day {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`
}

function lunarDay(year: number, month: number, day: number, leap: boolean): Day | undefined {
  // A day that people keep before the first known year, or after the last, is within some years of them.
  if (year < birthYears.first - 3 || year > birthYears.last + 3) return undefined
  const months = lunarMonths(year)
  const found = (leap ? months.get(-month) : undefined) ?? months.get(month)
  return found && addDays(found.first, Math.min(day, found.days) - 1)
}

type Months = ReadonlyMap<number, { first: Day; days: number }>
const known = new Map<number, Months>()

/** The months of a lunar year, leap ones below zero. Reckoned once a year: the library takes a tenth of a millisecond for each. */
function lunarMonths(year: number): Months {
  const before = known.get(year)
  if (before) return before
  const months = new Map<number, { first: Day; days: number }>()
  for (const one of LunarYear.fromYear(year).getMonthsInYear()) {
    // Its first day at noon as a Julian day number; 2,440,587.5 is 1970-01-01 at midnight.
    const first = addDays('1970-01-01', Math.floor(one.getFirstJulianDay() - 2_440_587.5))
    months.set(one.getMonth(), { first, days: one.getDayCount() })
  }
  known.set(year, months)
  return months
}

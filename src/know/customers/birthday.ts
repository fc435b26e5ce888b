import { LunarYear } from 'lunar-typescript'
import { z } from 'zod'

/** A birthday as people know it: by the sun's or the moon's calendar, with the year where it is told. */
export type Birthday = {
  calendar: 'solar' | 'lunar'
  month: number
  day: number
  /** The leap month of that number (闰月); lunar only. */
  leap?: boolean
  year?: number
}

/** The years whose lunar months are known for certain. */
export const birthYears = { first: 1900, last: 2100 }

export const birthdayShape = z
  .strictObject({
    calendar: z.enum(['solar', 'lunar']),
    month: z.number().int().min(1).max(12),
    day: z.number().int().min(1).max(31),
    leap: z.boolean().optional(),
    year: z.number().int().min(birthYears.first).max(birthYears.last).optional(),
  })
  .superRefine((birthday, check) => {
    const message = birthdayObjection(birthday)
    if (message) check.addIssue({ code: 'custom', message })
  })
  // One form for the same day, so that saying it again is no change.
  .transform(
    ({ calendar, month, day, leap, year }): Birthday => ({
      calendar,
      ...(year ? { year } : {}),
      month,
      ...(calendar === 'lunar' && leap ? { leap } : {}),
      day,
    }),
  )

export type BirthdayObjection = 'no_such_day' | 'no_such_leap_month' | 'leap_is_lunar'

/** Why there is no such day, or nothing when there is. Without a year, a day that some year has is good. */
export function birthdayObjection({ calendar, month, day, leap, year }: Birthday): BirthdayObjection | undefined {
  if (calendar === 'solar') {
    if (leap) return 'leap_is_lunar'
    // Day 0 of the next month is the last of this one. 2000 was a leap year.
    const days = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate()
    return day > days ? 'no_such_day' : undefined
  }
  if (year === undefined) {
    // Between 1900 and 2100 no first and no twelfth month is a leap month.
    if (leap && (month === 1 || month === 12)) return 'no_such_leap_month'
    return day > 30 ? 'no_such_day' : undefined
  }
  const days = lunarDays(year, leap ? -month : month)
  if (leap && days === 0) return 'no_such_leap_month'
  return day > days ? 'no_such_day' : undefined
}

const lunarYears = new Map<number, Map<number, number>>()

/**
 * The days of a lunar month, a leap month negative; 0 where that year has none. A year is worked out once, from the moon's way, half a
 * millisecond: a list answers with a birthday in each row.
 */
function lunarDays(year: number, month: number): number {
  let months = lunarYears.get(year)
  if (!months) {
    months = new Map(
      LunarYear.fromYear(year)
        .getMonthsInYear()
        .map((one) => [one.getMonth(), one.getDayCount()]),
    )
    lunarYears.set(year, months)
  }
  return months.get(month) ?? 0
}

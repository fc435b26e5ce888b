import { LunarYear, Solar } from 'lunar-typescript'
import type { Person } from './small-shop.ts'

/** Birthdays by looking at one day after another, knowing nothing of codes and runs. */

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const dayOf = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10)

type Moon = { year: number; month: number; day: number; last: number; leapMonth: number }
const moons = new Map<string, Moon>()

function moonOf(day: string): Moon {
  const before = moons.get(day)
  if (before) return before
  const [year, month, of] = day.split('-').map(Number) as [number, number, number]
  const lunar = Solar.fromYmd(year, month, of).getLunar()
  const months = LunarYear.fromYear(lunar.getYear())
  const moon = {
    year: lunar.getYear(),
    month: lunar.getMonth(),
    day: lunar.getDay(),
    last: months.getMonth(lunar.getMonth())!.getDayCount(),
    leapMonth: months.getLeapMonth(),
  }
  moons.set(day, moon)
  return moon
}

export function hasBirthday({ birthday }: Person): boolean {
  return birthday?.month !== undefined
}

function isBirthday({ birthday }: Person, day: string): boolean {
  const { calendar, month, day: of, leap } = birthday!
  if (calendar === 'solar') {
    const short = month === 2 && of === 29 && dayOf(dayNumber(day) + 1).endsWith('-03-01')
    return short
      ? day.endsWith('-02-28') || day.endsWith('-02-29')
      : day.slice(5) === `${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}`
  }
  const moon = moonOf(day)
  const kept = leap && moon.leapMonth === month ? -month : month
  return moon.month === kept && moon.day === Math.min(of!, moon.last)
}

export function daysToBirthday(person: Person, asOf: string): number | null {
  if (!hasBirthday(person)) return null
  let ahead = 0
  while (!isBirthday(person, dayOf(dayNumber(asOf) + ahead))) ahead += 1
  return ahead
}

export function lastBirthday(person: Person, asOf: string): string {
  let back = 0
  while (!isBirthday(person, dayOf(dayNumber(asOf) - back))) back += 1
  return dayOf(dayNumber(asOf) - back)
}

/** The ages that are possible; two of a year alone. */
export function agesOn(person: Person, asOf: string): number[] | undefined {
  const year = person.birthday?.year
  if (year === undefined) return undefined
  const since = Number(asOf.slice(0, 4)) - year
  if (!hasBirthday(person)) return [since - 1, since]
  const last = lastBirthday(person, asOf)
  const age = (person.birthday!.calendar === 'solar' ? Number(last.slice(0, 4)) : moonOf(last).year) - year
  return [age, age]
}

export function birthMonths(person: Person, asOf: string): number[] {
  const first = dayNumber(`${asOf.slice(0, 4)}-01-01`)
  return Array.from({ length: 366 }, (_, at) => dayOf(first + at))
    .filter((day) => day.slice(0, 4) === asOf.slice(0, 4) && isBirthday(person, day))
    .map((day) => Number(day.slice(5, 7)))
}

/** A year and more after a day, the 29th of February on the 28th of other years. */
export function daysToAnniversary(day: string, asOf: string): number {
  for (let year = Number(day.slice(0, 4)) + 1; ; year += 1) {
    const same = `${year}${day.slice(4)}`
    const on = dayOf(dayNumber(same)) === same ? same : `${year}-02-28`
    if (on >= asOf) return dayNumber(on) - dayNumber(asOf)
  }
}

import { LunarYear, Solar } from 'lunar-typescript'
import type { During } from '../contract.ts'

/** Festivals and seasons by looking at one day after another. */

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const plus = (day: string, count: number) => new Date((dayNumber(day) + count) * 86_400_000).toISOString().slice(0, 10)
const weekday = (day: string) => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
const dayOfMonth = (day: string) => Number(day.slice(8))

export function isNth(day: string, nths: readonly number[]): boolean {
  const last = plus(day, 7).slice(0, 7) !== day.slice(0, 7)
  return nths.includes(Math.ceil(dayOfMonth(day) / 7)) || (nths.includes(-1) && last)
}

type Moon = { year: number; month: number; day: number; last: number; term: string }
const moons = new Map<string, Moon>()

function moonOf(day: string): Moon {
  const before = moons.get(day)
  if (before) return before
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lunar = Solar.fromYmd(year, month, date).getLunar()
  const moon = {
    year: lunar.getYear(),
    month: lunar.getMonth(),
    day: lunar.getDay(),
    last: LunarYear.fromYear(lunar.getYear()).getMonth(lunar.getMonth())!.getDayCount(),
    term: lunar.getJieQi(),
  }
  moons.set(day, moon)
  return moon
}

/** Days that are a festival; those of the moon as month × 100 + day. */
const festivals: Record<string, (day: string) => boolean> = {
  spring_festival: (day) => moonOf(day).month === 1 && moonOf(day).day === 1,
  mid_autumn: (day) => moonOf(day).month === 8 && moonOf(day).day === 15,
  new_years_eve: (day) => moonOf(plus(day, 1)).month === 1 && moonOf(plus(day, 1)).day === 1,
  singles_day: (day) => day.endsWith('-11-11'),
  mothers_day: (day) => day.slice(5, 7) === '05' && weekday(day) === 7 && isNth(day, [2]),
  black_friday: (day) => plus(day, -1).slice(5, 7) === '11' && weekday(day) === 5 && isNth(plus(day, -1), [4]),
  dongzhi: (day) => moonOf(day).term === '冬至',
  lichun: (day) => moonOf(day).term === '立春',
}
export const naiveTimes = [
  ...Object.keys(festivals),
  'week',
  'month',
  'quarter',
  'season',
  'year',
  'lunar_month',
  'lunar_year',
]

/** What two days of the same period have in common. */
function periodOf(of: string, day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  switch (of) {
    case 'week':
      return plus(day, 1 - weekday(day))
    case 'month':
      return day.slice(0, 7)
    case 'quarter':
      return `${year} ${Math.ceil(month / 3)}`
    case 'season':
      return month === 12 ? `${year + 1} winter` : month < 3 ? `${year} winter` : `${year} ${Math.floor(month / 3)}`
    case 'year':
      return String(year)
    case 'lunar_month':
      return `${moonOf(day).year} ${moonOf(day).month}`
    default:
      return String(moonOf(day).year)
  }
}

const spans = new Map<string, { from: string; to: string }>()

function spanOf({ of, ago = 0, before = 0, after = 0 }: During, asOf: string): { from: string; to: string } {
  const isDay = festivals[of]
  if (isDay) {
    let on = plus(asOf, before)
    for (let left = ago; ; on = plus(on, -1)) {
      if (isDay(on) && left === 0) return { from: plus(on, -before), to: plus(on, after) }
      if (isDay(on)) left -= 1
    }
  }
  let to = asOf
  for (let left = ago; left > 0; left -= 1) {
    const here = periodOf(of, to)
    while (periodOf(of, to) === here) to = plus(to, -1)
  }
  let from = to
  while (periodOf(of, plus(from, -1)) === periodOf(of, to)) from = plus(from, -1)
  while (periodOf(of, plus(to, 1)) === periodOf(of, from)) to = plus(to, 1)
  return { from: plus(from, -before), to: plus(to, after) }
}

export function isDuring(day: string, during: During, asOf: string): boolean {
  const key = JSON.stringify([during, asOf])
  const span = spans.get(key) ?? spanOf(during, asOf)
  spans.set(key, span)
  return day >= span.from && day <= span.to
}

import { Solar } from 'lunar-typescript'
import { birthdayIn } from '#know/customers/index.ts'
import { addDays, type Day } from '#platform/days.ts'
import type { During } from './during.ts'
import {
  type LunarFestival,
  lunarFestivals,
  type Period,
  periods,
  type SolarFestival,
  type SolarTerm,
  solarFestivals,
  solarTerms,
  type TimeName,
} from './times.ts'

type Span = { from: Day; to: Day }

/**
 * The first and the last day of a time, seen from a day: of a festival or a term the latest of which a day has begun, its days before
 * included; of a period the one in which the day lies. Undefined beyond the years whose moons are known.
 */
export function spanOf({ of, ago = 0, before = 0, after = 0 }: During, asOf: Day): Span | undefined {
  const wide = ({ from, to }: Span) => ({ from: addDays(from, -before), to: addDays(to, after) })
  if (isPeriod(of)) {
    let span = periodOn(of, asOf)
    for (let back = 0; span && back < ago; back += 1) span = periodOn(of, addDays(span.from, -1))
    return span && wide(span)
  }
  const year = Number(asOf.slice(0, 4))
  const years = Array.from({ length: ago + 4 }, (_, at) => year - ago - 2 + at)
  const begun = years.flatMap((one) => {
    const on = dayOf(of, one)
    const span = on && wide({ from: on, to: on })
    return span && span.from <= asOf ? [span] : []
  })
  return begun.at(-1 - ago)
}

const isPeriod = (of: TimeName): of is Period => (periods as readonly string[]).includes(of)

/** In a year of the calendar by which it is kept. */
function dayOf(of: SolarFestival | LunarFestival | SolarTerm, year: number): Day | undefined {
  if (of in lunarFestivals) return birthdayIn({ calendar: 'lunar', ...lunarFestivals[of as LunarFestival] }, year)
  if (of in solarTerms) return termIn(of as SolarTerm, year)
  const kept = solarFestivals[of as SolarFestival]
  if ('day' in kept) return dated(year, kept.month, kept.day)
  const first = dated(year, kept.month, 1)
  const toWeekday = (kept.weekday - weekdayOf(first) + 7) % 7
  return addDays(first, toWeekday + (kept.nth - 1) * 7 + kept.after)
}

function termIn(of: SolarTerm, year: number): Day | undefined {
  if (year < 1900 || year > 2100) return undefined
  // The almanac of a lunar year begins with the winter before; this year's last term stands in it under a name of its own.
  const table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
  return table[of === 'dongzhi' ? 'DONG_ZHI' : solarTerms[of]]?.toYmd()
}

/** The period in which a day lies. */
function periodOn(of: Period, day: Day): Span | undefined {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  const months = (first: number, count: number) => ({
    from: dated(year, first, 1),
    to: addDays(dated(year, first + count, 1), -1),
  })
  switch (of) {
    case 'week': {
      const from = addDays(day, 1 - weekdayOf(day))
      return { from, to: addDays(from, 6) }
    }
    case 'month':
      return months(month, 1)
    case 'quarter':
      return months(Math.floor((month - 1) / 3) * 3 + 1, 3)
    case 'season':
      // January and February end the winter that began in December.
      return months(Math.floor(month / 3) * 3, 3)
    case 'year':
      return months(1, 12)
    case 'lunar_month':
    case 'lunar_year':
      return lunarOn(of, day)
  }
}

function lunarOn(of: 'lunar_month' | 'lunar_year', day: Day): Span | undefined {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  if (year < 1900 || year > 2100) return undefined
  const moon = Solar.fromYmd(year, month, date).getLunar()
  if (of === 'lunar_year') {
    const [from, next] = [moon.getYear(), moon.getYear() + 1].map((one) =>
      birthdayIn({ calendar: 'lunar', month: 1, day: 1 }, one),
    )
    return from && next ? { from, to: addDays(next, -1) } : undefined
  }
  const leap = moon.getMonth() < 0
  const kept = { calendar: 'lunar', month: Math.abs(moon.getMonth()), leap } as const
  const from = birthdayIn({ ...kept, day: 1 }, moon.getYear())
  const to = birthdayIn({ ...kept, day: 30 }, moon.getYear())
  return from && to ? { from, to } : undefined
}

function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** Months beyond a year are of another. */
function dated(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

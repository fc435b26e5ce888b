import { birthdayIn } from '#know/customers/index.ts'
import { type Day, daysBetween } from '#platform/days.ts'

/** A birthday as the columns hold it (migrations/clickhouse/0013-birthdays.sql), seen from a day. */
export type Kept = {
  code: number
  /** The last one up to that day, and the year of its own calendar in which it was. */
  last: Day
  lastYear: number
  /** Days until the next one; 0: it is that day. */
  inDays: number
  /** The months of that day's year in which it falls. */
  months: number[]
}

const known = new Map<Day, readonly Kept[]>()
const calendars = [
  { calendar: 'solar', leap: false, above: 0 },
  { calendar: 'lunar', leap: false, above: 2000 },
  { calendar: 'lunar', leap: true, above: 4000 },
] as const

/** Every birthday that anybody can keep, rising by code, as it stands on a day. Some thousand; reckoned once a day. */
export function birthdaysOn(day: Day): readonly Kept[] {
  const before = known.get(day)
  if (before) return before
  if (known.size > 20) known.clear()
  const all = calendars.flatMap(({ calendar, leap, above }) =>
    days.flatMap(({ month, day: of }) => kept(above + month * 100 + of, { calendar, month, day: of, leap }, day) ?? []),
  )
  known.set(day, all)
  return all
}

const days = Array.from({ length: 12 * 31 }, (_, at) => ({ month: Math.floor(at / 31) + 1, day: (at % 31) + 1 }))

/** Undefined beyond the years whose moons are known. Days that no calendar has (31 April) are as good as its last: nobody has them. */
function kept(code: number, birthday: Parameters<typeof birthdayIn>[0], on: Day): Kept | undefined {
  const year = Number(on.slice(0, 4))
  const times = [year - 2, year - 1, year, year + 1].flatMap((of) => {
    const at = birthdayIn(birthday, of)
    return at ? { year: of, at } : []
  })
  const last = times.findLast(({ at }) => at <= on)
  const next = times.find(({ at }) => at >= on)
  if (!last || !next) return undefined
  return {
    code,
    last: last.at,
    lastYear: last.year,
    inDays: daysBetween(on, next.at),
    months: times.filter(({ at }) => at.startsWith(on.slice(0, 5))).map(({ at }) => Number(at.slice(5, 7))),
  }
}

/**
 * The codes that pass, as runs from one to another: a handful of numbers instead of hundreds. What lies between two codes is nobody's
 * birthday.
 */
export function runsOf(all: readonly Kept[], passes: (one: Kept) => boolean): [from: number, to: number][] {
  const runs: [number, number][] = []
  let open = false
  for (const one of all) {
    const fits = passes(one)
    if (fits && open) runs.at(-1)![1] = one.code
    else if (fits) runs.push([one.code, one.code])
    open = fits
  }
  return runs
}

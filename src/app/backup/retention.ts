import { addDays, type Day, dayIn } from '#platform/days.ts'
import type { BackupPlan } from './contract.ts'

type Kept = { id: number; at: Date }

/**
 * Which backups need not stay: the newest of each of the last days, weeks (from Monday) and months that have one are kept, as
 * many as the plan says. The newest of all always stays.
 * @param zone days are days of the shop's zone
 */
export function forgettable<B extends Kept>(
  backups: readonly B[],
  { keepDays, keepWeeks, keepMonths }: Pick<BackupPlan, 'keepDays' | 'keepWeeks' | 'keepMonths'>,
  zone: string,
): B[] {
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime())
  const keep = new Set<number>()
  const keepNewest = (count: number, periodOf: (day: Day) => string): void => {
    const seen = new Set<string>()
    for (const { id, at } of newestFirst) {
      const period = periodOf(dayIn(zone, at))
      if (seen.has(period)) continue
      if (seen.size >= count) return
      seen.add(period)
      keep.add(id)
    }
  }
  keepNewest(Math.max(1, keepDays), (day) => day)
  keepNewest(keepWeeks, mondayOf)
  keepNewest(keepMonths, (day) => day.slice(0, 7))
  return newestFirst.filter(({ id }) => !keep.has(id))
}

function mondayOf(day: Day): Day {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

import { addDays, type Day, daysBetween } from '#platform/days.ts'
import type { Forecast } from './contract.ts'
import { expectedWhileHere, type PurchaseModel } from './maths/purchase-model.ts'
import type { Past } from './past.ts'
import { columnsIn } from './whole-numbers.ts'

/** No more points than a line can show. */
const mostPoints = 104

/**
 * Repeat purchases from the first day to the last of who had bought by the cutoff, and how many the model of the cutoff expected of so
 * many beginners, each from her own first day.
 * @param repeatsByDay lines (days since 1970, repeat purchases)
 */
export function trackingOf(
  model: PurchaseModel,
  past: Past,
  { since, cutoff, asOf, repeatsByDay }: { since: Day; cutoff: Day; asOf: Day; repeatsByDay: string },
): NonNullable<Forecast['tracking']> {
  const whole = daysBetween(since, asOf)
  const began = new Float64Array(whole + 1)
  const toCutoff = daysBetween(since, cutoff)
  for (let place = 0; place < past.count.length; place += 1) {
    const first = toCutoff - past.age[place]!
    if (first >= 0) began[first]! += past.count[place]!
  }
  const actual = new Float64Array(whole + 1)
  const [on, purchases] = columnsIn(repeatsByDay, 2)
  const zero = daysBetween('1970-01-01', since)
  for (const [place, day] of on!.entries())
    if (day >= zero && day - zero <= whole) actual[day - zero]! += purchases![place]!
  const expected = Float64Array.from({ length: whole + 1 }, (_, days) =>
    expectedWhileHere(model, { repeats: 0, age: 0 }, days),
  )
  const step = Math.max(7, Math.ceil(whole / mostPoints))
  const points: NonNullable<Forecast['tracking']>['points'] = []
  let sum = 0
  let next = 0
  // The last point is the last day, so points are counted back from it.
  for (let day = whole % step; day <= whole; day += step) {
    for (; next <= day; next += 1) sum += actual[next]!
    let foretold = 0
    for (let first = 0; first <= day; first += 1)
      if (began[first]! > 0) foretold += began[first]! * expected[day - first]!
    points.push({ day: addDays(since, day), actual: sum, expected: Math.round(foretold) })
  }
  return { cutoff, points }
}

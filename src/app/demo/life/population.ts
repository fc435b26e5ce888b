import { keyOf } from '../people/kin.ts'
import type { Calendar } from './calendar.ts'
import { type Chance, draw } from './chance.ts'

/**
 * How many people come in which week. The size is reached after the weeks of history; then the shop goes on growing at the pace it
 * had. A week's people are the same in a shop of any size, only more or fewer of them.
 */
export type Population = {
  size: number
  /** How many have come by the end of a week (from 0); 0 for week -1. */
  upTo(week: number): number
  /** The key of a customer by its place among all. */
  keys(customer: number): number
}

/** @param weeks of history: at their end there are `size` customers */
export function populationOf(size: number, weeks: number, calendar: Calendar): Population {
  const sums: number[] = []
  let sum = 0
  const weightOf = (week: number) => {
    let busy = 0
    for (let day = week * 7; day < week * 7 + 7; day += 1) busy += calendar.online[day] ?? 1
    // A shop that grows: twice as many new people a week at the end as at the beginning.
    return (busy / 7) ** 0.7 * (0.7 + 0.7 * Math.min(1, week / weeks))
  }
  const reach = (week: number) => {
    while (sums.length <= week) {
      sum += weightOf(sums.length)
      sums.push(sum)
    }
    return sums[week]!
  }
  const whole = reach(weeks - 1)
  const upTo = (week: number) => (week < 0 ? 0 : Math.round((size * reach(week)) / whole))
  let starts: number[] = []
  return {
    size,
    upTo,
    keys(customer) {
      while ((starts.at(-1) ?? -1) <= customer) starts = [...starts, upTo(starts.length)]
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (starts[middle]! > customer) high = middle
        else low = middle + 1
      }
      return keyOf(low, customer - upTo(low - 1))
    },
  }
}

/** On which day of the week that begins on a day somebody comes: rather on a busy one. */
export function arrivalDay(calendar: Calendar, begin: number, chance: Chance): number {
  let sum = 0
  for (let day = begin; day < begin + 7; day += 1) sum += calendar.online[day] ?? 1
  let place = draw(chance, 'arrival') * sum
  for (let day = begin; day < begin + 6; day += 1) {
    place -= calendar.online[day] ?? 1
    if (place < 0) return day
  }
  return begin + 6
}

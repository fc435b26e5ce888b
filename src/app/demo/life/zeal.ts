import { crowdOf, type Plan } from './crowd.ts'
import { populationOf } from './population.ts'

/** So many people tell how a whole town buys, to two parts in a hundred. */
const sample = 4_000

/**
 * How much more often than usual people must buy so that a history comes to about so many orders: found by letting a few thousand of
 * them live. Takes a second or two.
 * @param wanted orders of a customer
 * @returns at least 1: nobody buys less than usual
 */
export function zealFor(wanted: number, plan: Omit<Plan, 'zeal' | 'curiosity' | 'population'>, weeks: number): number {
  const population = populationOf(sample, weeks, plan.calendar)
  const ordersAt = (zeal: number) => {
    const crowd = crowdOf({ ...plan, population, zeal, curiosity: 0 })
    let orders = 0
    while (crowd.day < weeks * 7) {
      for (const { what } of crowd.nextDay()) if (what === 'sale' || what === 'refund') orders += 1
    }
    return orders / sample
  }
  let low = 1
  let high = 16
  if (ordersAt(low) >= wanted) return low
  for (let step = 0; step < 7; step += 1) {
    const middle = Math.sqrt(low * high)
    if (ordersAt(middle) < wanted) low = middle
    else high = middle
  }
  return high
}

/** So many tell how a whole town looks around, to some parts in a hundred. */
const lookers = 1_500

/**
 * How much more than usual people must look around so that a history comes to about so much of it. Takes some seconds.
 * @param wanted events of a customer
 * @returns 0 to 8: nobody looks around more
 */
export function curiosityFor(wanted: number, plan: Omit<Plan, 'curiosity' | 'population'>, weeks: number): number {
  const population = populationOf(lookers, weeks, plan.calendar)
  const eventsAt = (curiosity: number) => {
    const crowd = crowdOf({ ...plan, population, curiosity })
    let events = 0
    while (crowd.day < weeks * 7) for (const { what } of crowd.nextDay()) if (what === 'did') events += 1
    return events / lookers
  }
  let low = 0
  let high = 8
  if (eventsAt(high) <= wanted) return high
  for (let step = 0; step < 8; step += 1) {
    const middle = (low + high) / 2
    if (eventsAt(middle) < wanted) low = middle
    else high = middle
  }
  return high
}

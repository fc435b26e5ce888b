import type { DayNumber } from './signal.ts'

/** How people buy a product again. */
export type Habit = {
  /** People who bought it. */
  buyers: number
  /** Of them on two days or more. */
  again: number
  /** Days between two purchases, the middle one of all people's; 0: nobody came back for it. */
  every: number
}

/** From so many buyers on a product's own habit is believed; below, only what a person did herself. */
const enoughBuyers = 10
/** A product for which so many of its buyers came back is used up. */
const usedUpFrom = 0.2

/** Collects the habits of products from each person's days. */
export function habitsOf(products: number): {
  note(product: number, days: readonly DayNumber[]): void
  all(): Habit[]
} {
  const buyers = new Int32Array(products)
  const again = new Int32Array(products)
  // Counts of gaps by length: a year in days, longer ones at the end. A middle needs no list of all gaps.
  const gaps = new Map<number, Uint32Array>()
  return {
    note(product, days) {
      if (days.length === 0) return
      buyers[product]! += 1
      if (days.length < 2) return
      again[product]! += 1
      const counts = gaps.get(product) ?? new Uint32Array(longest + 1)
      gaps.set(product, counts)
      for (let at = 1; at < days.length; at += 1) counts[Math.min(longest, days[at]! - days[at - 1]!)]! += 1
    },
    all: () =>
      Array.from({ length: products }, (_, product) => ({
        buyers: buyers[product]!,
        again: again[product]!,
        every: middleOf(gaps.get(product)),
      })),
  }
}

const longest = 365

function middleOf(counts: Uint32Array | undefined): number {
  if (!counts) return 0
  const all = counts.reduce((sum, count) => sum + count, 0)
  let below = 0
  for (let gap = 0; gap < counts.length; gap += 1) {
    below += counts[gap]!
    if (below * 2 >= all) return gap
  }
  return 0
}

/**
 * Every how many days a person needs a product again: by her own days from three purchases on (the middle gap); with two, her gap and
 * the product's halved; with one, the product's, where it is one that is used up. Nothing: it is bought once.
 */
export function rhythmOf(days: readonly DayNumber[], habit: Habit | undefined): number | undefined {
  const gaps = days.slice(1).map((day, at) => day - days[at]!)
  const usedUp = habit !== undefined && habit.buyers >= enoughBuyers && habit.again >= habit.buyers * usedUpFrom
  if (gaps.length >= 2) return gaps.sort((a, b) => a - b)[gaps.length >> 1]
  if (gaps.length === 1) return usedUp ? Math.round((gaps[0]! + habit.every) / 2) : gaps[0]
  return usedUp && days.length === 1 ? habit.every : undefined
}

/** Whether it runs out about now: from four fifths of its rhythm on, until three rhythms went by without it. */
export function runsOut(last: DayNumber, every: number, today: DayNumber): boolean {
  const since = today - last
  return since >= every * 0.8 && since <= every * 3
}

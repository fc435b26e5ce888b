import type { Day } from '#platform/days.ts'
import type { Rulers, Scores, ValueClass } from './contract.ts'

/** What scores are made of. Money is minor units, net. */
export type Bought = { lastPurchase: Day | null; purchases: number; revenue: number }

/**
 * Into how many groups a number of buyers may honestly be cut. Below 15 a group of a third has not five people; below 50
 * a fifth has not ten.
 */
export function groupsFor(buyers: number): 5 | 3 | 0 {
  if (buyers >= 50) return 5
  return buyers >= 15 ? 3 : 0
}

/** The score from which on a value counts as high: 4 and 5 of five, 3 of three. */
export function highOf(groups: 5 | 3 | 0): number {
  return { 5: 4, 3: 3, 0: 0 }[groups]
}

/**
 * The places (from 0, in rising order) of the values at which `buyers` are cut: the smallest value that at least 1/n, 2/n… of
 * them do not exceed.
 */
export function cutPlaces(buyers: number, groups: number): number[] {
  return Array.from({ length: Math.max(0, groups - 1) }, (_, cut) => Math.ceil(((cut + 1) * buyers) / groups) - 1)
}

/**
 * A score: one more than the number of cuts that the value exceeds. Equal values have equal scores, and the cut itself belongs to the
 * lower group: where most bought once, once is the lowest score and some scores are nobody's.
 */
export function scoreOf<T extends string | number>(value: T, cuts: readonly T[]): number {
  return 1 + cuts.filter((cut) => value > cut).length
}

/** The scores of a customer; nothing for who never bought, and in a shop with too few buyers. */
export function scoresOf(bought: Bought, rulers: Rulers): Scores | null {
  if (bought.lastPurchase === null || rulers.groups === 0) return null
  const frequency = scoreOf(bought.purchases, rulers.frequency)
  const monetary = scoreOf(bought.revenue, rulers.monetary)
  return {
    recency: scoreOf(bought.lastPurchase, rulers.recency),
    frequency,
    monetary,
    frequencyMonetary: Math.floor((frequency + monetary + 1) / 2),
  }
}

/**
 * The four classes, by amount and number of purchases, as shopkeepers know them:
 *   retain   重点挽留  much money, often: the shop lives of them, do not lose one
 *   develop  重点发展  much money, seldom: let them come more often
 *   loyal    普通忠诚  little money, often: faithful, show them more
 *   ordinary 普通      little money, seldom
 * How long ago the last purchase lies is told by the stage beside it, not by the class.
 */
export function classOf(scores: Scores, high: number): ValueClass {
  const often = scores.frequency >= high
  const much = scores.monetary >= high
  if (much) return often ? 'retain' : 'develop'
  return often ? 'loyal' : 'ordinary'
}

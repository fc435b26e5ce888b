import { addDays, type Day, daysBetween } from '#platform/days.ts'
import type { Stage, StageReason, Thresholds } from './contract.ts'

/** Active below 90 calendar days since the last purchase, silent below 180, sleeping below 270, lost beyond. */
export const defaultThresholds: Thresholds = { active: 90, silent: 180, sleeping: 270 }

/** What a stage rests on: days of the shop's zone on which a sale that counts was placed; null: never bought. */
export type Purchases = { firstPurchase: Day | null; lastPurchase: Day | null }

/** The stage of a customer on a day. A cancellation is no purchase; who never bought stands apart. */
export function stageOn(day: Day, { lastPurchase }: Purchases, thresholds: Thresholds): Stage {
  if (lastPurchase === null) return 'never'
  const days = daysBetween(lastPurchase, day)
  if (days < thresholds.active) return 'active'
  if (days < thresholds.silent) return 'silent'
  if (days < thresholds.sleeping) return 'sleeping'
  return 'lost'
}

/** The mark within active: the first purchase, too, lies within the active window. */
export function isNewOn(day: Day, { firstPurchase }: Purchases, thresholds: Thresholds): boolean {
  return firstPurchase !== null && daysBetween(firstPurchase, day) < thresholds.active
}

/** What comes next and when, if nothing is bought until then; nothing after lost, nor for who never bought. */
export function nextStage(
  day: Day,
  purchases: Purchases,
  thresholds: Thresholds,
): { stage: Stage; day: Day } | undefined {
  const { lastPurchase } = purchases
  if (lastPurchase === null) return undefined
  switch (stageOn(day, purchases, thresholds)) {
    case 'active':
      return { stage: 'silent', day: addDays(lastPurchase, thresholds.active) }
    case 'silent':
      return { stage: 'sleeping', day: addDays(lastPurchase, thresholds.silent) }
    case 'sleeping':
      return { stage: 'lost', day: addDays(lastPurchase, thresholds.sleeping) }
    default:
      return undefined
  }
}

/** The day on which stage or mark change by time alone. */
export function recheckDay(day: Day, purchases: Purchases, thresholds: Thresholds): Day | null {
  const next = nextStage(day, purchases, thresholds)?.day
  const unmarked = isNewOn(day, purchases, thresholds)
    ? addDays(purchases.firstPurchase!, thresholds.active)
    : undefined
  const days = [next, unmarked].filter((one) => one !== undefined).sort()
  return days[0] ?? null
}

/** The stage with what it rests on. */
export function reasonOf(asOf: Day, purchases: Purchases, thresholds: Thresholds): StageReason {
  const next = nextStage(asOf, purchases, thresholds)
  const { firstPurchase, lastPurchase } = purchases
  return {
    stage: stageOn(asOf, purchases, thresholds),
    isNew: isNewOn(asOf, purchases, thresholds),
    asOf,
    firstPurchaseDay: firstPurchase,
    lastPurchaseDay: lastPurchase,
    daysSince: lastPurchase === null ? null : Math.max(0, daysBetween(lastPurchase, asOf)),
    thresholds,
    nextStage: next?.stage ?? null,
    nextDay: next?.day ?? null,
  }
}

import type { History } from './histories.ts'
import { expectedPurchases, type PurchaseModel } from './purchase-model.ts'

const daysInMonth = 365.25 / 12

/**
 * What the rest of her life as a customer is worth today: purchases of each coming month times what one brings, a later month
 * counting less.
 * @param spend what a purchase brings; the answer has its unit
 * @param yearly by how much a year's wait lessens: 0.1 for a tenth
 */
export function residualValue(
  model: PurchaseModel,
  history: History,
  { spend, years, yearly }: { spend: number; years: number; yearly: number },
): number {
  let before = 0
  let worth = 0
  for (let month = 1; month <= years * 12; month += 1) {
    const until = expectedPurchases(model, history, month * daysInMonth)
    worth += (until - before) / (1 + yearly) ** ((month - 0.5) / 12)
    before = until
  }
  return worth * spend
}

import { type Day, daysBetween } from '#platform/days.ts'
import type { Check } from './contract.ts'
import { chanceToBuy, expectedPurchases, type PurchaseModel } from './maths/purchase-model.ts'
import type { Past } from './past.ts'

const bins = 10

/** What a model of a past day foretold, beside what those people did after it. One look at each different history. */
export function checkOf(model: PurchaseModel, past: Past, { cutoff, asOf }: { cutoff: Day; asOf: Day }): Check {
  const days = daysBetween(cutoff, asOf)
  const sums = Array.from({ length: bins }, () => ({ people: 0, expected: 0, actual: 0 }))
  const purchases = { expected: 0, actual: 0 }
  for (let place = 0; place < past.count.length; place += 1) {
    const count = past.count[place]!
    const history = { repeats: past.repeats[place]!, last: past.last[place]!, age: past.age[place]! }
    const chance = chanceToBuy(model, history, days)
    const sum = sums[Math.min(bins - 1, Math.floor(chance * bins))]!
    sum.people += count
    sum.expected += count * chance
    sum.actual += past.again[place]!
    purchases.expected += count * expectedPurchases(model, history, days)
    purchases.actual += past.bought[place]!
  }
  const people = sums.reduce((sum, one) => sum + one.people, 0)
  return {
    cutoff,
    days,
    people,
    off: people === 0 ? 0 : sums.reduce((sum, one) => sum + Math.abs(one.expected - one.actual), 0) / people,
    purchases,
    bins: sums.map(({ people, expected, actual }, place) => {
      const percent = (place * 100) / bins
      const to = place === bins - 1 ? 100 : percent + 100 / bins - 1
      return {
        from: place / bins,
        people,
        expected: people === 0 ? 0 : expected / people,
        actual: people === 0 ? 0 : actual / people,
        now: 0,
        peopleNow: { is: 'foretold', of: days === 365 ? 'again365' : 'again90', atLeast: percent, atMost: to },
      }
    }),
  }
}

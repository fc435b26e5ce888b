import { addDays } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import type { Period, SalesMonth, Totals } from './ask-shop.ts'
import type { Metric, MetricKey } from './contract.ts'
import { type Counted, definitions, type MetricName, numberFrom } from './definitions.ts'

const buyers: Condition = { is: 'number', field: 'purchases', atLeast: 1 }
const repeatBuyers: Condition = { is: 'number', field: 'purchases', atLeast: 2 }

/** The numbers of the overview as the registry defines them, each with the question that opens the people behind it. */
export function metricsOf(totals: Totals, sales: readonly SalesMonth[], period: Period): Metric[] {
  const sum = (of: (month: SalesMonth) => number) => sales.reduce((total, month) => total + of(month), 0)
  const inAll: Counted = {
    customers: totals.customers,
    buyers: totals.buyers,
    repeatBuyers: totals.repeatBuyers,
    revenue: sum((month) => month.revenue),
    knownRevenue: totals.knownRevenue,
    purchases: sum((month) => month.purchases),
  }
  const within: Counted = {
    revenue: sum((month) => month.periodRevenue),
    purchases: sum((month) => month.periodPurchases),
    buyers: totals.periodBuyers,
    newBuyers: totals.newBuyers,
  }
  const inPeriod: Condition = { is: 'bought', ...period }
  const firstInPeriod: Condition = { is: 'day', field: 'firstPurchase', ...period }
  const before: Condition = { is: 'day', field: 'firstPurchase', to: addDays(period.from, -1) }
  const shown = (key: MetricKey, of: MetricName, counted: Counted, people: Condition | null): Metric => ({
    key,
    of,
    unit: definitions[of].unit,
    value: numberFrom(of, counted),
    people,
  })
  return [
    shown('customers', 'customers', inAll, { is: 'everyone' }),
    shown('buyers', 'buyers', inAll, buyers),
    shown('repeatBuyers', 'repeatBuyers', inAll, repeatBuyers),
    shown('repurchaseRate', 'repurchaseRate', inAll, repeatBuyers),
    shown('revenue', 'revenue', inAll, buyers),
    shown('anonymousRevenue', 'anonymousRevenue', inAll, null),
    shown('purchases', 'purchases', inAll, buyers),
    shown('averageOrder', 'averageOrder', inAll, buyers),
    shown('periodRevenue', 'revenue', within, inPeriod),
    shown('periodPurchases', 'purchases', within, inPeriod),
    shown('periodBuyers', 'buyers', within, inPeriod),
    shown('newBuyers', 'newBuyers', within, firstInPeriod),
    shown('returningBuyers', 'returningBuyers', within, { is: 'and', of: [inPeriod, before] }),
    shown('periodAverageOrder', 'averageOrder', within, inPeriod),
  ]
}

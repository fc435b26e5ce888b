import { addDays } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import type { Period, SalesMonth, Totals } from './ask-shop.ts'
import type { Metric, MetricKey } from './contract.ts'

const buyers: Condition = { is: 'number', field: 'purchases', atLeast: 1 }
const repeatBuyers: Condition = { is: 'number', field: 'purchases', atLeast: 2 }

/** The numbers with the question that opens the people behind each. */
export function metricsOf(totals: Totals, sales: readonly SalesMonth[], period: Period): Metric[] {
  const sum = (of: (month: SalesMonth) => number) => sales.reduce((total, month) => total + of(month), 0)
  const revenue = sum((month) => month.revenue)
  const purchases = sum((month) => month.purchases)
  const periodRevenue = sum((month) => month.periodRevenue)
  const periodPurchases = sum((month) => month.periodPurchases)
  const inPeriod: Condition = { is: 'bought', ...period }
  const firstInPeriod: Condition = { is: 'day', field: 'firstPurchase', ...period }
  const before: Condition = { is: 'day', field: 'firstPurchase', to: addDays(period.from, -1) }
  return [
    count('customers', totals.customers, { is: 'everyone' }),
    count('buyers', totals.buyers, buyers),
    count('repeatBuyers', totals.repeatBuyers, repeatBuyers),
    { key: 'repurchaseRate', unit: 'rate', value: part(totals.repeatBuyers, totals.buyers), people: repeatBuyers },
    money('revenue', revenue, buyers),
    money('anonymousRevenue', revenue - totals.knownRevenue, null),
    count('purchases', purchases, buyers),
    money('averageOrder', average(revenue, purchases), buyers),
    money('periodRevenue', periodRevenue, inPeriod),
    count('periodPurchases', periodPurchases, inPeriod),
    count('periodBuyers', totals.periodBuyers, inPeriod),
    count('newBuyers', totals.newBuyers, firstInPeriod),
    count('returningBuyers', totals.periodBuyers - totals.newBuyers, { is: 'and', of: [inPeriod, before] }),
    money('periodAverageOrder', average(periodRevenue, periodPurchases), inPeriod),
  ]
}

function count(key: MetricKey, value: number, people: Condition | null): Metric {
  return { key, unit: 'count', value, people }
}

function money(key: MetricKey, value: number | null, people: Condition | null): Metric {
  return { key, unit: 'money', value, people }
}

function part(some: number, all: number): number | null {
  return all === 0 ? null : some / all
}

function average(amount: number, orders: number): number | null {
  return orders === 0 ? null : Math.round(amount / orders)
}

import { addDays } from '#platform/days.ts'
import type { Condition, OfOrders } from '#understand/query/contract.ts'
import type { ReportMetric } from './contract.ts'
import type { Days } from './period.ts'

/** What divides the people of a cell from the others: what they are, or what they bought and where. */
export type Whose = { where: Condition; part?: Condition; orders?: OfOrders }

/** The question behind a number of a report: behind money and purchases stands who bought then. Null where nobody can be named. */
export function peopleBehind(
  metric: ReportMetric,
  { from, to }: Days,
  { where, part, orders }: Whose,
): Condition | null {
  const bought = (atLeast: number): Condition =>
    atLeast === 1 && !orders ? { is: 'bought', from, to } : { is: 'orders', of: 'count', from, to, ...orders, atLeast }
  const first: Condition = { is: 'day', field: 'firstPurchase', from, to }
  const before: Condition = { is: 'day', field: 'firstPurchase', to: addDays(from, -1) }
  const whose = [where, ...(part ? [part] : [])]
  switch (metric) {
    case 'anonymousRevenue':
      return null
    case 'customers':
      return all(orders ? [...whose, bought(1)] : whose)
    case 'newBuyers':
      return all([...whose, first, ...(orders ? [bought(1)] : [])])
    case 'returningBuyers':
      return all([...whose, bought(1), before])
    case 'repeatBuyers':
    case 'repurchaseRate':
      return all([...whose, bought(2)])
    default:
      return all([...whose, bought(1)])
  }
}

function all(of: readonly Condition[]): Condition {
  const asked = of.filter(({ is }) => is !== 'everyone')
  if (asked.length === 0) return { is: 'everyone' }
  return asked.length === 1 ? asked[0]! : { is: 'and', of: asked }
}

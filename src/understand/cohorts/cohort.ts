import { addDays, type Day } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'
import { firstDayOf, lastDayOf, monthOf } from '#understand/query/index.ts'
import type { CohortBy, CohortWhat } from './contract.ts'

/** Months as query/month.ts counts them. */
export type Months = { first: number; last: number; asOf: Day }

/** The months of first purchases that are looked at, up to that of the day. */
export function monthsOf(asOf: Day, count: number): Months {
  const last = monthOf(asOf)
  return { first: last - count + 1, last, asOf }
}

/** Whether a month is over on the day: what is seen of it then is all of it. */
export function isOver(month: number, { asOf }: Months): boolean {
  return lastDayOf(month) < addDays(asOf, 1)
}

/** The months of first purchases of which the month so many after is over. Of them alone several months are put together. */
export function monthsSeen(after: number, { first, last, ...days }: Months): number[] {
  return range(first, last).filter((month) => isOver(month + after, { first, last, ...days }))
}

export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}

/** Who is in a group, by what stood beside the first purchase. @param shopIds of a channel */
export function groupOf(by: CohortBy, key: string, shopIds: readonly number[] = []): Condition {
  switch (by) {
    case 'category':
      return { is: 'firstBought', categories: [key] }
    case 'product':
      return { is: 'firstBought', productIds: [Number(key)] }
    case 'shop':
      return { is: 'firstBought', shopIds: [Number(key)] }
    case 'channel':
      return shopIds.length > 0 ? { is: 'firstBought', shopIds: [...shopIds] } : nobody
    case 'way':
      return { is: 'came', in: [Number(key)] }
    case 'month':
      return { is: 'everyone' }
  }
}

const nobody: Condition = { is: 'not', of: { is: 'everyone' } }

/** Who bought for the first time in these months. */
export function firstIn(months: readonly number[]): Condition {
  const [from, to] = [months[0], months.at(-1)]
  if (from === undefined || to === undefined) return nobody
  return { is: 'day', field: 'firstPurchase', from: firstDayOf(from), to: lastDayOf(to) }
}

/** Of those of each of these months, who had bought again by the end of the month so many after, or bought in it. */
export function peopleAfter(months: readonly number[], after: number, what: CohortWhat): Condition {
  const of = months.map((month): Condition => {
    const then = month + after
    const came: Condition =
      what === 'again'
        ? { is: 'orders', of: 'count', to: lastDayOf(then), atLeast: 2 }
        : { is: 'bought', from: firstDayOf(then), to: lastDayOf(then) }
    return { is: 'and', of: [firstIn([month]), came] }
  })
  if (of.length === 0) return nobody
  return of.length === 1 ? of[0]! : { is: 'or', of }
}

export function both(one: Condition, other: Condition): Condition {
  return one.is === 'everyone' ? other : { is: 'and', of: [one, other] }
}

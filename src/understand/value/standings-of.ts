import { customersByIds } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { bindings, type Found, type Lens, lensOf, rowsOf, sourceOf } from '#understand/query/index.ts'
import type { Standing } from './contract.ts'
import { judgeOf } from './list-standings.ts'

/** Where the given customers stand today, those that the actor sees; at most 100. */
export async function standingsOf(ctx: Context, ids: readonly number[]): Promise<Standing[]> {
  const seen = (await customersByIds(ctx, [...ids])).map(({ id }) => id)
  if (seen.length === 0) return []
  const lens = await lensOf(ctx)
  const [numbers, judge] = await Promise.all([numbersOf(ctx, lens, seen), judgeOf(ctx, lens)])
  return seen.map((customerId) => judge(numbers.get(customerId) ?? unknownYet(customerId)))
}

/** Customers' numbers by key. Whom the columns do not show yet is not in it. */
export async function numbersOf(ctx: Context, lens: Lens, ids: readonly number[]): Promise<Map<number, Found>> {
  const bound = bindings()
  const source = sourceOf(lens, bound)
  const found = await rowsOf<Found>(ctx, {
    sql: `SELECT customer_id AS customerId, toString(first_purchase) AS firstPurchase, toString(last_purchase) AS lastPurchase, purchases, revenue
FROM ${source} WHERE customer_id IN ${bound.bind([...ids], 'Array(UInt64)')}`,
    params: bound.params,
  })
  return new Map(found.map((one) => [one.customerId, one]))
}

/** Whom the columns do not show yet has bought nothing by them. */
export function unknownYet(customerId: number): Found {
  return { customerId, firstPurchase: null, lastPurchase: null, purchases: 0, revenue: 0 }
}

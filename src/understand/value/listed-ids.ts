import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { customerQuery } from '#understand/query/contract.ts'
import { findAll } from '#understand/query/index.ts'
import { planFor } from './yardstick-for.ts'

/**
 * The ids of the customers that a question finds, in its order, in batches; for the export of a list.
 * @param list a `CustomerQuery`
 * @throws Refusal `http.invalid_input` when it is none
 */
export async function* listedIds(ctx: Context, list: unknown): AsyncGenerator<number[]> {
  const asked = customerQuery.safeParse(list)
  if (!asked.success) throw new Refusal('invalid', 'http.invalid_input')
  const plan = await planFor(ctx, asked.data)
  for await (const batch of findAll(ctx, plan)) yield batch.map(({ customerId }) => customerId)
}

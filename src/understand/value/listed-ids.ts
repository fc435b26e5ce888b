import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { customerQuery } from '#understand/query/contract.ts'
import { findAll } from '#understand/query/index.ts'
import { planFor } from './yardstick-for.ts'

/**
 * The customers of a list as it is described by a question, in its order, batch by batch; for exports.
 * @param list a `customerQuery`: what POST /customers/query takes, without page
 * @throws Refusal `http.invalid_input` at once, before anything is sent
 */
export function listedIds(ctx: Context, list: unknown): AsyncIterable<readonly number[]> {
  const asked = customerQuery.safeParse(list)
  if (!asked.success) throw new Refusal('invalid', 'http.invalid_input')
  return idsOf(ctx, asked.data)
}

async function* idsOf(ctx: Context, asked: Parameters<typeof planFor>[1]): AsyncGenerator<number[]> {
  for await (const batch of findAll(ctx, await planFor(ctx, asked))) yield batch.map(({ customerId }) => customerId)
}

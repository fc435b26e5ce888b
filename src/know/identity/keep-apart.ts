import { sql } from 'kysely'
import { lockIdentity } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { customersOf } from './customer-of.ts'
import { keptApart } from './facts.ts'
import { firstProfileOf } from './first-profile.ts'
import { refuseUnseen } from './merge-customers.ts'
import { cut } from './undo-merge.ts'

/**
 * Says that two customers are not the same person: no identifier ties them, nothing proposes them again. Merging them lifts it.
 * @throws Refusal `customers.unknown`, `identity.already_one`
 */
export function keepApart(ctx: Context, id: number, otherId: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentity(ctx)
    const survivors = await customersOf(ctx, [id, otherId])
    const [one, other] = [survivors.get(id)!, survivors.get(otherId)!]
    if (one === other) throw new Refusal('conflict', 'identity.already_one', { id: one })
    await refuseUnseen(ctx, [one, other])
    await cut(ctx, [[one, other]])
    await announce(ctx, keptApart, { profileId: await firstProfileOf(ctx, one), subjectId: one, data: { other } })
  })
}

/**
 * Takes that back: evidence may tie the two again. Nothing where nobody said it of these two.
 * @throws Refusal `customers.unknown`
 */
export function letTogether(ctx: Context, id: number, otherId: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentity(ctx)
    const survivors = await customersOf(ctx, [id, otherId])
    await refuseUnseen(ctx, [...new Set(survivors.values())])
    await sql`
      delete from identity_cuts
       where one_id = least(${id}::bigint, ${otherId}::bigint) and other_id = greatest(${id}::bigint, ${otherId}::bigint)`.execute(
      ctx.db,
    )
  })
}

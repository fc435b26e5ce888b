import { sql } from 'kysely'
import { lockIdentity, unknownCustomer, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { customersOf } from './customer-of.ts'
import { customersMerged } from './facts.ts'
import { firstProfileOf } from './first-profile.ts'
import { rebuildGroups } from './rebuild-groups.ts'

/**
 * Says that customers are one person: an edge from each to the survivor. Old ids are taken, and stand for whom they lead to. What was
 * said to be two people is lifted, and stands again when the merge is undone.
 * @throws Refusal `customers.unknown` also where one is not this actor's, `identity.already_one`
 */
export function mergeCustomers(
  ctx: Context,
  {
    into,
    from,
    evidence,
    reason,
  }: { into: number; from: readonly number[]; evidence: 'staff' | 'suggestion'; reason?: string },
): Promise<{ mergeId: number; customerId: number }> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentity(ctx)
    const survivors = await customersOf(ctx, [into, ...from])
    const customerId = survivors.get(into)!
    const merged = [...new Set(from.map((id) => survivors.get(id)!))].filter((id) => id !== customerId).sort(byNumber)
    if (merged.length === 0) throw new Refusal('conflict', 'identity.already_one', { id: customerId })
    await refuseUnseen(ctx, [customerId, ...merged])
    const now = ctx.clock.now()
    const { rows } = await sql<{ mergeId: number }>`
      with made as (
        insert into identity_merges (evidence, reason, actor, at)
        values (${evidence}, ${reason ?? null}, ${ctx.actor.label}, ${now}) returning id
      ),
      edges as (
        insert into identity_edges (merge_id, into_id, from_id)
        select made.id, ${customerId}::bigint, unnest(${merged}::bigint[]) from made
      )
      select id as merge_id from made`.execute(ctx.db)
    const { mergeId } = rows[0]!
    const group = await rebuildGroups(ctx, [customerId, ...merged])
    const nodes = [...group.keys()]
    await sql`
      update identity_cuts set lifted_by = ${mergeId}
       where lifted_by is null and one_id = any(${nodes}::bigint[]) and other_id = any(${nodes}::bigint[])`.execute(
      ctx.db,
    )
    await announce(ctx, customersMerged, {
      profileId: await firstProfileOf(ctx, customerId),
      subjectId: customerId,
      data: { merge: mergeId, from: merged, evidence },
    })
    return { mergeId, customerId }
  })
}

/** @throws Refusal `customers.unknown` for the first that is not there or not this actor's */
export async function refuseUnseen(ctx: Context, ids: readonly number[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from customers where id = any(${ids}::bigint[]) and ${visibleCustomers(ctx)}`.execute(ctx.db)
  const seen = new Set(rows.map((row) => row.id))
  for (const id of ids) if (!seen.has(id)) throw unknownCustomer(id)
}

const byNumber = (a: number, b: number) => a - b

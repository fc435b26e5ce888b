import { sql } from 'kysely'
import { activeStaff } from '#know/staff/index.ts'
import { note as tell } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { lockedForEdit } from './customer.ts'
import { handedOver } from './facts.ts'

/**
 * Says who looks after a customer from now on. The note is for the next one; it stands in the customer's history and in no fact.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.unknown_owner`
 */
export function handOver(
  ctx: Context,
  version: number,
  { id, ownerId, note }: { id: number; ownerId: number | null; note?: string },
): Promise<{ ownerId: number | null; version: number }> {
  return inTransaction(ctx, async (ctx) => {
    await lockedForEdit(ctx, id, version)
    await refuseUnknownOwner(ctx, ownerId)
    const { rows } = await sql<{ fromId: number | null; profileId: number | null }>`
      with changed as (
        update customers set owner_id = ${ownerId}, owner_from = case when ${ownerId}::bigint is null then ${id}::bigint end, version = customers.version + 1, xid = pg_current_xact_id()
          from customers as before
         where customers.id = ${id} and before.id = customers.id and before.owner_id is distinct from ${ownerId}::bigint
        returning before.owner_id as from_id
      ),
      history as (
        insert into customer_owner_changes (customer_id, from_id, to_id, note, actor, at)
        select ${id}, from_id, ${ownerId}, ${note ?? null}, ${ctx.actor.label}, ${ctx.clock.now()} from changed
      )
      select from_id, (select min(profile_id) from profile_customers where customer_id = ${id}) as profile_id from changed`.execute(
      ctx.db,
    )
    const changed = rows[0]
    if (!changed) return { ownerId, version }
    if (note) tell(ctx, { shown: { note } })
    await announce(ctx, handedOver, {
      profileId: changed.profileId ?? undefined,
      subjectId: id,
      data: { from: changed.fromId, to: ownerId },
    })
    return { ownerId, version: version + 1 }
  })
}

/** An owner is somebody who works here now. @throws Refusal `customers.unknown_owner` */
export async function refuseUnknownOwner(ctx: Context, ownerId: number | null): Promise<void> {
  if (ownerId === null) return
  if (!(await activeStaff(ctx, [ownerId])).includes(ownerId)) throw new Refusal('invalid', 'customers.unknown_owner')
}

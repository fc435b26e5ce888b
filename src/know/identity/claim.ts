import { sql } from 'kysely'
import { lockCustomer, refresh, visibleOrders } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { orderClaimed, orderUnclaimed } from './facts.ts'

/**
 * Gives an order of nobody to a customer, by the number on its receipt: its profile, which nobody held, is the customer's from now
 * on. The order itself is not touched.
 * @param input.sourceId of which source, where several gave the same number
 * @throws Refusal `customers.unknown`, `identity.no_receipt` also where its shop is not this actor's, `identity.claimed_already`,
 *   `identity.several_receipts`
 */
export function claim(
  ctx: Context,
  { id, number, sourceId }: { id: number; number: string; sourceId?: number },
): Promise<{ profileId: number }> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const { rows } = await sql<{ profileId: number; customerId: number | null }>`
      select p.id as profile_id, map.customer_id
        from profiles p left join profile_customers map on map.profile_id = p.id
       where p.external_id = ${`order:${number.trim()}`} and p.source_id in (select id from sources)
         ${sourceId === undefined ? sql`` : sql`and p.source_id = ${sourceId}`}
         and exists (select from orders o where o.profile_id = p.id and ${seenReceipts(ctx)})
       order by p.id for update of p`.execute(ctx.db)
    const free = rows.filter((row) => row.customerId === null)
    if (rows.length === 0) throw new Refusal('not_found', 'identity.no_receipt')
    if (free.length === 0) throw new Refusal('conflict', 'identity.claimed_already')
    if (free.length > 1) throw new Refusal('conflict', 'identity.several_receipts', { count: free.length })
    const { profileId } = free[0]!
    const { rows: mapped } = await sql`
      insert into profile_customers (profile_id, customer_id, since) values (${profileId}, ${id}, ${ctx.clock.now()})
          on conflict do nothing returning profile_id`.execute(ctx.db)
    if (mapped.length === 0) throw new Refusal('conflict', 'identity.claimed_already')
    await refresh(ctx, [id])
    await announce(ctx, orderClaimed, { profileId, subjectId: id, data: { profile: profileId } })
    return { profileId }
  })
}

/** Who sees but the own customers is handed the receipt of whoever stands at the counter. */
function seenReceipts(ctx: Context) {
  return ctx.actor.scope.kind === 'owners' ? sql`true` : visibleOrders(ctx)
}

/**
 * Takes a claimed order back: it is nobody's again.
 * @throws Refusal `customers.unknown`, `identity.not_claimed`, `identity.nothing_left`
 */
export function unclaim(ctx: Context, { id, profileId }: { id: number; profileId: number }): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const { rows: left } = await sql`
      select from profile_customers own join profile_customers map
               on map.customer_id = own.customer_id and coalesce(map.home_id, map.customer_id) = coalesce(own.home_id, own.customer_id)
       where own.profile_id = ${profileId} and map.profile_id <> own.profile_id limit 1`.execute(ctx.db)
    const { rows } = await sql`
      with gone as (
        delete from profile_customers map using profiles p
         where map.profile_id = ${profileId} and map.customer_id = ${id} and p.id = map.profile_id and p.external_id like 'order:%'
        returning map.profile_id
      )
      insert into tombstones (entity, row_id) select 'profile_customers', profile_id from gone
          on conflict (entity, row_id) do update set xid = excluded.xid
      returning row_id`.execute(ctx.db)
    if (rows.length === 0) throw new Refusal('not_found', 'identity.not_claimed')
    if (left.length === 0) throw new Refusal('conflict', 'identity.nothing_left')
    await refresh(ctx, [id])
    await announce(ctx, orderUnclaimed, { profileId, subjectId: id, data: { profile: profileId } })
  })
}

import { sql } from 'kysely'
import { customersAdded, lockIdentity, refresh, unknownCustomer } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { profilesSplit } from './facts.ts'
import { refuseUnseen } from './merge-customers.ts'
import { cut } from './undo-merge.ts'

type Moving = { profileId: number; homeId: number; stays: boolean }

/**
 * Says that some profiles are of another person: they go to a customer of their own, who is not tied to this one again. Their orders
 * and what they say go with them. Taken back by merging the two.
 * @throws Refusal `customers.unknown`, `identity.not_its_profile`, `identity.staff_profile_stays`, `identity.nothing_left`
 */
export function split(
  ctx: Context,
  { id, profileIds, reason }: { id: number; profileIds: readonly number[]; reason?: string },
): Promise<{ customerId: number }> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentity(ctx)
    await refuseUnseen(ctx, [id])
    const { rows } = await sql<Moving>`
      select map.profile_id, coalesce(map.home_id, map.customer_id) as home_id,
             s.kind = 'staff' and p.external_id like 'customer:%' as stays
        from profile_customers map
        join profiles p on p.id = map.profile_id join sources s on s.id = p.source_id
       where map.customer_id = ${id} order by map.profile_id for update of map`.execute(ctx.db)
    const moving = rows.filter((row) => profileIds.includes(row.profileId))
    if (moving.length < new Set(profileIds).size) throw new Refusal('not_found', 'identity.not_its_profile')
    if (moving.some((row) => row.stays)) throw new Refusal('invalid', 'identity.staff_profile_stays')
    if (moving.length === rows.length) throw new Refusal('invalid', 'identity.nothing_left')
    const ids = moving.map((row) => row.profileId)
    const { rows: made } = await sql<{ id: number }>`
      insert into customers (created_at, owner_id)
      select ${ctx.clock.now()}, case when owner_from is null then owner_id end from customers where id = ${id}
      returning id`.execute(ctx.db)
    if (!made[0]) throw unknownCustomer(id)
    const customerId = made[0].id
    await sql`
      update profile_customers set customer_id = ${customerId}, home_id = null, xid = pg_current_xact_id()
       where profile_id = any(${ids}::bigint[])`.execute(ctx.db)
    await cut(
      ctx,
      [...new Set(moving.map((row) => row.homeId))].map((home): [number, number] => [home, customerId]),
    )
    await refresh(ctx, [id, customerId])
    await announce(ctx, customersAdded, { profileId: ids[0], subjectId: customerId, data: { fields: [] } })
    await announce(ctx, profilesSplit, {
      profileId: rows.find((row) => !ids.includes(row.profileId))!.profileId,
      subjectId: id,
      data: { to: customerId, profiles: ids.length, ...(reason ? { reasoned: true } : {}) },
    })
    return { customerId }
  })
}

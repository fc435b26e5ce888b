import { type RawBuilder, sql } from 'kysely'
import { actorNames, seenProfiles, visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { ArrivalSaying } from './contract.ts'

/**
 * What is said of a person's arrival, what holds first: hands before imports before the tracker, among equals the earliest. The columns'
 * counterpart is understand/query/record.ts.
 */
export const inOrder: RawBuilder<unknown> = sql`
  array_position(array['hand', 'import', 'tracking'], said.origin), said.on_day, said.profile_id`

type Record = Omit<ArrivalSaying, 'actorName' | 'referredBy' | 'on'> & {
  onDay: string
  actor: string
  referredById: number | null
  referredByName: string | null
}

/** All that is said of where a customer came from, what holds first. @throws Refusal `customers.unknown` */
export async function arrivalOf(ctx: Context, id: number): Promise<ArrivalSaying[]> {
  const profileIds = await seenProfiles(ctx, id)
  const { rows } = await sql<Record>`
    select said.origin, said.way_id, said.campaign, said.referrer, said.on_day, said.actor, by.id as referred_by_id, by.name as referred_by_name
      from arrivals said
      left join lateral (
        select customers.id, customers.name from profile_customers map join customers on customers.id = map.customer_id
         where map.profile_id = said.referrer_profile_id and ${visibleCustomers(ctx)}) as by on true
     where said.profile_id = any(${profileIds}::bigint[]) and not said.gone
     order by ${inOrder}`.execute(ctx.db)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  return rows.map(({ actor, onDay, referredById, referredByName, ...said }) => ({
    ...said,
    on: onDay,
    referredBy: referredById === null ? null : { id: referredById, name: referredByName },
    actorName: names.get(actor) ?? null,
  }))
}

export type Arrival = { customerId: number; wayId: number | null; campaign: string | null; on: string }

/** Where some customers came from; of whom nothing is said, and who is not the actor's, is left out. */
export async function arrivalsOfMany(ctx: Context, ids: readonly number[]): Promise<Arrival[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<Arrival, 'on'> & { onDay: string }>`
    select distinct on (customers.id) customers.id as customer_id, said.way_id, said.campaign, said.on_day
      from customers join profile_customers map on map.customer_id = customers.id
      join arrivals said on said.profile_id = map.profile_id and not said.gone
     where customers.id = any(${[...ids]}::bigint[]) and ${visibleCustomers(ctx)}
     order by customers.id, ${inOrder}`.execute(ctx.db)
  return rows.map(({ onDay, ...one }) => ({ ...one, on: onDay }))
}

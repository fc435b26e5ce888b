import { sql } from 'kysely'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { staffSource } from './document.ts'

/**
 * The profile under which a customer's order is written: what staff know of the person, else the oldest profile; before
 * those of customers merged into this one, so that undoing the merge leaves the order here.
 * @throws Refusal `orders.unknown_customer`, also where the customer is not the actor's
 */
export async function profileFor(ctx: Context, customerId: number): Promise<number> {
  const { rows } = await sql<{ profileId: number }>`
    select map.profile_id
      from customers
      join profile_customers map on map.customer_id = customers.id
      join profiles on profiles.id = map.profile_id
     where customers.id = ${customerId} and ${visibleCustomers(ctx)}
     order by profiles.source_id <> ${await staffSource(ctx)}, map.home_id is not null, map.profile_id
     limit 1`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('invalid', 'orders.unknown_customer', { customerId })
  return rows[0].profileId
}

/**
 * A profile of its own for an order of nobody we know; the map does not hold it until somebody claims the order.
 * @throws Refusal `orders.number_taken`
 */
export async function anonymousProfile(ctx: Context, number: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into profiles (source_id, external_id) values (${await staffSource(ctx)}, ${`order:${number}`})
    on conflict (source_id, external_id) do nothing
    returning id`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('conflict', 'orders.number_taken', { number })
  return rows[0].id
}

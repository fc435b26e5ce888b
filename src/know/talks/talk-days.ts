import { sql } from 'kysely'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { TalkDays } from './contract.ts'

/** The days of the last talk and the next of some customers; who has none, or is not the actor's, is left out. */
export async function talkDaysOf(ctx: Context, ids: readonly number[]): Promise<TalkDays[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<TalkDays>`
    select customers.id as customer_id, max(days.last_on) as last_talked, min(days.next_on) as next_talk
      from customers
      join profile_customers map on map.customer_id = customers.id join profile_talks days on days.profile_id = map.profile_id
     where customers.id = any(${[...ids]}::bigint[]) and ${visibleCustomers(ctx)}
     group by customers.id`.execute(ctx.db)
  return rows
}

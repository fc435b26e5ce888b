import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** The profile on whose timeline a fact about the customer itself stands: that of its own node which is there the longest. */
export async function firstProfileOf(ctx: Context, customerId: number): Promise<number | undefined> {
  const { rows } = await sql<{ profileId: number }>`
    select profile_id from profile_customers where customer_id = ${customerId}
     order by home_id is not null, profile_id limit 1`.execute(ctx.db)
  return rows[0]?.profileId
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { refresh } from './refresh.ts'

/**
 * Deletes profiles of an import with all that they say, and the customers that have no other profile. Of customers that keep one,
 * what is shown is chosen anew. The caller has made sure that no order stands on them.
 * @param actor of the facts that go with them, as `import:3`
 */
export async function removeProfiles(ctx: Context, ids: readonly number[], actor: string): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ customerId: number; left: boolean }>`
    select map.customer_id, bool_or(map.profile_id <> all(${ids})) as left
      from profile_customers map
     where map.customer_id in (select customer_id from profile_customers where profile_id = any(${ids}))
     group by map.customer_id`.execute(ctx.db)
  const orphans = rows.filter((row) => !row.left).map((row) => row.customerId)
  await sql`
    with mapped as (
      select profile_id from profile_customers where profile_id = any(${ids})
    ),
    untold as (
      delete from facts where profile_id = any(${ids}) and actor = ${actor} and historic and kind like 'customers.%'
    ),
    gone as (
      delete from profiles where id = any(${ids}) returning id
    ),
    people as (
      delete from customers where id = any(${orphans}) or merged_into = any(${orphans}) returning id
    )
    insert into tombstones (entity, row_id)
    select 'profile_customers', profile_id from mapped union all
    select 'profiles', id from gone union all
    select 'customers', id from people
        on conflict (entity, row_id) do update set xid = excluded.xid`.execute(ctx.db)
  await refresh(
    ctx,
    rows.filter((row) => row.left).map((row) => row.customerId),
  )
}

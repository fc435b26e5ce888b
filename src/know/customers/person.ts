import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { byCustomer, byProfile, type OfPerson, type Person } from '#platform/person/index.ts'

/**
 * What the shop knows of a person. A profile with orders stays as a bare number, because the orders carry it for ever; its name at
 * its source goes, so the next file of that source cannot find it.
 */
export const customersOfPerson: OfPerson = {
  tables: [
    { table: 'customers', rows: byCustomer('id'), forget: forgetCustomers },
    { table: 'profiles', rows: byProfile('id'), forget: forgetProfiles },
    { table: 'profile_customers', rows: byProfile(), forget: unmap },
    { table: 'profile_values', rows: byProfile(), forget: 'delete' },
    { table: 'profile_value_changes', rows: byProfile(), forget: 'delete' },
    { table: 'identifiers', rows: byProfile(), forget: 'delete' },
    { table: 'customer_owner_changes', rows: byCustomer(), forget: 'delete' },
    { table: 'customer_shops', rows: byCustomer(), forget: 'delete' },
  ],
}

async function unmap(ctx: Context, { profileIds }: Person): Promise<number> {
  return buried(
    ctx,
    'profile_customers',
    sql`
    delete from profile_customers where profile_id = any(${profileIds}::bigint[]) returning profile_id as id`,
  )
}

async function forgetProfiles(ctx: Context, { profileIds }: Person): Promise<number> {
  const gone = await buried(
    ctx,
    'profiles',
    sql`
    delete from profiles where id = any(${profileIds}::bigint[])
       and not exists (select from orders where orders.profile_id = profiles.id) returning id`,
  )
  const { rows } = await sql`
    update profiles set external_id = 'erased:' || id, import_id = null
     where id = any(${profileIds}::bigint[]) and external_id <> 'erased:' || id returning 1 as one`.execute(ctx.db)
  return gone + rows.length
}

/** @throws Error where a profile came meanwhile: the erasure begins again with it. Whoever brings one from here on waits, and finds nobody. */
async function forgetCustomers(ctx: Context, { customerIds }: Person): Promise<number> {
  await sql`select from customers where id = any(${customerIds}::bigint[]) order by id for update`.execute(ctx.db)
  const { rows } = await sql`
    select 1 as one from profile_customers where customer_id = any(${customerIds}::bigint[]) limit 1`.execute(ctx.db)
  if (rows.length > 0) throw new Error('a profile came to a customer who is being erased')
  return buried(ctx, 'customers', sql`delete from customers where id = any(${customerIds}::bigint[]) returning id`)
}

/** Deletes, and tells the columns. */
async function buried(ctx: Context, entity: string, deletion: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql`
    with gone as (${deletion})
    insert into tombstones (entity, row_id) select ${entity}, id from gone
        on conflict (entity, row_id) do update set xid = excluded.xid
    returning 1 as one`.execute(ctx.db)
  return rows.length
}

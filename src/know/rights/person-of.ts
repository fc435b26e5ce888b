import { sql } from 'kysely'
import { visibleCustomers } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Person } from '#platform/person/index.ts'
import { Refusal } from '#platform/refusal.ts'

/** Most texts by which copies are looked for. */
const mostMarks = 200

/**
 * All that a customer is now: the profiles, whoever was merged into them, and the texts by which copies are found that carry no number.
 * An old id leads to whom it was merged into.
 * @throws Refusal `customers.unknown`
 */
export async function personOf(ctx: Context, customerId: number): Promise<Person> {
  const { rows } = await sql<{ id: number }>`
    select customers.id from customers
     where customers.id = (select coalesce(asked.merged_into, asked.id) from customers as asked where asked.id = ${customerId})
       and ${visibleCustomers(ctx)}`.execute(ctx.db)
  const survivor = rows[0]?.id
  if (survivor === undefined) throw new Refusal('not_found', 'customers.unknown', { id: customerId })
  const { rows: people } = await sql<{ id: number }>`
    select id from customers where id = ${survivor} or merged_into = ${survivor} order by id`.execute(ctx.db)
  const { rows: profiles } = await sql<{ id: number }>`
    select profile_id as id from profile_customers where customer_id = ${survivor} order by profile_id`.execute(ctx.db)
  const profileIds = profiles.map(({ id }) => id)
  return { customerIds: people.map(({ id }) => id), profileIds, marks: await marksOf(ctx, survivor, profileIds) }
}

/** What names the person, now and before: name, phone, address, numbers; the longest first. */
async function marksOf(ctx: Context, customerId: number, profileIds: readonly number[]): Promise<string[]> {
  const named = ['name', 'address']
  const { rows } = await sql<{ mark: string }>`
    select distinct mark from (
      select name as mark from customers where id = ${customerId}
      union all select value from identifiers where profile_id = any(${profileIds}::bigint[])
      union all select raw from identifiers where profile_id = any(${profileIds}::bigint[])
      -- As people write it at home, without the country.
      union all select regexp_replace(value, '^\\+(86|886|852|853|1|44|49|33)', '') from identifiers
                 where profile_id = any(${profileIds}::bigint[]) and kind = 'phone'
      union all select value #>> '{}' from profile_values where profile_id = any(${profileIds}::bigint[]) and field = any(${named})
      union all select old #>> '{}' from profile_value_changes where profile_id = any(${profileIds}::bigint[]) and field = any(${named})
      union all select external_id from profiles where id = any(${profileIds}::bigint[])
                 and external_id not like 'customer:%' and external_id not like 'order:%'
    ) as told
     where char_length(mark) >= case when mark ~ '[^[:ascii:]]' then 2 else 5 end
     order by 1`.execute(ctx.db)
  return rows
    .map(({ mark }) => mark)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostMarks)
}

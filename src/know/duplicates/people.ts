import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Person } from './likeness/person.ts'

type Row = {
  id: number
  name: string | null
  gender: string | null
  calendar: 'solar' | 'lunar' | null
  year: number | null
  month: number
  day: number
  leap: boolean | null
  province: string | null
  city: string | null
  phones: string[] | null
  emails: string[] | null
  told: { district?: string; address?: string; postcode?: string } | null
}

/** Read at once; a batch takes some tens of milliseconds. */
const batch = 5_000

/** All customers that may be somebody's double, in batches by id. Test customers are nobody; merged ones stand at their survivor. */
export async function* allPeople(ctx: Context, signal?: AbortSignal): AsyncGenerator<Person[]> {
  let last = 0
  for (;;) {
    signal?.throwIfAborted()
    const people = await read(
      ctx,
      sql`select * from customers where id > ${last} and merged_into is null and mark is distinct from 'test' order by id limit ${batch}`,
    )
    if (people.length === 0) return
    yield people
    last = people.at(-1)!.id
    if (people.length < batch) return
  }
}

/** The same of some; ids that are merged or gone are left out. */
export async function peopleOf(ctx: Context, ids: readonly number[]): Promise<Person[]> {
  const people: Person[] = []
  for (let from = 0; from < ids.length; from += batch) {
    const piece = ids.slice(from, from + batch)
    people.push(
      ...(await read(
        ctx,
        sql`select * from customers where id = any(${piece}::bigint[]) and merged_into is null and mark is distinct from 'test'`,
      )),
    )
  }
  return people
}

/**
 * What is shown of a customer, and all phones and addresses that any source knows it by. What staff said to be of several
 * people speaks for nobody.
 */
async function read(ctx: Context, wanted: RawBuilder<unknown>): Promise<Person[]> {
  const { rows } = await sql<Row>`
    with wanted as materialized (${wanted}),
    profile as materialized (
      select map.customer_id, map.profile_id from profile_customers as map join wanted on wanted.id = map.customer_id
    ),
    tied as (
      select profile.customer_id,
             array_agg(distinct i.value) filter (where i.kind = 'phone') as phones,
             array_agg(distinct i.value) filter (where i.kind = 'email') as emails
        from profile join identifiers as i on i.profile_id = profile.profile_id
       where i.kind in ('phone', 'email') and not i.shared
       group by profile.customer_id
    ),
    said as (
      select customer_id, jsonb_object_agg(field, value) as told
        from (select distinct on (profile.customer_id, v.field) profile.customer_id, v.field, v.value
                from profile join profile_values as v on v.profile_id = profile.profile_id
               where v.field in ('district', 'address', 'postcode')
               order by profile.customer_id, v.field, v.at desc) as newest
       group by customer_id
    )
    select wanted.id, wanted.name, wanted.gender, wanted.birth_calendar as calendar, wanted.birth_year as year,
           wanted.birth_month as month, wanted.birth_day as day, wanted.birth_leap as leap, wanted.province, wanted.city,
           tied.phones, tied.emails, said.told
      from wanted
      left join tied on tied.customer_id = wanted.id
      left join said on said.customer_id = wanted.id
     order by wanted.id`.execute(ctx.db)
  return rows.map(({ calendar, year, month, day, leap, phones, emails, told, ...row }) => ({
    ...row,
    birthday: calendar ? { calendar, month, day, ...(year ? { year } : {}), ...(leap ? { leap } : {}) } : null,
    phones: phones ?? [],
    emails: emails ?? [],
    ...told,
  }))
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Agent } from '../life/agent.ts'
import type { Happening } from '../life/crowd.ts'
import type { Known } from './known.ts'

/**
 * What staff wrote down of people, set-wise: as editing each customer does, with the staff's own profile, the value, its history and
 * a fact. Of several words about the same person the last one stands; the history keeps all.
 */
export async function writeWords(
  ctx: Context,
  batch: readonly Happening[],
  { known, agentOf }: { known: Known; agentOf(customer: number): Agent },
): Promise<void> {
  const words = batch.flatMap((one) =>
    one.what === 'word'
      ? [
          {
            profile_id: known.profileOf(one.customer),
            field: one.field,
            value: one.text,
            at: new Date(one.at).toISOString(),
            actor: known.writers[agentOf(one.customer).outlet.letter]!,
          },
        ]
      : [],
  )
  if (words.length === 0) return
  const { db } = ctx
  await sql`
    create temporary table words on commit drop as
    select map.customer_id, row.field, to_jsonb(row.value) as value, row.at, row.actor
      from jsonb_to_recordset(${JSON.stringify(words)}::jsonb)
        as row(profile_id bigint, field text, value text, at timestamptz, actor text)
      join profile_customers map on map.profile_id = row.profile_id`.execute(db)
  await sql`
    with made as (
      insert into profiles (source_id, external_id, created_at)
      select (select id from sources where code = 'staff'), 'customer:' || customer_id, min(at) from words group by customer_id
          on conflict (source_id, external_id) do nothing
      returning id, external_id, created_at
    )
    insert into profile_customers (profile_id, customer_id, since)
    select id, substr(external_id, 10)::bigint, created_at from made`.execute(db)
  await sql`
    create temporary table said on commit drop as
    select p.id as profile_id, w.*, lag(w.value) over same as before, lead(w.at) over same is null as is_last
      from words w join profiles p on p.external_id = 'customer:' || w.customer_id
                                  and p.source_id = (select id from sources where code = 'staff')
    window same as (partition by w.customer_id, w.field order by w.at)`.execute(db)
  await sql`
    insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
    select s.profile_id, s.field, coalesce(s.before, v.value), s.value, 'staff', s.actor, s.at
      from said s left join profile_values v on v.profile_id = s.profile_id and v.field = s.field
     order by s.at`.execute(db)
  await sql`
    insert into profile_values (profile_id, field, value, origin, actor, at)
    select profile_id, field, value, 'staff', actor, at from said where is_last
        on conflict (profile_id, field) do update set value = excluded.value, actor = excluded.actor, at = excluded.at`.execute(
    db,
  )
  await sql`
    update customers set version = version + 1, xid = pg_current_xact_id()
     where id in (select customer_id from said)`.execute(db)
  await sql`
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select at, 'customers.changed', profile_id, customer_id, actor, true, jsonb_build_object('fields', jsonb_build_array(field))
      from said order by at`.execute(db)
}

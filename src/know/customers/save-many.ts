import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { customersAdded, customersChanged } from './facts.ts'
import { refresh } from './refresh.ts'

// incoming_customers (profile_id bigint, state text, external_id text, doc jsonb, told_at timestamptz)
// Columns of the temporary table `incoming_customers` that `saveProfiles` takes: one row a profile of the source.
// profile_id is taken from the sequence for a new one (state `new`); `changed` and `same` name a known one. `doc` holds field
// values by field, and identifiers as `@kind scope value` with what was written where it differs. told_at: when it was so.

/**
 * Writes many profiles of an import set-wise, from the temporary table `incoming_customers` of this transaction: each new external
 * id is a profile mapped to a customer of its own. Values come with origin `import`; what staff said on the same profile and what is
 * newer stays. Only customers of whom something changed are chosen anew and get a new version.
 * @param mapped false for the buyers of anonymous orders: profiles that no customer holds
 * @returns the number of customers touched
 */
export async function saveProfiles(
  ctx: Context,
  { importId, sourceId, mapped }: { importId: number; sourceId: number; mapped: boolean },
): Promise<number> {
  if (!ctx.db.isTransaction) throw new Error('saveProfiles outside a transaction')
  const now = ctx.clock.now()
  const { label } = ctx.actor
  await sql`
    insert into profiles (id, source_id, external_id, import_id) overriding system value
    select profile_id, ${sourceId}::int, external_id, ${importId}
      from incoming_customers where state = 'new' order by profile_id`.execute(ctx.db)
  if (mapped) {
    await sql`
      with made as materialized (
        select profile_id, nextval(pg_get_serial_sequence('customers', 'id')) as customer_id, doc
          from (select profile_id, doc from incoming_customers where state = 'new' order by profile_id) as ordered
      ),
      people as (
        insert into customers (id, created_at) overriding system value
        select customer_id, ${now} from made
      ),
      map as (
        insert into profile_customers (profile_id, customer_id) select profile_id, customer_id from made
      )
      insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
      select ${now}, ${customersAdded.kind}, profile_id, customer_id, ${label}, true,
             jsonb_build_object('fields', coalesce((select jsonb_agg(key) from jsonb_object_keys(doc) as key
                                                     where key not like '@%'), '[]'))
        from made order by profile_id`.execute(ctx.db)
  }
  const touched = new Set<number>()
  const changed = await sql<{ profileId: number; field: string }>`
    with said as (
      select i.profile_id, one.key as field, one.value, coalesce(i.told_at, ${now}) as at
        from incoming_customers i, jsonb_each(i.doc) as one
       where i.state in ('new', 'changed') and one.key not like '@%'
    ),
    before as (
      select v.profile_id, v.field, v.value from profile_values v join said using (profile_id, field)
    ),
    saved as (
      insert into profile_values as v (profile_id, field, value, origin, actor, at)
      select profile_id, field, value, 'import', ${label}, at from said
          on conflict (profile_id, field) do update
             set value = excluded.value, origin = 'import', actor = excluded.actor, at = excluded.at
           where v.origin <> 'staff' and excluded.at >= v.at and v.value <> excluded.value
      returning v.profile_id, v.field, v.value, v.at
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select saved.profile_id, saved.field, before.value, saved.value, 'import', ${label}, ${now}
        from saved join before using (profile_id, field)
    )
    select distinct saved.profile_id, saved.field from saved`.execute(ctx.db)
  const tied = await sql<{ profileId: number }>`
    insert into identifiers (profile_id, kind, scope, value, raw, actor)
    select i.profile_id, substr(split_part(one.key, ' ', 1), 2), split_part(one.key, ' ', 2),
           substr(one.key, length(split_part(one.key, ' ', 1)) + length(split_part(one.key, ' ', 2)) + 3), one.value #>> '{}', ${label}
      from incoming_customers i, jsonb_each(i.doc) as one
     where i.state in ('new', 'changed') and one.key like '@%'
        on conflict (profile_id, kind, scope, value) do nothing
    returning profile_id`.execute(ctx.db)
  if (!mapped) return 0
  for (const { profileId } of changed.rows) touched.add(profileId)
  for (const { profileId } of tied.rows) touched.add(profileId)
  if (touched.size === 0) return 0
  await sql`
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select ${now}, ${customersChanged.kind}, i.profile_id, map.customer_id, ${label}, true,
           jsonb_build_object('fields', coalesce(fields.names, '[]'))
      from incoming_customers i
      join profile_customers map using (profile_id)
      left join (select profile_id, jsonb_agg(field order by field) as names
                   from jsonb_to_recordset(${JSON.stringify(
                     changed.rows.map((row) => ({ profile_id: row.profileId, field: row.field })),
                   )}::jsonb) as row(profile_id bigint, field text)
                  group by profile_id) as fields using (profile_id)
     where i.state = 'changed' and i.profile_id = any(${[...touched]})`.execute(ctx.db)
  const { rows } = await sql<{ customerId: number }>`
    select customer_id from profile_customers where profile_id = any(${[...touched]})`.execute(ctx.db)
  await refresh(
    ctx,
    rows.map((row) => row.customerId),
  )
  return rows.length
}

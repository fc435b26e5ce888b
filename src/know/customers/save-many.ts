import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { customersAdded, customersChanged } from './facts.ts'
import { refresh } from './refresh.ts'
import { sayMany, tieMany } from './say-many.ts'

// incoming_customers (profile_id bigint, state text, external_id text, doc jsonb, told_at timestamptz)
// Columns of the temporary table `incoming_customers` that `saveProfiles` takes: one row a profile of the source.
// profile_id is taken from the sequence for a new one (state `new`); `changed` and `same` name a known one. `doc` holds field
// values by field, and identifiers as `@kind scope value` with what was written where it differs. told_at: when it was so.

/** Whom new profiles belong to, where that is not a customer of their own each. */
export type Placement = {
  /** A customer who is there, and the node of it that the evidence points to. */
  joined: { profileId: number; customerId: number; homeId: number }[]
  /** The same person as another new profile, the leader, which gets the customer. */
  followers: { profileId: number; leaderId: number }[]
  /** Identifiers that staff said to be of several people: `kind scope value`. */
  shared: string[]
  /** What waits until the new profiles have their customers. */
  mapped?(ctx: Context): Promise<void>
}

/**
 * Writes many profiles of an import set-wise, from the temporary table `incoming_customers` of this transaction. Each new external id
 * is a profile, mapped to whom `place` says, else to a customer of its own. Values come with origin `import`; what staff said on the same profile and what is
 * newer stays. Only customers of whom something changed are chosen anew and get a new version.
 * @param mapped false for the buyers of anonymous orders: profiles that no customer holds
 * @param place asked when the new profiles are there, and before they have a customer
 * @returns the number of customers touched
 */
export async function saveProfiles(
  ctx: Context,
  {
    importId,
    sourceId,
    mapped,
    place,
  }: { importId: number; sourceId: number; mapped: boolean; place?: (ctx: Context) => Promise<Placement> },
): Promise<number> {
  if (!ctx.db.isTransaction) throw new Error('saveProfiles outside a transaction')
  const now = ctx.clock.now()
  const { label } = ctx.actor
  await sql`
    insert into profiles (id, source_id, external_id, import_id) overriding system value
    select profile_id, ${sourceId}::int, external_id, ${importId}
      from incoming_customers where state = 'new' order by profile_id`.execute(ctx.db)
  const placement: Placement | undefined = mapped ? await place?.(ctx) : undefined
  const { joined, followers, shared } = placement ?? { joined: [], followers: [], shared: [] }
  if (mapped) {
    await sql`
      with joined as (
        select * from unnest(${joined.map((one) => one.profileId)}::bigint[], ${joined.map((one) => one.customerId)}::bigint[],
                             ${joined.map((one) => one.homeId)}::bigint[]) as row(profile_id, customer_id, home_id)
      ),
      followers as (
        select * from unnest(${followers.map((one) => one.profileId)}::bigint[], ${followers.map((one) => one.leaderId)}::bigint[])
          as row(profile_id, leader_id)
      ),
      made as materialized (
        select profile_id, nextval(pg_get_serial_sequence('customers', 'id')) as customer_id, doc
          from (select profile_id, doc from incoming_customers
                 where state = 'new' and profile_id not in (select profile_id from joined)
                   and profile_id not in (select profile_id from followers)
                 order by profile_id) as ordered
      ),
      people as (
        insert into customers (id, created_at) overriding system value
        select customer_id, ${now} from made
      ),
      map as (
        insert into profile_customers (profile_id, customer_id, home_id)
        select profile_id, customer_id, null::bigint from made union all
        select followers.profile_id, made.customer_id, null::bigint from followers join made on made.profile_id = followers.leader_id union all
        select profile_id, customer_id, nullif(home_id, customer_id) from joined
      )
      insert into facts (epoch, at, kind, profile_id, subject_id, actor, historic, data)
      select (select current_epoch()), ${now}, ${customersAdded.kind}, profile_id, customer_id, ${label}, true,
             jsonb_build_object('fields', coalesce((select jsonb_agg(key) from jsonb_object_keys(doc) as key
                                                     where key not like '@%'), '[]'))
        from made order by profile_id`.execute(ctx.db)
  }
  await placement?.mapped?.(ctx)
  const touched = new Set<number>()
  const changed = await sayMany(
    ctx,
    sql`select i.profile_id, one.key as field, one.value, coalesce(i.told_at, ${now}) as at
          from incoming_customers i, jsonb_each(i.doc) as one
         where i.state in ('new', 'changed') and one.key not like '@%'`,
    'import',
  )
  const tied = await tieMany(
    ctx,
    sql`select i.profile_id, substr(split_part(one.key, ' ', 1), 2) as kind, split_part(one.key, ' ', 2) as scope,
               substr(one.key, length(split_part(one.key, ' ', 1)) + length(split_part(one.key, ' ', 2)) + 3) as value,
               one.value #>> '{}' as raw
          from incoming_customers i, jsonb_each(i.doc) as one
         where i.state in ('new', 'changed') and one.key like '@%'`,
    shared,
  )
  if (!mapped) return 0
  for (const { profileId } of changed) touched.add(profileId)
  for (const profileId of tied) touched.add(profileId)
  if (touched.size === 0) return 0
  await sql`
    insert into facts (epoch, at, kind, profile_id, subject_id, actor, historic, data)
    select (select current_epoch()), ${now}, ${customersChanged.kind}, i.profile_id, map.customer_id, ${label}, true,
           jsonb_build_object('fields', coalesce(fields.names, '[]'))
      from incoming_customers i
      join profile_customers map using (profile_id)
      left join (select profile_id, jsonb_agg(field order by field) as names
                   from jsonb_to_recordset(${JSON.stringify(
                     changed.map((row) => ({ profile_id: row.profileId, field: row.field })),
                   )}::jsonb) as row(profile_id bigint, field text)
                  group by profile_id) as fields using (profile_id)
     where (i.state = 'changed' or i.profile_id = any(${joined.map((one) => one.profileId)}::bigint[]))
       and i.profile_id = any(${[...touched]})`.execute(ctx.db)
  const { rows } = await sql<{ customerId: number }>`
    select customer_id from profile_customers where profile_id = any(${[...touched]})`.execute(ctx.db)
  await refresh(
    ctx,
    rows.map((row) => row.customerId),
  )
  return rows.length
}

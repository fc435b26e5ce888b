import { type RawBuilder, sql } from 'kysely'
import { type Import, type Lane, stagingOf } from './import.ts'

export type LaneRange = { lane: Lane; from: number; to: number }

/**
 * The orders of an import as they stand to what is known, one row each: all columns of the sorted order, with `known_id`,
 * `known_version`, `known_hash`, `profile_id` (of the known order, else of the customer it names) and `state`:
 *
 * - new; same: its source told exactly this before; changed
 * - conflicting, with `reason`: two customers in the file; another customer than the known order has (an order never moves: that
 *   is a change of the map); edited by hand since its source told it last (the edit stays)
 * - unusable: a row of it is
 *
 * An anonymous order that is told with a customer now is claimed: its profile is mapped to that customer (`claimed_by`).
 * Used by the dry run over all, and by each chunk over its range. `offset 0` keeps each look-up a probe of its index: in tables that
 * are growing, statistics are old, and the planner would read the whole of them for every chunk.
 */
export function toldOrders(one: Import, range?: LaneRange): RawBuilder<unknown> {
  const { orders } = stagingOf(one.id)
  const within = range
    ? sql`where s.lane = ${range.lane} and s.seq between ${range.from}::bigint and ${range.to}::bigint`
    : sql``
  return sql`
    select s.*, o.id as known_id, o.version as known_version, coalesce(o.profile_id, own.id) as profile_id,
           case when s.external_id is not null and o.external_id = 'order:' || s.number then own.customer_id end as claimed_by,
           case when s.problem = 'exchange.two_customers' then 'conflicting'
                when s.problem is not null then 'unusable'
                when o.id is null then 'new'
                when o.content_hash = s.hash then 'same'
                when other.reason is not null then 'conflicting'
                else 'changed' end as state,
           coalesce(s.problem, case when o.content_hash is distinct from s.hash then other.reason end) as reason
      from ${orders} as s
      left join lateral (
        select o.id, o.version, o.content_hash, o.profile_id, f.external_id, map.customer_id
          from orders o join profiles f on f.id = o.profile_id left join profile_customers map on map.profile_id = f.id
         where o.source_id = ${one.sourceId}::int and o.number = s.number offset 0
      ) as o on true
      left join lateral (
        select f.id, map.customer_id
          from profiles f left join profile_customers map on map.profile_id = f.id
         where f.source_id = ${one.sourceId}::int and f.external_id = coalesce(s.external_id, 'order:' || s.number) offset 0
      ) as own on true
      left join lateral (
        select e.version from import_evidence e
         where e.entity = 'orders' and e.row_id = o.id order by e.import_id desc limit 1
      ) as told on true
      left join lateral (
        select case
          when o.id is null then null
          when o.external_id <> coalesce(s.external_id, 'order:' || s.number)
               and not (o.external_id = 'order:' || s.number
                        and (o.customer_id is null or o.customer_id = own.customer_id))
            then 'exchange.other_customer'
          when told.version <> o.version then 'exchange.edited_since' end as reason
      ) as other on true
    ${within}`
}

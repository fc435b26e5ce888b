import { sql } from 'kysely'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'

/**
 * The profile in which staff say what they know of a customer, made at the first need: one a customer (external id
 * `customer:<id>`). A member of staff of chosen shops says it for the first of them (source `staff-<shop>`), so that whom they
 * add is theirs to see. The caller holds the customer's row, so two editors do not make two.
 */
export async function staffProfile(ctx: Context, customerId: number): Promise<number> {
  const externalId = `customer:${customerId}`
  const { rows: found } = await sql<{ id: number }>`
    select profiles.id
      from profile_customers as map
      join profiles on profiles.id = map.profile_id
      join sources on sources.id = profiles.source_id
     where map.customer_id = ${customerId} and sources.kind = 'staff' and profiles.external_id = ${externalId}
     order by profiles.id limit 1`.execute(ctx.db)
  if (found[0]) return found[0].id

  const { rows: made } = await sql<{ id: number }>`
    with made as (
      insert into profiles (source_id, external_id, created_at)
      values (${await staffSource(ctx)}, ${externalId}, ${ctx.clock.now()}) returning id
    )
    insert into profile_customers (profile_id, customer_id) select id, ${customerId} from made
    returning profile_id as id`.execute(ctx.db)
  return made[0]!.id
}

async function staffSource(ctx: Context): Promise<number> {
  const { scope } = ctx.actor
  const shopId = scope.kind === 'shops' ? scope.shopIds[0] : undefined
  const code = shopId === undefined ? 'staff' : `staff-${shopId}`
  return (await sourceOf(ctx, code, { name: 'Staff', kind: 'staff', shopId })).id
}

/** The same for many customers, whose rows the caller holds: ids of profiles by customer. */
export async function staffProfiles(ctx: Context, customerIds: readonly number[]): Promise<Map<number, number>> {
  const ids = [...new Set(customerIds)]
  const find = async () => {
    const { rows } = await sql<{ customerId: number; id: number }>`
      select map.customer_id, min(profiles.id) as id
        from profile_customers as map
        join profiles on profiles.id = map.profile_id
        join sources on sources.id = profiles.source_id
       where map.customer_id = any(${ids}::bigint[]) and sources.kind = 'staff'
         and profiles.external_id = 'customer:' || map.customer_id
       group by 1`.execute(ctx.db)
    return new Map(rows.map(({ customerId, id }) => [customerId, id]))
  }
  const found = await find()
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return found
  await sql`
    with wanted as (select unnest(${missing}::bigint[]) as customer_id),
    made as (
      insert into profiles (source_id, external_id, created_at)
      select ${await staffSource(ctx)}, 'customer:' || customer_id, ${ctx.clock.now()} from wanted order by customer_id
      returning id, external_id
    )
    insert into profile_customers (profile_id, customer_id)
    select made.id, wanted.customer_id from made join wanted on made.external_id = 'customer:' || wanted.customer_id`.execute(
    ctx.db,
  )
  return find()
}

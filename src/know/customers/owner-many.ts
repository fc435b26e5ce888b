import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { handedOver } from './facts.ts'
import { refuseUnknownOwner } from './hand-over.ts'
import { asRows, type TakenBack, type Written } from './many.ts'

type Row = {
  customerId: number
  profileId: number
  fromId: number | null
  fromLent: number | null
  change: number
  toId: number | null
}

/**
 * Hands many customers over, set-wise. The caller holds their rows. @throws Refusal `customers.unknown_owner`
 */
export async function ownMany(
  ctx: Context,
  customerIds: readonly number[],
  { ownerId, note }: { ownerId: number | null; note?: string },
): Promise<Written[]> {
  await refuseUnknownOwner(ctx, ownerId)
  const rows = await give(
    ctx,
    sql`select id as customer_id, ${ownerId}::bigint as to_id, case when ${ownerId}::bigint is null then id end as lent
          from unnest(${[...customerIds]}::bigint[]) as of(id)`,
    note ?? null,
  )
  return rows.map(({ customerId, profileId, fromId, fromLent, change }) => ({
    customerId,
    profileId,
    before: { owner: fromId, lent: fromLent, change },
  }))
}

/** Gives them back to who had them, where nobody handed over since. An owner who left since gets nobody back. @returns whom */
export async function takeBackOwners(ctx: Context, written: TakenBack): Promise<number[]> {
  const rows = await give(
    ctx,
    sql`select asked.customer_id, (asked.before ->> 'owner')::bigint as to_id, (asked.before ->> 'lent')::bigint as lent
          from jsonb_to_recordset(${asRows(written)}::jsonb) as asked(customer_id bigint, before jsonb)
         where not exists (select from customer_owner_changes as later
                 where later.customer_id = asked.customer_id and later.id > (asked.before ->> 'change')::bigint)
           and (asked.before ->> 'owner' is null
                or exists (select from staff where staff.id = (asked.before ->> 'owner')::bigint and deactivated_at is null))`,
    null,
  )
  return rows.map(({ customerId }) => customerId)
}

/** @param wanted rows (customer_id, to_id, lent) */
async function give(ctx: Context, wanted: ReturnType<typeof sql>, note: string | null): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with wanted as (${wanted}),
    changed as (
      update customers set owner_id = wanted.to_id, owner_from = wanted.lent, version = customers.version + 1, xid = pg_current_xact_id()
        from wanted join customers as before on before.id = wanted.customer_id
       where customers.id = wanted.customer_id and before.owner_id is distinct from wanted.to_id
      returning customers.id as customer_id, before.owner_id as from_id, before.owner_from as from_lent, wanted.to_id
    ),
    history as (
      insert into customer_owner_changes (customer_id, from_id, to_id, note, actor, at)
      select customer_id, from_id, to_id, ${note}, ${ctx.actor.label}, ${ctx.clock.now()} from changed
      returning id, customer_id
    )
    select changed.*, history.id as change,
           (select min(map.profile_id) from profile_customers map where map.customer_id = changed.customer_id) as profile_id
      from changed join history using (customer_id)`.execute(ctx.db)
  await announceAll(
    ctx,
    handedOver,
    rows.map(({ customerId, profileId, fromId, toId }) => ({
      profileId,
      subjectId: customerId,
      data: { from: fromId, to: toId },
    })),
  )
  return rows
}

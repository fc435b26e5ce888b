import { sql } from 'kysely'
import { staffProfiles } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { promiseClosed, promiseMade } from './facts.ts'

// Asks to confirm a field: promises of the kind `confirm`, whose `what` is the field. A higher module decides whom to ask what.

/** Puts asks on the list of today, for whoever looks after the person; set-wise. */
export async function askConfirms(
  ctx: Context,
  asks: readonly { customerId: number; field: string }[],
  dueOn: string,
): Promise<void> {
  if (asks.length === 0) return
  const ids = asks.map(({ customerId }) => customerId).sort((a, b) => a - b)
  await sql`select from customers where id = any(${ids}::bigint[]) order by id for update`.execute(ctx.db)
  const profiles = await staffProfiles(ctx, ids)
  const rows = asks.flatMap(({ customerId, field }) => {
    const profileId = profiles.get(customerId)
    return profileId === undefined ? [] : [{ profile_id: profileId, what: field }]
  })
  const { rows: made } = await sql<{ id: number; profileId: number }>`
    insert into promises (profile_id, kind, what, due_on, made_at, actor)
    select profile_id, 'confirm', what, ${dueOn}::date, ${ctx.clock.now()}, ${ctx.actor.label}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(profile_id bigint, what text)
    returning id, profile_id`.execute(ctx.db)
  await announceAll(
    ctx,
    promiseMade,
    made.map(({ id, profileId }) => ({ profileId, subjectId: id, data: { promise: 'confirm', due: dueOn } })),
  )
}

/** Closes open asks about fields of customers, by one statement; ids of merged ones lead to those that stayed. */
export async function closeConfirms(
  ctx: Context,
  asks: readonly { customerId: number; field: string }[],
  kept: boolean,
): Promise<void> {
  if (asks.length === 0) return
  const rows = asks.map(({ customerId, field }) => ({ customer_id: customerId, field }))
  await close(
    ctx,
    sql`(p.profile_id, p.what) in (
      select map.profile_id, asked.field from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as asked(customer_id bigint, field text)
        join customers on customers.id = asked.customer_id
        join profile_customers map on map.customer_id = coalesce(customers.merged_into, customers.id))`,
    kept,
  )
}

/** Lets asks go that nobody came to since a day. */
export async function dropOldConfirms(ctx: Context, before: string): Promise<void> {
  await close(ctx, sql`p.due_on < ${before}::date`, false)
}

async function close(ctx: Context, which: ReturnType<typeof sql>, kept: boolean): Promise<void> {
  const { rows } = await sql<{ id: number; profileId: number }>`
    update promises p set closed_at = ${ctx.clock.now()}, closed_by = ${ctx.actor.label}, kept = ${kept}, version = p.version + 1
     where p.kind = 'confirm' and p.closed_at is null and ${which}
    returning p.id, p.profile_id`.execute(ctx.db)
  await announceAll(
    ctx,
    promiseClosed,
    rows.map(({ id, profileId }) => ({ profileId, subjectId: id, data: { promise: 'confirm', kept } })),
  )
}

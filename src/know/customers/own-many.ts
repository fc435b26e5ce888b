import { sql } from 'kysely'
import type { OwnKey } from '#know/fields/contract.ts'
import type { Context } from '#platform/context.ts'
import { announceAll } from '#platform/facts/index.ts'
import { customersChanged } from './facts.ts'
import { asRows, type TakenBack, type Written } from './many.ts'
import { checkedOwn } from './own-values.ts'
import { refresh } from './refresh.ts'
import { staffProfiles } from './staff-profile.ts'

/**
 * Says one own field of many customers in the name of staff, set-wise; null says nothing more. The caller holds their rows.
 * @throws Refusal `customers.no_field`, `customers.own_value`
 */
export async function sayOwnMany(
  ctx: Context,
  customerIds: readonly number[],
  { field, value }: { field: OwnKey; value: unknown },
): Promise<Written[]> {
  const checked = (await checkedOwn(ctx, { [field]: value ?? null } as Record<string, unknown>))[field]
  const profiles = await staffProfiles(ctx, customerIds)
  const said = [...profiles].map(([customerId, profileId]) => ({
    customer_id: customerId,
    profile_id: profileId,
    value: checked,
  }))
  const rows = await say(
    ctx,
    field,
    sql`select customer_id, profile_id, value, 'staff' as origin, ${ctx.actor.label} as actor,
        ${ctx.clock.now()}::timestamptz as at
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as row(customer_id bigint, profile_id bigint, value jsonb)`,
  )
  await told(ctx, rows, field, false)
  return rows.map(({ customerId, profileId, was, change }) => ({ customerId, profileId, before: { was, change } }))
}

/** Takes that back where nobody said anything else there since. @returns of whom */
export async function takeBackOwn(ctx: Context, written: TakenBack, field: OwnKey): Promise<number[]> {
  const rows = await say(
    ctx,
    field,
    sql`
    select asked.customer_id, asked.profile_id, asked.before #> '{was,value}' as value, asked.before #>> '{was,origin}' as origin,
           asked.before #>> '{was,actor}' as actor, (asked.before #>> '{was,at}')::timestamptz as at
      from jsonb_to_recordset(${asRows(written)}::jsonb) as asked(customer_id bigint, profile_id bigint, before jsonb)
     where not exists (select from profile_value_changes as later
             where later.profile_id = asked.profile_id and later.field = ${field} and later.id > (asked.before ->> 'change')::bigint)`,
  )
  await told(ctx, rows, field, true)
  return rows.map(({ customerId }) => customerId)
}

type Row = { customerId: number; profileId: number; was: unknown; change: number }

/** @param said rows (customer_id, profile_id, value, origin, actor, at); a null value says nothing more @returns what changed */
async function say(ctx: Context, field: OwnKey, said: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with said as (${said}),
    changed as (
      select said.customer_id, said.profile_id, nullif(said.value, 'null'::jsonb) as value, said.origin, said.actor, said.at,
             v.value as old, case when v.value is not null then
               jsonb_build_object('value', v.value, 'origin', v.origin, 'actor', v.actor, 'at', v.at) end as was
        from said left join profile_values as v on v.profile_id = said.profile_id and v.field = ${field}
       where v.value is distinct from nullif(said.value, 'null'::jsonb)
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select profile_id, ${field}, old, value, 'staff', ${ctx.actor.label}, ${ctx.clock.now()}::timestamptz from changed
      returning id, profile_id
    ),
    gone as (
      delete from profile_values using changed
       where profile_values.profile_id = changed.profile_id and profile_values.field = ${field} and changed.value is null
    ),
    kept as (
      insert into profile_values (profile_id, field, value, origin, actor, at)
      select profile_id, ${field}, value, origin, actor, at from changed where value is not null
          on conflict (profile_id, field) do update
             set value = excluded.value, origin = excluded.origin, actor = excluded.actor, at = excluded.at
    )
    select changed.customer_id, changed.profile_id, changed.was, history.id as change
      from changed join history using (profile_id)`.execute(ctx.db)
  return rows
}

async function told(ctx: Context, rows: readonly Row[], field: OwnKey, undo: boolean): Promise<void> {
  if (rows.length === 0) return
  await refresh(
    ctx,
    rows.map(({ customerId }) => customerId),
  )
  await announceAll(
    ctx,
    customersChanged,
    rows.map(({ customerId, profileId }) => ({
      profileId,
      subjectId: customerId,
      data: { fields: [field], ...(undo ? { undo } : {}) },
    })),
  )
}

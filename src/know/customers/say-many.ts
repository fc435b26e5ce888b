import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Origin } from './say-values.ts'

/**
 * Lets many profiles say values, set-wise, with the history of what changed. What staff said on the same profile and what is newer
 * stays; the same again is no change.
 * @param said rows (profile_id, field, value jsonb, at); one a profile and field
 * @returns what changed
 */
export async function sayMany(
  ctx: Context,
  said: RawBuilder<unknown>,
  origin: Origin,
): Promise<{ profileId: number; field: string }[]> {
  const { label } = ctx.actor
  const { rows } = await sql<{ profileId: number; field: string }>`
    with said as (${said}),
    before as (
      select v.profile_id, v.field, v.value from profile_values v join said using (profile_id, field)
    ),
    saved as (
      insert into profile_values as v (profile_id, field, value, origin, actor, at)
      select profile_id, field, value, ${origin}, ${label}, at from said
          on conflict (profile_id, field) do update
             set value = excluded.value, origin = excluded.origin, actor = excluded.actor, at = excluded.at
           where v.origin <> 'staff' and excluded.at >= v.at and v.value <> excluded.value
      returning v.profile_id, v.field, v.value, v.at
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select saved.profile_id, saved.field, before.value, saved.value, ${origin}, ${label}, ${ctx.clock.now()}
        from saved join before using (profile_id, field)
    )
    select distinct saved.profile_id, saved.field from saved`.execute(ctx.db)
  return rows
}

/**
 * Ties many identifiers to their profiles, set-wise.
 * @param tied rows (profile_id, kind, scope, value, raw)
 * @param shared those of several people, as staff said before: `kind scope value`
 * @returns the profiles that got one
 */
export async function tieMany(
  ctx: Context,
  tied: RawBuilder<unknown>,
  shared: readonly string[] = [],
): Promise<number[]> {
  const { rows } = await sql<{ profileId: number }>`
    insert into identifiers (profile_id, kind, scope, value, raw, actor, shared)
    ${sharedIn(ctx, tied, shared)}
        -- As the index by value is: neighbours lie on the same page.
     order by kind, value
        on conflict (profile_id, kind, scope, value) do nothing
    returning profile_id`.execute(ctx.db)
  return [...new Set(rows.map((row) => row.profileId))]
}

/**
 * The same of profiles that this transaction made: nobody else ties anything to them, so it is not looked whether they hold it already,
 * which is a fifth of the statement.
 * @param tied rows as of `tieMany`, no two the same, in the order of (kind, value)
 */
export async function tieNewProfiles(
  ctx: Context,
  tied: RawBuilder<unknown>,
  shared: readonly string[],
): Promise<void> {
  await sql`
    insert into identifiers (profile_id, kind, scope, value, raw, actor, shared) ${sharedIn(ctx, tied, shared)}`.execute(
    ctx.db,
  )
}

function sharedIn(ctx: Context, tied: RawBuilder<unknown>, shared: readonly string[]): RawBuilder<unknown> {
  const isShared = shared.length === 0 ? sql`false` : sql`concat_ws(' ', kind, scope, value) = any(${shared}::text[])`
  return sql`select profile_id, kind, scope, value, raw, ${ctx.actor.label}, ${isShared} from (${tied}) as tied`
}

import { sql } from 'kysely'
import { noteChange } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import type { AnyField, FieldValues, ValueEdits } from './field.ts'
import { auditMask } from './sight.ts'

export type Origin = 'stated' | 'observed' | 'inferred' | 'staff' | 'import'

/**
 * Lets a profile say some fields, null for nothing more, and writes the history of it. The same value again is no change: who
 * said it first stays. The caller refreshes the customer and announces.
 * @returns the fields that changed
 */
export async function sayValues(
  ctx: Context,
  profileId: number,
  values: ValueEdits,
  origin: Origin = 'staff',
): Promise<AnyField[]> {
  const said = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ({ field, value }))
  if (said.length === 0) return []
  const now = ctx.clock.now()
  const { rows } = await sql<{ field: AnyField; old: unknown; value: unknown }>`
    with said as (
      select field, value from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as row(field text, value jsonb)
    ),
    changed as (
      select said.field, said.value, v.value as old
        from said left join profile_values as v on v.profile_id = ${profileId} and v.field = said.field
       where v.value is distinct from said.value
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select ${profileId}, field, old, value, ${origin}, ${ctx.actor.label}, ${now}::timestamptz from changed
    ),
    gone as (
      delete from profile_values using changed
       where profile_values.profile_id = ${profileId} and profile_values.field = changed.field and changed.value is null
    ),
    kept as (
      insert into profile_values (profile_id, field, value, origin, actor, at)
      select ${profileId}, field, value, ${origin}, ${ctx.actor.label}, ${now}::timestamptz from changed
       where value is not null
      on conflict (profile_id, field) do update
        set value = excluded.value, origin = excluded.origin, actor = excluded.actor, at = excluded.at
    )
    select field, old, value from changed`.execute(ctx.db)
  for (const { field, old, value } of rows) noteChange(ctx, field, old, value, auditMask(field))
  return rows.map((row) => row.field)
}

/** @throws never; tells whether a birthday lies in a year that has not come */
export function isUnborn(ctx: Context, values: { birthday?: FieldValues['birthday'] | null }): boolean {
  return (values.birthday?.year ?? 0) > ctx.clock.now().getUTCFullYear()
}

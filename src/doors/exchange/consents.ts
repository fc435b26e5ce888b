import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Import } from './import.ts'

// In the document that is staged of a person, a permission is an entry of its own: "#consent email promotion yes" with day, proof and row.
// Yes and no are two entries, so that a no is not lost where the file says both.

/** Whether an import's file tells of permissions at all: most do not, and pay nothing for it. */
export function consentsTold({ preset }: Pick<Import, 'preset'>): boolean {
  return Object.keys(preset.columns).some((target) => /^consent\.\w+\./.test(target))
}

/** Permissions are no values of fields: they go to `incoming_consents`, where `saveConsents` takes them. */
export async function setConsentsAside(ctx: Context): Promise<void> {
  await sql`
    create temporary table incoming_consents on commit drop as
    select profile_id as person, profile_id, ${wordOf(ctx)} from incoming_customers as told, jsonb_each(doc) as one
     where key like '#consent %'`.execute(ctx.db)
  await sql`
    update incoming_customers
       set doc = coalesce((select jsonb_object_agg(key, value) from jsonb_each(doc) where key not like '#consent %'), '{}')
     where exists (select from jsonb_object_keys(doc) as one(key) where key like '#consent %')`.execute(ctx.db)
  await sql`analyze incoming_consents`.execute(ctx.db)
}

/** An entry `one` of a document as columns of `judged`. A day that is still to come says nothing of when it was said. */
export function wordOf(ctx: Context) {
  return sql`
    (value ->> 'row')::bigint as row, split_part(key, ' ', 2) as channel, split_part(key, ' ', 3) as purpose,
    split_part(key, ' ', 4) = 'yes' as yes, value ->> 'proof' as proof,
    case when (value ->> 'at')::timestamptz <= ${ctx.clock.now()} then (value ->> 'at')::timestamptz end as at`
}

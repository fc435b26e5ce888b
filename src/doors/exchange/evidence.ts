import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** What rests on this import of the profiles in `incoming_customers`. */
export async function profileEvidence(ctx: Context, importId: number): Promise<void> {
  await sql`
    insert into import_evidence (entity, row_id, import_id, effect, content_hash, told_at)
    select 'profiles', profile_id, ${importId}, ${effectOf}, hash, told_at from incoming_customers
        on conflict do nothing`.execute(ctx.db)
}

export const effectOf = sql`case state when 'new' then 'made' when 'changed' then 'changed' else 'same' end`

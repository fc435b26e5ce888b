import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** A fact of the past: it fills the record and fires nothing. */
export type Fact = { at: string; kind: string; profile_id: number; subject_id: number; actor: string; data: object }

export async function tellFacts(ctx: Context, facts: readonly Fact[]): Promise<void> {
  await sql`
    insert into facts (at, kind, profile_id, subject_id, actor, historic, data)
    select at, kind, profile_id, subject_id, actor, true, data
      from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        as row(at timestamptz, kind text, profile_id bigint, subject_id bigint, actor text, data jsonb) order by at`.execute(
    ctx.db,
  )
}

/**
 * The profiles on which staff say what they know of customers, made where there are none. Set-wise, as know/customers/staff-profile.ts
 * makes one.
 * @returns by customer
 */
export async function staffProfiles(ctx: Context, customerIds: readonly number[]): Promise<Map<number, number>> {
  const ids = [...new Set(customerIds)].sort((a, b) => a - b)
  await sql`
    with made as (
      insert into profiles (source_id, external_id, created_at)
      select (select id from sources where code = 'staff'), 'customer:' || id, ${ctx.clock.now()}
        from unnest(${ids}::bigint[]) as id order by id
          on conflict (source_id, external_id) do nothing
      returning id, external_id
    )
    insert into profile_customers (profile_id, customer_id)
    select id, substr(external_id, 10)::bigint from made order by id`.execute(ctx.db)
  const { rows } = await sql<{ customerId: number; id: number }>`
    select substr(p.external_id, 10)::bigint as customer_id, p.id
      from profiles p join unnest(${ids}::bigint[]) as asked(id) on p.external_id = 'customer:' || asked.id
     where p.source_id = (select id from sources where code = 'staff')`.execute(ctx.db)
  return new Map(rows.map(({ customerId, id }) => [customerId, id]))
}

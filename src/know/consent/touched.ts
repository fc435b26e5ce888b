import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Address } from './suppression.ts'

/** Notes those who have one of these addresses: what may be sent there is another from now on. Letters' addresses are no identifiers. */
export async function touchAddresses(ctx: Context, addresses: readonly Address[]): Promise<void> {
  await sql`
    insert into consent_touched (profile_id)
    select distinct i.profile_id
      from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb) as a(kind text, scope text, value text)
      join identifiers i on i.kind = a.kind and i.value = a.value and i.scope = a.scope`.execute(ctx.db)
}

/** Takes out, in the caller's transaction, customers of whom a word came or went, or an address was listed. At most so many notes of profiles. */
export async function takeTouched(ctx: Context, most: number): Promise<{ customerIds: number[]; more: boolean }> {
  const { rows } = await sql<{ notes: number; customerIds: number[] }>`
    with taken as (
      delete from consent_touched where id in (
        select id from consent_touched where xid < pg_snapshot_xmin(pg_current_snapshot()) order by id limit ${most})
      returning profile_id
    )
    select (select count(*) from taken) as notes,
           array(select distinct customer_id from profile_customers where profile_id in (select profile_id from taken))::bigint[] as customer_ids`.execute(
    ctx.db,
  )
  const { notes, customerIds } = rows[0]!
  return { customerIds: customerIds.map(Number), more: notes === most }
}

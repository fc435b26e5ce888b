import { sql } from 'kysely'
import { refresh } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Fact, Listener } from '#platform/facts/index.ts'
import type { OwnIdentifier } from './contract.ts'

/** Writes our own phones and addresses, and marks anew whoever has one that came or went. */
export async function keepOwn(ctx: Context, own: readonly OwnIdentifier[]): Promise<void> {
  const { rows } = await sql<{ kind: string; value: string }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as row(kind text, value text, mark text)
    ),
    gone as (
      delete from own_identifiers o where not exists (select from wanted w where (w.kind, w.value) = (o.kind, o.value))
      returning kind, value
    ),
    came as (
      insert into own_identifiers as o (kind, value, mark) select distinct on (kind, value) kind, value, mark from wanted
          on conflict (kind, value) do update set mark = excluded.mark where o.mark <> excluded.mark
      returning kind, value
    )
    select kind, value from gone union select kind, value from came`.execute(ctx.db)
  await markHolders(ctx, rows)
}

/** Marks anew whoever has one of these. */
async function markHolders(ctx: Context, own: readonly { kind: string; value: string }[]): Promise<void> {
  if (own.length === 0) return
  const { rows } = await sql<{ id: number }>`
    select distinct map.customer_id as id
      from unnest(${own.map((one) => one.kind)}::text[], ${own.map((one) => one.value)}::text[]) as own(kind, value)
      join identifiers i on i.kind = own.kind and i.value = own.value
      join profile_customers map on map.profile_id = i.profile_id`.execute(ctx.db)
  await refresh(
    ctx,
    rows.map((row) => row.id),
  )
}

/** Who comes to work here, or leaves, is marked or no longer so by the address of the account. */
export const staffMarked: Listener = {
  name: 'identity.staff',
  kinds: ['staff.joined', 'staff.deactivated', 'staff.reactivated'],
  async hear(ctx: Context, facts: Fact[]): Promise<void> {
    const ids = facts.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]))
    const { rows } = await sql<{ value: string }>`
      select email as value from staff where id = any(${ids}::bigint[])`.execute(ctx.db)
    await markHolders(
      ctx,
      rows.map(({ value }) => ({ kind: 'email', value })),
    )
  },
}

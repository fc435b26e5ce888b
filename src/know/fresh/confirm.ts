import { sql } from 'kysely'
import { lockCustomer, seenProfiles, staffProfile } from '#know/customers/index.ts'
import { closeConfirms } from '#know/talks/index.ts'
import type { Context } from '#platform/context.ts'
import { announce, type Fact } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { FreshField, Freshness } from './contract.ts'
import { fieldConfirmed, fieldDoubted } from './facts.ts'
import { freshnessOf } from './freshness.ts'

/** @throws Refusal `customers.unknown` */
export async function freshnessOfCustomer(ctx: Context, id: number): Promise<Freshness[]> {
  await seenProfiles(ctx, id)
  return [...(await freshnessOf(ctx, [await survivorOf(ctx, id)])).values()][0] ?? []
}

async function survivorOf(ctx: Context, id: number): Promise<number> {
  const { rows } = await sql<{
    id: number
  }>`select coalesce(merged_into, id) as id from customers where id = ${id}`.execute(ctx.db)
  return rows[0]!.id
}

type One = { id: number; field: FreshField }

/** Says that a field still holds. @throws Refusal `customers.unknown`, `fresh.nothing_said` */
export function confirmField(ctx: Context, { id, field }: One): Promise<Freshness[]> {
  return inTransaction(ctx, async (ctx) => {
    const profileId = await held(ctx, { id, field })
    await writeConfirmations(ctx, [{ profileId, field, at: ctx.clock.now(), actor: ctx.actor.label }])
    await closeConfirms(ctx, [{ customerId: id, field }], true)
    await announce(ctx, fieldConfirmed, { profileId, subjectId: id, data: { field } })
    return freshnessOfCustomer(ctx, id)
  })
}

/** Says that a field does not work any more. @throws Refusal `customers.unknown`, `fresh.nothing_said` */
export function doubtField(ctx: Context, { id, field }: One): Promise<Freshness[]> {
  return inTransaction(ctx, async (ctx) => {
    const profileId = await held(ctx, { id, field })
    await sql`
      insert into field_faults (profile_id, field, reason, at, actor)
      values (${profileId}, ${field}, 'invalid', ${ctx.clock.now()}, ${ctx.actor.label})
          on conflict (profile_id, field) do update set reason = excluded.reason, at = excluded.at, actor = excluded.actor`.execute(
      ctx.db,
    )
    await announce(ctx, fieldDoubted, { profileId, subjectId: id, data: { field } })
    return freshnessOfCustomer(ctx, id)
  })
}

/** The profile on which staff say it; nobody confirms what nobody said. */
async function held(ctx: Context, { id, field }: One): Promise<number> {
  await lockCustomer(ctx, id)
  const said = (await freshnessOf(ctx, [id])).get(id) ?? []
  if (!said.some((one) => one.field === field)) throw new Refusal('not_found', 'fresh.nothing_said')
  return staffProfile(ctx, id)
}

type Confirmation = { profileId: number; field: string; at: Date; actor: string }

async function writeConfirmations(ctx: Context, rows: readonly Confirmation[]): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map(({ profileId, field, at, actor }) => ({ profile_id: profileId, field, at, actor }))
  await sql`
    with row as (
      select distinct on (profile_id, field) * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as row(profile_id bigint, field text, at timestamptz, actor text) order by profile_id, field, at desc),
    mended as (delete from field_faults f using row where f.profile_id = row.profile_id and f.field = row.field)
    insert into confirmations as kept (profile_id, field, at, actor) select profile_id, field, at, actor from row
        on conflict (profile_id, field) do update set at = excluded.at, actor = excluded.actor where kept.at < excluded.at`.execute(
    ctx.db,
  )
}

/** An ask that was ticked off on the list of today is a confirmation; one opened again is none. */
export async function hearAsks(ctx: Context, facts: readonly Fact[]): Promise<void> {
  const { rows } = await sql<{ id: number; profileId: number; field: string }>`
    select id, profile_id, what as field from promises
     where id = any(${facts.flatMap(({ subjectId }) => subjectId ?? [])}::bigint[]) and kind = 'confirm' and what is not null`.execute(
    ctx.db,
  )
  const asks = new Map(rows.map((one) => [one.id, one]))
  const told = facts.flatMap((fact) => {
    const ask = asks.get(fact.subjectId ?? 0)
    return ask ? [{ ...ask, fact }] : []
  })
  // What the house closed itself was said anew, or let go: nobody confirmed it.
  const confirmed = told.filter(
    ({ fact }) => fact.kind === 'talks.closed' && fact.data.kept === true && fact.actor !== ctx.actor.label,
  )
  await writeConfirmations(
    ctx,
    confirmed.map(({ profileId, field, fact }) => ({ profileId, field, at: fact.at, actor: fact.actor })),
  )
  const opened = told
    .filter(({ fact }) => fact.kind === 'talks.opened')
    .map(({ profileId, field, fact }) => ({ profile_id: profileId, field, at: fact.at }))
  if (opened.length === 0) return
  await sql`
    delete from confirmations c
     using jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as row(profile_id bigint, field text, at timestamptz)
     where c.profile_id = row.profile_id and c.field = row.field and c.at <= row.at`.execute(ctx.db)
}

/** What was said anew needs no confirming: open asks of those fields are done. */
export async function hearChanges(ctx: Context, facts: readonly Fact[]): Promise<void> {
  const said = facts.flatMap(({ subjectId: customerId, kind, data }) => {
    if (customerId === null) return []
    const fields = kind === 'customers.identifier_added' ? [data.kind] : ((data.fields as unknown[] | undefined) ?? [])
    return fields.map((field) => ({ customerId, field: String(field) }))
  })
  await closeConfirms(ctx, said, true)
}

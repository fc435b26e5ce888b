import { sql } from 'kysely'
import { noteChange } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PersonInput } from './contract.ts'
import { homeCountry } from './home-country.ts'
import { normalIdentifier, normalScope, type TypedKind } from './identifier.ts'
import { scopedKinds, sharableKinds } from './identifier-kind.ts'
import { auditMask } from './sight.ts'

/** An identifier ready to be compared and kept. */
export type Given = { kind: TypedKind; scope: string; value: string; raw: string | null }

/**
 * One typed identifier in compare form.
 * @throws Refusal `customers.phone_impossible`, `customers.email_impossible`, `customers.member_impossible`,
 *   `customers.identifier_impossible`, `customers.scope_missing`
 */
export async function given(ctx: Context, kind: TypedKind, raw: string, said = ''): Promise<Given> {
  const normal = normalIdentifier(kind, raw, kind === 'phone' ? await homeCountry(ctx) : undefined)
  if (!normal) throw new Refusal('invalid', `customers.${named.has(kind) ? kind : 'identifier'}_impossible`)
  const scope = scopedKinds.has(kind) ? normalScope(said) : ''
  if (scope === undefined || (scope === '' && scopedKinds.has(kind)))
    throw new Refusal('invalid', 'customers.scope_missing')
  return { kind, scope, ...normal }
}

/** Kinds with a refusal of their own. */
const named: ReadonlySet<TypedKind> = new Set(['phone', 'email', 'member'] as const)

/** All identifiers of an input, without repeats. @throws Refusal as `given` */
export async function allGiven(
  ctx: Context,
  { phones, emails, member }: Omit<PersonInput, 'values'>,
): Promise<Given[]> {
  const typed: [TypedKind, string][] = [
    ...phones.map((raw): [TypedKind, string] => ['phone', raw]),
    ...emails.map((raw): [TypedKind, string] => ['email', raw]),
    ...(member ? ([['member', member]] as [TypedKind, string][]) : []),
  ]
  const all = new Map<string, Given>()
  for (const [kind, raw] of typed) {
    const one = await given(ctx, kind, raw)
    if (!all.has(`${kind} ${one.value}`)) all.set(`${kind} ${one.value}`, one)
  }
  return [...all.values()]
}

/** Ties identifiers to a profile, with their history. One that the profile has already is left as it is. @returns those added */
export async function sayIdentifiers(ctx: Context, profileId: number, all: readonly Given[]): Promise<Given[]> {
  if (all.length === 0) return []
  const now = ctx.clock.now()
  const { rows } = await sql<Given>`
    with added as (
      insert into identifiers (profile_id, kind, scope, value, raw, actor, at, shared)
      select ${profileId}, kind, scope, value, raw, ${ctx.actor.label}, ${now}::timestamptz,
             exists (select from identifiers known where (known.kind, known.value, known.scope) = (row.kind, row.value, row.scope) and known.shared)
        from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as row(kind text, scope text, value text, raw text)
      on conflict (profile_id, kind, scope, value) do nothing
      returning kind, scope, value, raw
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select ${profileId}, kind, null, jsonb_build_object('scope', scope, 'value', value, 'raw', raw), 'staff',
             ${ctx.actor.label}, ${now}::timestamptz from added
    )
    select kind, scope, value, raw from added`.execute(ctx.db)
  for (const { kind, value } of rows) noteChange(ctx, kind, null, value, auditMask(kind))
  return rows
}

/**
 * Staff said that a person is another one although both have the same phone or address: it is of several people, then, and ties
 * nobody from now on. Who is alone with it keeps it as it is.
 */
export async function shareGiven(ctx: Context, profileId: number, all: readonly Given[]): Promise<void> {
  const sharable = all.filter(({ kind }) => sharableKinds.has(kind))
  if (sharable.length === 0) return
  await sql`
    update identifiers i set shared = true
      from jsonb_to_recordset(${JSON.stringify(sharable)}::jsonb) as given(kind text, scope text, value text)
     where (i.kind, i.value, i.scope) = (given.kind, given.value, given.scope) and not i.shared
       and exists (select from identifiers other
                     join profile_customers theirs on theirs.profile_id = other.profile_id
                     join profile_customers own on own.profile_id = ${profileId}
                    where (other.kind, other.value, other.scope) = (given.kind, given.value, given.scope)
                      and theirs.customer_id <> own.customer_id)`.execute(ctx.db)
}

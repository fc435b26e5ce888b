import { sql } from 'kysely'
import { noteChange } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { PersonInput } from './contract.ts'
import { homeCountry } from './home-country.ts'
import { normalIdentifier, type TypedKind } from './identifier.ts'
import { auditMask } from './sight.ts'

/** An identifier ready to be compared and kept. */
export type Given = { kind: TypedKind; value: string; raw: string | null }

/** One typed identifier in compare form. @throws Refusal `customers.phone_impossible`, `customers.email_impossible`, `customers.member_impossible` */
export async function given(ctx: Context, kind: TypedKind, raw: string): Promise<Given> {
  const normal = normalIdentifier(kind, raw, kind === 'phone' ? await homeCountry(ctx) : undefined)
  if (!normal) throw new Refusal('invalid', `customers.${kind}_impossible`)
  return { kind, ...normal }
}

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
      insert into identifiers (profile_id, kind, value, raw, actor, at)
      select ${profileId}, kind, value, raw, ${ctx.actor.label}, ${now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as row(kind text, value text, raw text)
      on conflict (profile_id, kind, scope, value) do nothing
      returning kind, scope, value, raw
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select ${profileId}, kind, null, jsonb_build_object('scope', scope, 'value', value, 'raw', raw), 'staff',
             ${ctx.actor.label}, ${now}::timestamptz from added
    )
    select kind, value, raw from added`.execute(ctx.db)
  for (const { kind, value } of rows) noteChange(ctx, kind, null, value, auditMask(kind))
  return rows
}

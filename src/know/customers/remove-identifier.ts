import { sql } from 'kysely'
import { noteChange } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { identifierRemoved } from './facts.ts'
import { getCustomer } from './get-customer.ts'
import type { IdentifierKind } from './identifier.ts'
import { refresh } from './refresh.ts'
import { auditMask } from './sight.ts'

/**
 * Takes a phone, an e-mail address or a number away from a customer. The history keeps it, and it can be undone.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.no_identifier`
 */
export function removeIdentifier(
  ctx: Context,
  version: number,
  { id, identifierId }: { id: number; identifierId: number },
): Promise<CustomerPage> {
  return inTransaction(ctx, async (ctx) => {
    await lockedForEdit(ctx, id, version)
    const gone = await deleteIdentifier(ctx, id, sql`i.id = ${identifierId}`)
    if (!gone) throw new Refusal('not_found', 'customers.no_identifier')
    await refresh(ctx, [id])
    await announce(ctx, identifierRemoved, { profileId: gone.profileId, subjectId: id, data: { kind: gone.kind } })
    return getCustomer(ctx, id)
  })
}

/** Deletes one identifier of a customer's profiles, with its history. */
export async function deleteIdentifier(
  ctx: Context,
  customerId: number,
  which: ReturnType<typeof sql>,
): Promise<{ profileId: number; kind: IdentifierKind } | undefined> {
  const { rows } = await sql<{ profileId: number; kind: IdentifierKind; value: string }>`
    with gone as (
      delete from identifiers as i using profile_customers as map
       where map.profile_id = i.profile_id and map.customer_id = ${customerId} and ${which}
      returning i.profile_id, i.kind, i.scope, i.value, i.raw
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select profile_id, kind, jsonb_build_object('scope', scope, 'value', value, 'raw', raw), null, 'staff',
             ${ctx.actor.label}, ${ctx.clock.now()}::timestamptz from gone
    )
    select profile_id, kind, value from gone`.execute(ctx.db)
  for (const { kind, value } of rows) noteChange(ctx, kind, value, null, auditMask(kind))
  return rows[0]
}

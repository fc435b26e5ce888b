import { sql } from 'kysely'
import { noteChange } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { customersChanged, identifierAdded, identifierRemoved } from './facts.ts'
import { anyField } from './field.ts'
import { getCustomer } from './get-customer.ts'
import type { IdentifierKind } from './identifier.ts'
import { refresh } from './refresh.ts'
import { deleteIdentifier } from './remove-identifier.ts'
import { type Origin, sayValues } from './say-values.ts'
import { auditMask } from './sight.ts'

type Kept = { scope: string; value: string; raw: string | null }
type Change = { profileId: number; field: string; old: unknown; new: unknown; sourceKind: string }

/** What a source's own values are known by, when one of them is brought back. */
const origins: Record<string, Origin> = { staff: 'staff', import: 'import', web: 'stated', shop: 'observed' }

/**
 * Takes a change back: what stood before is said again, as a new change, so that an undo can be undone. What others changed
 * since in other fields stays.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.no_change`, `customers.already_so`
 */
export function undoChange(
  ctx: Context,
  version: number,
  { id, changeId }: { id: number; changeId: number },
): Promise<CustomerPage> {
  return inTransaction(ctx, async (ctx) => {
    await lockedForEdit(ctx, id, version)
    const { rows } = await sql<Change>`
      select change.profile_id, change.field, change.old, change.new, sources.kind as source_kind
        from profile_value_changes as change
        join profile_customers as map on map.profile_id = change.profile_id
        join profiles on profiles.id = change.profile_id
        join sources on sources.id = profiles.source_id
       where change.id = ${changeId} and map.customer_id = ${id}`.execute(ctx.db)
    const change = rows[0]
    if (!change) throw new Refusal('not_found', 'customers.no_change')
    const done = anyField.safeParse(change.field).success
      ? await takeBackValue(ctx, id, change)
      : await takeBackIdentifier(ctx, id, change)
    if (!done) throw new Refusal('conflict', 'customers.already_so')
    await refresh(ctx, [id])
    return getCustomer(ctx, id)
  })
}

async function takeBackValue(
  ctx: Context,
  id: number,
  { profileId, field, old, sourceKind }: Change,
): Promise<boolean> {
  const fields = await sayValues(ctx, profileId, { [field]: old ?? null }, origins[sourceKind])
  if (fields.length === 0) return false
  await announce(ctx, customersChanged, { profileId, subjectId: id, data: { fields, undo: true } })
  return true
}

async function takeBackIdentifier(ctx: Context, id: number, change: Change): Promise<boolean> {
  const { profileId } = change
  const kind = change.field as IdentifierKind
  const removed = change.old as Kept | null
  if (!removed) {
    const added = change.new as Kept
    const which = sql`i.profile_id = ${profileId} and i.kind = ${kind} and i.scope = ${added.scope} and i.value = ${added.value}`
    if (!(await deleteIdentifier(ctx, id, which))) return false
    await announce(ctx, identifierRemoved, { profileId, subjectId: id, data: { kind } })
    return true
  }
  const { rows } = await sql`
    with back as (
      insert into identifiers (profile_id, kind, scope, value, raw, actor, at)
      values (${profileId}, ${kind}, ${removed.scope}, ${removed.value}, ${removed.raw}, ${ctx.actor.label}, ${ctx.clock.now()})
      on conflict (profile_id, kind, scope, value) do nothing
      returning profile_id
    ),
    history as (
      insert into profile_value_changes (profile_id, field, old, new, origin, actor, at)
      select profile_id, ${kind}, null, ${JSON.stringify(removed)}::jsonb, 'staff', ${ctx.actor.label},
             ${ctx.clock.now()}::timestamptz from back
    )
    select from back`.execute(ctx.db)
  if (rows.length === 0) return false
  noteChange(ctx, kind, null, removed.value, auditMask(kind))
  await announce(ctx, identifierAdded, { profileId, subjectId: id, data: { kind } })
  return true
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { customersChanged } from './facts.ts'
import type { AnyField } from './field.ts'
import { getCustomer } from './get-customer.ts'
import { refresh } from './refresh.ts'
import { sayValues } from './say-values.ts'

/**
 * Removes what one source says of a field; the history keeps it, and it can be undone.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.no_value`
 */
export function removeValue(
  ctx: Context,
  version: number,
  { id, profileId, field }: { id: number; profileId: number; field: AnyField },
): Promise<CustomerPage> {
  return inTransaction(ctx, async (ctx) => {
    await lockedForEdit(ctx, id, version)
    if (!(await isProfileOf(ctx, id, profileId))) throw new Refusal('not_found', 'customers.no_value')
    const fields = await sayValues(ctx, profileId, { [field]: null })
    if (fields.length === 0) throw new Refusal('not_found', 'customers.no_value')
    await refresh(ctx, [id])
    await announce(ctx, customersChanged, { profileId, subjectId: id, data: { fields } })
    return getCustomer(ctx, id)
  })
}

async function isProfileOf(ctx: Context, customerId: number, profileId: number): Promise<boolean> {
  const { rows } = await sql`
    select from profile_customers where profile_id = ${profileId} and customer_id = ${customerId}`.execute(ctx.db)
  return rows.length > 0
}

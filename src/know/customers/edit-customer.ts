import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { customersChanged } from './facts.ts'
import type { ValueEdits } from './field.ts'
import { getCustomer } from './get-customer.ts'
import { refuseMasked } from './mask.ts'
import { checkedOwn } from './own-values.ts'
import { refresh } from './refresh.ts'
import { isUnborn, sayValues } from './say-values.ts'
import { staffProfile } from './staff-profile.ts'

export type Edit = { id: number; values: ValueEdits }

/**
 * Says some fields of a customer in the name of staff. What imports and shops say is kept beside it and shows again when the
 * staff's value is emptied (null).
 * @param version the version that the edit was made from; the second of two editors is refused
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.not_born`, `customers.masked_value`, `customers.no_field`, `customers.own_value`
 */
export async function editCustomer(ctx: Context, version: number, { id, values }: Edit): Promise<CustomerPage> {
  refuseMasked({ values })
  if (isUnborn(ctx, values)) throw new Refusal('invalid', 'customers.not_born')
  return inTransaction(ctx, async (ctx) => {
    await lockedForEdit(ctx, id, version)
    const profileId = await staffProfile(ctx, id)
    const fields = await sayValues(ctx, profileId, await checkedOwn(ctx, values))
    if (fields.length > 0) {
      await refresh(ctx, [id])
      await announce(ctx, customersChanged, { profileId, subjectId: id, data: { fields } })
    }
    return getCustomer(ctx, id)
  })
}

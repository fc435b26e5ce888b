import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { identifierAdded } from './facts.ts'
import { refuseDuplicates } from './find-duplicates.ts'
import { getCustomer } from './get-customer.ts'
import type { TypedKind } from './identifier.ts'
import { lockIdentifiers } from './identity-lock.ts'
import { refuseMasked } from './mask.ts'
import { refresh } from './refresh.ts'
import { given, sayIdentifiers, shareGiven } from './say-identifiers.ts'
import { staffProfile } from './staff-profile.ts'

/**
 * Ties a phone, an e-mail address or a number to a customer.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.duplicate` (unless `anyway`), `customers.member_taken`, `customers.masked_value`, and as `given`
 */
export async function addIdentifier(
  ctx: Context,
  version: number,
  {
    id,
    kind,
    scope,
    value,
    anyway = false,
  }: { id: number; kind: TypedKind; scope?: string; value: string; anyway?: boolean },
): Promise<CustomerPage> {
  refuseMasked({ values: { [kind]: value } })
  const identifier = await given(ctx, kind, value, scope)
  return inTransaction(ctx, async (ctx) => {
    await lockIdentifiers(ctx, [identifier])
    await lockedForEdit(ctx, id, version)
    await refuseDuplicates(ctx, { values: {}, identifiers: [identifier] }, anyway, id)
    const profileId = await staffProfile(ctx, id)
    const added = await sayIdentifiers(ctx, profileId, [identifier])
    if (anyway) await shareGiven(ctx, profileId, [identifier])
    if (added.length > 0) {
      await refresh(ctx, [id])
      await announce(ctx, identifierAdded, { profileId, subjectId: id, data: { kind } })
    }
    return getCustomer(ctx, id)
  })
}

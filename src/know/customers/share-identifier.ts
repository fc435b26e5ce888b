import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CustomerPage } from './contract.ts'
import { lockedForEdit } from './customer.ts'
import { identifierShared } from './facts.ts'
import { getCustomer } from './get-customer.ts'
import { type IdentifierKind, sharableKinds } from './identifier-kind.ts'
import { lockIdentifiers } from './identity-lock.ts'
import { refresh } from './refresh.ts'

/**
 * Says that a phone or an address is of several people, as a family's, or of one after all. It holds for everybody who has it, and
 * for who comes with it later: a shared one ties nobody together.
 * @throws Refusal `customers.unknown`, `http.stale`, `customers.no_identifier`, `customers.not_sharable`
 */
export function shareIdentifier(
  ctx: Context,
  version: number,
  { id, identifierId, shared }: { id: number; identifierId: number; shared: boolean },
): Promise<CustomerPage> {
  return inTransaction(ctx, async (ctx) => {
    await lockIdentifiers(ctx, [])
    await lockedForEdit(ctx, id, version)
    const { rows } = await sql<{
      profileId: number
      kind: IdentifierKind
      scope: string
      value: string
      shared: boolean
    }>`
      select i.profile_id, i.kind, i.scope, i.value, i.shared
        from identifiers i join profile_customers map on map.profile_id = i.profile_id
       where i.id = ${identifierId} and map.customer_id = ${id}`.execute(ctx.db)
    const one = rows[0]
    if (!one) throw new Refusal('not_found', 'customers.no_identifier')
    if (!sharableKinds.has(one.kind)) throw new Refusal('invalid', 'customers.not_sharable')
    if (one.shared !== shared) {
      await sql`
        update identifiers set shared = ${shared}
         where kind = ${one.kind} and value = ${one.value} and scope = ${one.scope}`.execute(ctx.db)
      await refresh(ctx, [id])
      const { profileId, kind } = one
      await announce(ctx, identifierShared, { profileId, subjectId: id, data: { kind, shared } })
    }
    return getCustomer(ctx, id)
  })
}

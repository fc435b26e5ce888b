import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Staff, Whose } from './contract.ts'
import { roleChanged, scopeChanged } from './facts.ts'
import type { Role } from './roles.ts'
import { lockedStaff, refuseLastOwner, refuseOwners, refuseScope, staffOf } from './staff.ts'

/**
 * Changes what a person may do and whom the person sees; counts from the next request. Who becomes an owner sees all.
 * @param version the one that the edit was made from
 * @throws Refusal `staff.unknown`, `http.stale`, `staff.owners_only`, `staff.last_owner`, `staff.owner_sees_all`,
 *   `staff.shops_or_people`, `staff.unknown_shop`
 */
export function editStaff(
  ctx: Context,
  id: number,
  change: { role?: Role; scopeShopIds?: number[] | null; whose?: Whose },
  version: number,
): Promise<Staff> {
  return inTransaction(ctx, async (ctx) => {
    const before = await lockedStaff(ctx, id)
    if (before.version !== version) throw new Refusal('stale', 'http.stale')
    const role = change.role ?? before.role
    // Who says one of the two scopes means that the other ends.
    const whose = role === 'owner' || change.scopeShopIds ? (change.whose ?? 'all') : (change.whose ?? before.whose)
    const kept = role === 'owner' || whose !== 'all' ? null : before.scopeShopIds
    const scopeShopIds = change.scopeShopIds === undefined ? kept : change.scopeShopIds
    refuseOwners(ctx, before.role, role)
    await refuseScope(ctx, role, scopeShopIds, whose)
    if (before.role === 'owner' && role !== 'owner') await refuseLastOwner(ctx, id)

    await sql`
      update staff set role = ${role}, scope_shop_ids = ${scopeShopIds}, whose = ${whose}, version = version + 1 where id = ${id}`.execute(
      ctx.db,
    )
    if (role !== before.role) await announce(ctx, roleChanged, { subjectId: id, data: { from: before.role, to: role } })
    if (String(scopeShopIds) !== String(before.scopeShopIds) || whose !== before.whose) {
      await announce(ctx, scopeChanged, { subjectId: id, data: { shops: scopeShopIds?.length ?? null, whose } })
    }
    return staffOf(ctx, id)
  })
}

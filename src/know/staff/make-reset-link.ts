import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { HandedLink } from './contract.ts'
import { resetLinkMade } from './facts.ts'
import { dropLinks, handed, makeLink } from './link.ts'
import { lockedStaff, refuseOwners } from './staff.ts'

/**
 * A link with which a person chooses a new password, good for one use within a day. An earlier one ends.
 * @throws Refusal `staff.unknown`, `staff.owners_only`, `staff.not_active`
 */
export function makeResetLink(ctx: Context, id: number): Promise<HandedLink> {
  return inTransaction(ctx, async (ctx) => {
    const staff = await lockedStaff(ctx, id)
    refuseOwners(ctx, staff.role)
    if (staff.deactivatedAt) throw new Refusal('conflict', 'staff.not_active')
    await dropLinks(ctx, { staffId: id })
    const made = await makeLink(ctx, 'reset', { staffId: id })
    await announce(ctx, resetLinkMade, { subjectId: id, data: {} })
    return handed('reset', made)
  })
}

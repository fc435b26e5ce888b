import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { HandedLink, Whose } from './contract.ts'
import { staffInvited } from './facts.ts'
import { dropLinks, handed, makeLink } from './link.ts'
import type { Role } from './roles.ts'
import { anyStaff, refuseOwners, refuseScope } from './staff.ts'

/**
 * Invites a person: a link to hand over, good for one use within 7 days. An earlier invite for the same address ends.
 * @param wanted.email lower case
 * @throws Refusal `staff.set_up_first`, `staff.email_taken`, `staff.owners_only`, `staff.owner_sees_all`, `staff.unknown_shop`
 */
export function addStaff(
  ctx: Context,
  wanted: { name: string; email: string; role: Role; scopeShopIds?: number[] | null; whose?: Whose },
): Promise<HandedLink> {
  const { role, email, scopeShopIds = null, whose = 'all' } = wanted
  return inTransaction(ctx, async (ctx) => {
    refuseOwners(ctx, role)
    await refuseScope(ctx, role, scopeShopIds, whose)
    if (!(await anyStaff(ctx))) throw new Refusal('conflict', 'staff.set_up_first')
    await lockFor(ctx, `staff.invite ${email}`)
    const { rows } = await sql`select 1 from staff where email = ${email}`.execute(ctx.db)
    if (rows[0]) throw new Refusal('conflict', 'staff.email_taken')
    await dropLinks(ctx, { email })
    const made = await makeLink(ctx, 'invite', { ...wanted, scopeShopIds, whose })
    await announce(ctx, staffInvited, { subjectId: made.id, data: { role } })
    return handed('invite', made)
  })
}

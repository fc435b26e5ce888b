import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Staff } from './contract.ts'
import { staffDeactivated, staffReactivated } from './facts.ts'
import { dropLinks } from './link.ts'
import { endSessions } from './session.ts'
import { lockedStaff, refuseLastOwner, refuseOwners, staffOf } from './staff.ts'

/**
 * Ends a person's work here: sessions, reset links and the invites that the person made. What the person did keeps the name.
 * @throws Refusal `staff.unknown`, `staff.owners_only`, `staff.not_yourself`, `staff.last_owner`
 */
export function deactivateStaff(ctx: Context, id: number): Promise<Staff> {
  return inTransaction(ctx, async (ctx) => {
    const staff = await lockedStaff(ctx, id)
    refuseOwners(ctx, staff.role)
    if (staff.deactivatedAt) return staffOf(ctx, id)
    if (staff.role === 'owner') await refuseLastOwner(ctx, id)
    if (ctx.actor.kind === 'staff' && ctx.actor.id === id) throw new Refusal('conflict', 'staff.not_yourself')
    await sql`
      update staff set deactivated_at = ${ctx.clock.machine()}, version = version + 1 where id = ${id}`.execute(ctx.db)
    await endSessions(ctx, id)
    await dropLinks(ctx, { staffId: id, createdBy: `staff:${id}` })
    await announce(ctx, staffDeactivated, { subjectId: id, data: {} })
    return staffOf(ctx, id)
  })
}

/** Lets a deactivated person sign in again, with the password and role of before. @throws Refusal `staff.unknown`, `staff.owners_only` */
export function reactivateStaff(ctx: Context, id: number): Promise<Staff> {
  return inTransaction(ctx, async (ctx) => {
    const staff = await lockedStaff(ctx, id)
    refuseOwners(ctx, staff.role)
    if (!staff.deactivatedAt) return staffOf(ctx, id)
    await sql`update staff set deactivated_at = null, version = version + 1 where id = ${id}`.execute(ctx.db)
    await announce(ctx, staffReactivated, { subjectId: id, data: {} })
    return staffOf(ctx, id)
  })
}

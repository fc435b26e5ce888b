import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { factorOff } from '../facts.ts'
import { endSessions } from '../session.ts'
import { lockedStaff } from '../staff.ts'
import { dropFactor } from './factor.ts'

/**
 * Takes away the second factor of a colleague who lost phone and codes; ends the sessions. The next sign-in is by the password
 * alone, and leads to a new set-up where the house demands one.
 * @throws Refusal `staff.unknown`, `staff.not_your_factor`, `staff.factor_is_off`
 */
export function resetFactor(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockedStaff(ctx, id)
    if (ctx.actor.kind === 'staff' && ctx.actor.id === id) throw new Refusal('conflict', 'staff.not_your_factor')
    if (!(await dropFactor(ctx, id))) throw new Refusal('conflict', 'staff.factor_is_off')
    await endSessions(ctx, id)
    await announce(ctx, factorOff, { subjectId: id, data: { by: 'colleague' } })
  })
}

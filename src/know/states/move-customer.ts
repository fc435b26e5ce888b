import { sql } from 'kysely'
import { lockCustomer, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { StateOfCustomer } from './contract.ts'
import { stateMoved } from './facts.ts'
import { turnOfStates } from './keep-states.ts'
import { mayGo, statesOf } from './state.ts'
import { currentState, stateOfCustomer } from './state-of-customer.ts'

/**
 * Moves a customer to a state, or to none, where the shop allows it from where she stands; noted on the profile of staff.
 * @throws Refusal `customers.unknown`, `states.unknown`, `states.already`, `states.not_allowed`
 */
export function moveCustomer(
  ctx: Context,
  { id, to, why }: { id: number; to: number | null; why: string },
): Promise<StateOfCustomer> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    // Two who move the same person stand one after the other, and so do they and who changes the rules.
    await turnOfStates(ctx)
    const from = await currentState(ctx, id)
    const states = await statesOf(ctx)
    if (to !== null && !states.some((one) => one.id === to)) throw new Refusal('not_found', 'states.unknown')
    if (from === to) throw new Refusal('conflict', 'states.already')
    if (!mayGo(from, states).includes(to)) {
      const name = (of: number | null) => states.find((one) => one.id === of)?.name ?? '–'
      throw new Refusal('conflict', 'states.not_allowed', { from: name(from), to: name(to) })
    }
    const profileId = await staffProfile(ctx, id)
    await sql`
      insert into state_moves (profile_id, from_id, to_id, why, actor, at)
      values (${profileId}, ${from}, ${to}, ${why}, ${ctx.actor.label}, ${ctx.clock.now()})`.execute(ctx.db)
    await announce(ctx, stateMoved, { profileId, subjectId: id, data: { from, to } })
    return stateOfCustomer(ctx, id)
  })
}

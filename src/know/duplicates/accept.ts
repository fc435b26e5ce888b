import { sql } from 'kysely'
import { mergeCustomers } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { heldSuggestion } from './suggestion.ts'

/**
 * They are one person: the older customer stays, the other's id leads to it.
 * @throws Refusal `duplicates.unknown`, `duplicates.decided`, `identity.already_one`
 */
export function accept(ctx: Context, id: number): Promise<{ customerId: number }> {
  return inTransaction(ctx, async (ctx) => {
    const { state, oneNow, otherNow } = await heldSuggestion(ctx, id)
    if (state !== 'open') throw new Refusal('conflict', 'duplicates.decided', { id })
    const { mergeId, customerId } = await mergeCustomers(ctx, {
      into: Math.min(oneNow, otherNow),
      from: [Math.max(oneNow, otherNow)],
      evidence: 'suggestion',
    })
    await sql`
      update duplicate_suggestions
         set state = 'accepted', decided_at = ${ctx.clock.now()}, decided_by = ${ctx.actor.label}, merge_id = ${mergeId}
       where id = ${id}`.execute(ctx.db)
    return { customerId }
  })
}

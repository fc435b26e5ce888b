import { sql } from 'kysely'
import { keepApart } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { heldSuggestion } from './suggestion.ts'

/**
 * They are not the same person: no identifier ties the two again, and no look suggests them.
 * @throws Refusal `duplicates.unknown`, `duplicates.decided`
 */
export function refuse(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { state, oneNow, otherNow } = await heldSuggestion(ctx, id)
    if (state !== 'open' || oneNow === otherNow) throw new Refusal('conflict', 'duplicates.decided', { id })
    await keepApart(ctx, oneNow, otherNow)
    await sql`
      update duplicate_suggestions
         set state = 'refused', decided_at = ${ctx.clock.now()}, decided_by = ${ctx.actor.label}, apart_ids = ${[oneNow, otherNow]}::bigint[]
       where id = ${id}`.execute(ctx.db)
  })
}

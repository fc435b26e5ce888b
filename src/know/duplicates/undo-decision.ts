import { sql } from 'kysely'
import { letTogether, undoMerge } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { heldSuggestion } from './suggestion.ts'

/**
 * Takes a decision back: the pair is open again, the merge undone or the two no longer kept apart.
 * @throws Refusal `duplicates.unknown`, `duplicates.open`
 */
export function undoDecision(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { state, mergeId, apartIds } = await heldSuggestion(ctx, id)
    if (state === 'open') throw new Refusal('conflict', 'duplicates.open', { id })
    if (state === 'refused') {
      const [one, other] = (apartIds ?? []).map(Number)
      if (one && other) await letTogether(ctx, one, other)
    } else if (mergeId !== null && (await stands(ctx, mergeId))) await undoMerge(ctx, mergeId)
    await sql`
      update duplicate_suggestions set state = 'open', decided_at = null, decided_by = null, merge_id = null, apart_ids = null
       where id = ${id}`.execute(ctx.db)
  })
}

/** Somebody may have undone it on the customer's page. */
async function stands(ctx: Context, mergeId: number): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`
    select undone_at is null as stands from identity_merges where id = ${mergeId}`.execute(ctx.db)
  return rows[0]?.stands ?? false
}

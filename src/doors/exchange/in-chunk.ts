import type { Context } from '#platform/context.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'

/** Somebody wrote the same record, or used what was to go, at the same moment: what the chunk had judged no longer holds. */
const disturbed: ReadonlySet<string> = new Set(['23505', '23503', '40001', '40P01'])
const mostTries = 5

/**
 * One chunk of an import: a transaction of its own. Judged and written anew where somebody came between; nothing of the first try
 * is kept.
 * @param turn one import at a time writes: `taken` for this chunk, or `held` by the caller
 */
export async function inChunk<T>(ctx: Context, turn: 'taken' | 'held', work: (ctx: Context) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await inTransaction(ctx, async (ctx) => {
        if (turn === 'taken') await lockFor(ctx, 'exchange.apply')
        return work(ctx)
      })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!disturbed.has(code) || tries >= mostTries) throw error
    }
  }
}

import { sql } from 'kysely'
import type { Context } from '../context.ts'

const batch = 10_000

/**
 * Deletes answers that are older than 7 days (machine time): whoever tries again does so sooner, and they hold what was said of
 * people. In batches, each by its index, so that no statement is long.
 */
export async function forgetAnswers(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.machine().getTime() - 7 * 86_400_000)
  for (let gone = batch; gone === batch; ) {
    const { numAffectedRows } = await sql`
      delete from answered_requests where ctid = any(array(
        select ctid from answered_requests where answered_at < ${before} order by answered_at limit ${batch}))`.execute(
      ctx.db,
    )
    gone = Number(numAffectedRows ?? 0)
  }
}

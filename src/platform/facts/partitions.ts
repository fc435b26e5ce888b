import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * Makes the fact partitions of this month and the next two (machine time, UTC). The default partition catches what a
 * clock gone wrong would lose; it stays empty in a healthy house.
 */
export async function ensureFactPartitions(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = ctx.clock.machine()
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString()
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1)).toISOString()
    const name = `facts_${from.slice(0, 4)}_${from.slice(5, 7)}`
    await sql`
      create table if not exists ${sql.table(name)} partition of facts
        for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(ctx.db)
  }
}

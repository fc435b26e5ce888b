import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

export type QueueState = {
  /** Jobs whose time has come and that nobody has taken. */
  waiting: number
  running: number
  /** Failed for good in the last day, by job. */
  failing: { name: string; count: number }[]
  /** How long the longest has waited. */
  oldestSeconds: number
}

/** The queue of machines' work as it stands. Before the first start there is none. */
export async function queueOf(ctx: Pick<Context, 'db'>): Promise<QueueState> {
  const { rows: there } = await sql<{ there: boolean }>`select to_regclass('pgboss.job') is not null as there`.execute(
    ctx.db,
  )
  if (!there[0]!.there) return { waiting: 0, running: 0, failing: [], oldestSeconds: 0 }
  const { rows } = await sql<{ waiting: number; running: number; oldestSeconds: number }>`
    select count(*) filter (where state < 'active' and start_after <= now()) as waiting,
           count(*) filter (where state = 'active') as running,
           coalesce(extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now())), 0)::float8
             as oldest_seconds
      from pgboss.job where state < 'completed' and name not like '\\_\\_%'`.execute(ctx.db)
  const { rows: failing } = await sql<{ name: string; count: number }>`
    select name, count(*) as count from pgboss.job
     where state = 'failed' and completed_on > now() - interval '1 day' group by name order by name`.execute(ctx.db)
  return { ...rows[0]!, failing }
}

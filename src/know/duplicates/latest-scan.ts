import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import type { Scan } from './contract.ts'

type Row = Omit<Scan, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null }

/** The last look through the customers; nothing before the first. */
export async function latestScan(ctx: Context): Promise<Scan | null> {
  const { rows } = await sql<Row>`
    select id, kind, state, step, done, of, started_at, ended_at, people, found
      from duplicate_scans order by id desc limit 1`.execute(ctx.db)
  const row = rows[0]
  return row ? { ...row, startedAt: row.startedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null } : null
}

/** Asks for a look through all customers soon; one that waits already is enough. */
export async function askScan(ctx: Context): Promise<void> {
  await askFor(ctx, 'duplicates.scan_all', { askedBy: ctx.actor.label }, 'asked')
}

/** Ends a look that is under way; it notices within a second or two. Ended already: nothing happens. */
export async function cancelScan(ctx: Context, id: number): Promise<void> {
  await sql`
    update duplicate_scans set state = 'cancelled', ended_at = ${ctx.clock.machine()}, step = null
     where id = ${id} and state = 'running'`.execute(ctx.db)
}

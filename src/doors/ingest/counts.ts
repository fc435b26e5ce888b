import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { faultOf } from '#platform/log.ts'
import type { Db } from '#platform/postgres/connect.ts'

export type Outcome = 'used' | 'repeated' | 'dropped' | 'refused'
export type Count = { sourceId: number; outcome: Outcome; what: string; count: number }

/** Adds to the counts of this minute, set-wise. */
export async function addCounts(ctx: Context, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return
  const rows = counts.map(({ sourceId, ...one }) => ({ source_id: sourceId, ...one }))
  await sql`
    insert into ingest_counts as c (minute, source_id, outcome, what, count)
    select date_trunc('minute', ${ctx.clock.machine()}::timestamptz), source_id, outcome, what, count
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(source_id int, outcome text, what text, count bigint)
     order by source_id, outcome, what
        on conflict (minute, source_id, outcome, what) do update set count = c.count + excluded.count`.execute(ctx.db)
}

/** Counts of one thing after the other, to be added together. */
export function tally(): { add(sourceId: number, outcome: Outcome, what: string): void; counts(): Count[] } {
  const counts = new Map<string, Count>()
  return {
    add(sourceId, outcome, what) {
      const name = `${sourceId} ${outcome} ${what}`
      const one = counts.get(name)
      if (one) one.count += 1
      else counts.set(name, { sourceId, outcome, what, count: 1 })
    },
    counts: () => [...counts.values()],
  }
}

const refusedEveryMs = 1_000
const refused = new WeakMap<Db, ReturnType<typeof tally>>()

/** Counts what was refused at the door, a second's together: a stranger's requests cost no write each. */
export function countRefused(ctx: Context, reason: string): void {
  const waiting = refused.get(ctx.db)
  const counted = waiting ?? tally()
  counted.add(0, 'refused', reason)
  if (waiting) return
  refused.set(ctx.db, counted)
  setTimeout(() => {
    refused.delete(ctx.db)
    addCounts(ctx, counted.counts()).catch((error) => ctx.log.warn(faultOf(error), 'refusals were not counted'))
  }, refusedEveryMs).unref()
}

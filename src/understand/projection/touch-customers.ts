import { across } from './bury.ts'
import type { Run } from './run.ts'

/**
 * Notes whose traits must be written again because of what came since a version: the customer's own row, the map (whom the
 * profile went to, and whom it came from), orders of its profiles. Too many is harmless: rows without FINAL will do.
 * @param options.mapped whether the map has changed
 * @returns how many customers
 */
export async function touchCustomers(
  { ctx, suffix }: Run,
  { since, runId, mapped }: { since: string; runId: string; mapped: boolean },
): Promise<number> {
  const changed = `SELECT profile_id FROM profile_customers${suffix} WHERE version >= {since:UInt64}`
  // Whom a profile came from stands in the traits alone, all of which are read for it: only where the map has changed.
  const movedProfiles = `
  SELECT customer_id FROM profile_customers${suffix} WHERE version >= {since:UInt64}
  UNION ALL
  SELECT customer_id FROM traits${suffix} WHERE arrayExists(profile -> profile IN (${changed}), profiles)
  UNION ALL`
  await ctx.columns.command({
    query: `
INSERT INTO touched (run, customer_id)
SELECT DISTINCT {run:String}, customer_id FROM (
  SELECT id AS customer_id FROM customers${suffix} WHERE version >= {since:UInt64}
  UNION ALL${mapped ? movedProfiles : ''}
  SELECT customer_id FROM profile_customers${suffix}
   WHERE profile_id IN (SELECT profile_id FROM orders${suffix} WHERE version >= {since:UInt64})
)`,
    query_params: { since, run: runId },
    clickhouse_settings: across,
  })
  const counted = await ctx.columns.query({
    query: 'SELECT uniqExact(customer_id) AS customers FROM touched WHERE run = {run:String}',
    query_params: { run: runId },
    format: 'JSONEachRow',
  })
  return (await counted.json<{ customers: number }>())[0]?.customers ?? 0
}

import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { FoundPair } from './likeness/found.ts'

/** Written at once; the statement stays well below a second. */
const piece = 2_000

/**
 * Writes what a look found. A pair that staff decided on stays decided; one that was said to be two people (`identity_cuts`, at
 * whatever names the two stood then) is not asked about again.
 * @returns how many of them are new
 */
export async function saveFound(ctx: Context, scanId: number, pairs: readonly FoundPair[]): Promise<number> {
  let added = 0
  for (let from = 0; from < pairs.length; from += piece) {
    const rows = pairs
      .slice(from, from + piece)
      .map(({ one, other, probability, reasons }) => ({ one_id: one, other_id: other, probability, reasons }))
    const { rows: written } = await sql<{ added: number }>`
      with found as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as row(one_id bigint, other_id bigint, probability real, reasons jsonb)
      ),
      apart as (
        select least(coalesce(one.merged_into, one.id), coalesce(other.merged_into, other.id)) as one_id,
               greatest(coalesce(one.merged_into, one.id), coalesce(other.merged_into, other.id)) as other_id
          from identity_cuts as cut
          join customers as one on one.id = cut.one_id
          join customers as other on other.id = cut.other_id
         where cut.lifted_by is null
      ),
      saved as (
        insert into duplicate_suggestions (one_id, other_id, probability, reasons, found_at, scan_id)
        select one_id, other_id, probability, reasons, ${ctx.clock.now()}, ${scanId}
          from found
          -- Whom a merge moved or removed while the look went on is looked at next time.
          join customers as one on one.id = found.one_id and one.merged_into is null
          join customers as other on other.id = found.other_id and other.merged_into is null
         where not exists (select from apart where apart.one_id = found.one_id and apart.other_id = found.other_id)
        on conflict (one_id, other_id) do update
           set probability = excluded.probability, reasons = excluded.reasons, scan_id = excluded.scan_id
         where duplicate_suggestions.state = 'open'
        returning xmax = 0 as is_new
      )
      select count(*) filter (where is_new)::int as added from saved`.execute(ctx.db)
    added += written[0]!.added
  }
  return added
}

/**
 * Drops what nobody decided on and this look did not find again. What identity proposes stays, alike or not.
 * @param among only pairs with one of these; absent: all
 */
export async function dropStale(ctx: Context, scanId: number, among?: readonly number[]): Promise<void> {
  await sql`
    delete from duplicate_suggestions
     where state = 'open' and scan_id < ${scanId} and proposed is null
       ${among ? sql`and (one_id = any(${among}::bigint[]) or other_id = any(${among}::bigint[]))` : sql``}`.execute(
    ctx.db,
  )
}

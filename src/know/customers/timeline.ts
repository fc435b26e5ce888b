import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { actorNames } from './actor-names.ts'
import type { TimelineFact } from './contract.ts'
import { seenProfiles } from './customer.ts'
import { visibleFacts } from './scope.ts'

type Row = Omit<TimelineFact, 'at' | 'actorName'> & { at: Date; place: string }

/**
 * What happened with a customer: the facts of all its profiles, newest first. On screen each kind is the message
 * `fact.<kind>` of the module that announces it. An actor of some shops does not see the orders of others.
 * @throws Refusal `customers.unknown`
 */
export async function timelineOf(
  ctx: Context,
  customerId: number,
  { limit, after }: { limit: number; after?: string },
): Promise<{ items: TimelineFact[]; next: string | undefined }> {
  const profileIds = await seenProfiles(ctx, customerId)
  const last = after ? readCursor(z.tuple([z.string(), z.number()]), after) : undefined
  // By profile: one walk down the index (profile_id, at, id) each, merged; never a sort of a regular's whole history.
  const { rows } = await sql<Row>`
    select fact.id, fact.at, fact.at::text as place, fact.kind, fact.subject_id, fact.actor, fact.historic, fact.data
      from unnest(${profileIds}::bigint[]) as of(profile_id)
      cross join lateral (
        select * from facts
         where facts.profile_id = of.profile_id and ${visibleFacts(ctx)}
           ${last ? sql`and (facts.at, facts.id) < (${last[0]}::timestamptz, ${last[1]})` : sql``}
         order by facts.at desc, facts.id desc limit ${limit + 1}
      ) as fact
     order by fact.at desc, fact.id desc
     limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const names = await actorNames(
    ctx,
    page.map((row) => row.actor),
  )
  return {
    items: page.map(({ place, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      actorName: names.get(row.actor) ?? null,
    })),
    next: rows.length > limit && end ? cursorOf(end.place, end.id) : undefined,
  }
}

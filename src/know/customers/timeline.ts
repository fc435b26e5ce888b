import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { actorNames } from './actor-names.ts'
import type { TimelineFact } from './contract.ts'
import { seenProfiles } from './customer.ts'
import { visibleFacts } from './scope.ts'
import { handOverNotes, type TimelineTeller } from './timeline-words.ts'

/** Something on a timeline, with its place: `at` to the microsecond as UTC text, so that texts sort as times do. */
export type TimelineRow = Omit<TimelineFact, 'at' | 'actorName'> & { at: Date; place: string }

/** Where a page of a timeline goes on: after this moment, and at this moment after the row of this number. */
export type TimelinePlace = { place: string; id: number }

/**
 * What higher modules put on timelines beside the facts: rows of these profiles, newest first by (place, id), at most `limit`, after a
 * place. Ids are a source's own; at one moment facts come first, then the sources in their order.
 */
export type TimelineSource = (
  ctx: Context,
  profileIds: readonly number[],
  page: { limit: number; after?: TimelinePlace },
) => Promise<TimelineRow[]>

/** At one moment, what stands further up. Source 0 are the facts. */
const cursor = z.tuple([z.string().max(40), z.number().int().min(0), z.number()])

/**
 * What happened with a customer: the facts of all its profiles, and what higher modules know of them, newest first. On screen each kind
 * is the message `fact.<kind>` of the module that announces it. An actor of some shops does not see the orders of others.
 * @throws Refusal `customers.unknown`
 */
export async function timelineOf(
  ctx: Context,
  customerId: number,
  { limit, after }: { limit: number; after?: string },
  also: readonly TimelineSource[] = [],
  tellers: readonly TimelineTeller[] = [],
): Promise<{ items: TimelineFact[]; next: string | undefined }> {
  const profileIds = await seenProfiles(ctx, customerId)
  const last = after ? readCursor(cursor, after) : undefined
  const found = await Promise.all(
    [facts, ...also].map(async (source, order) => {
      const rows = await source(ctx, profileIds, { limit: limit + 1, after: last && placeFor(order, last) })
      return rows.map((row) => ({ ...row, order }))
    }),
  )
  const rows = found
    .flat()
    .sort((a, b) => (a.place === b.place ? a.order - b.order || b.id - a.id : a.place < b.place ? 1 : -1))
  const page = rows.slice(0, limit)
  const end = page.at(-1)
  const words = await Promise.all([handOverNotes, ...tellers].map((tell) => tell(ctx, page)))
  const names = await actorNames(
    ctx,
    page.map((row) => row.actor),
  )
  return {
    items: page.map((one) => {
      const { place: _, order: _order, ...row } = one
      const said = words.map((told) => told.get(one)).find(Boolean)
      return {
        ...row,
        at: row.at.toISOString(),
        actorName: names.get(row.actor) ?? null,
        ...(said ? { words: said } : {}),
      }
    }),
    next: rows.length > limit && end ? cursorOf(end.place, end.order, end.id) : undefined,
  }
}

/** Where a source goes on after the last row of a page, which may be another source's of the same moment. */
function placeFor(order: number, [place, of, id]: z.infer<typeof cursor>): TimelinePlace {
  if (order === of) return { place, id }
  // Of the same moment: what stands before the last row's source was shown, what stands behind it was not.
  return { place, id: order < of ? 0 : Number.MAX_SAFE_INTEGER }
}

/** By profile: one walk down the index (profile_id, at, id) each, merged; never a sort of a regular's whole history. */
const facts: TimelineSource = async (ctx, profileIds, { limit, after }) => {
  const { rows } = await sql<TimelineRow>`
    select fact.id, fact.at, to_char(fact.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as place, fact.kind, fact.subject_id,
           fact.actor, fact.historic, fact.data
      from unnest(${[...profileIds]}::bigint[]) as of(profile_id)
      cross join lateral (
        select * from facts
         where facts.profile_id = of.profile_id and ${visibleFacts(ctx)}
           ${after ? sql`and (facts.at, facts.id) < (${`${after.place}Z`}::timestamptz, ${after.id})` : sql``}
         order by facts.at desc, facts.id desc limit ${limit}
      ) as fact
     order by fact.at desc, fact.id desc
     limit ${limit}`.execute(ctx.db)
  return rows
}

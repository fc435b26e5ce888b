import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { addDays, instantIn } from '#platform/days.ts'
import { actorNames } from './actor-names.ts'
import type { TimelineFact } from './contract.ts'
import { seenProfiles } from './customer.ts'
import { type FactGroup, patternsOf } from './fact-group.ts'
import { visibleFacts } from './scope.ts'
import { folded } from './search-key.ts'
import { sentencesOf } from './sentences.ts'
import { handOverNotes, type TimelineTeller } from './timeline-words.ts'

/** Something on a timeline, with its place: `at` to the microsecond as UTC text, so that texts sort as times do. */
export type TimelineRow = Omit<TimelineFact, 'at' | 'actorName' | 'sentence'> & { at: Date; place: string }

/** Where a page of a timeline goes on: after this moment, and at this moment after the row of this number. */
export type TimelinePlace = { place: string; id: number }

/** What is asked of a timeline: instants from (included) and to (not included), and groups of kinds; without them all. */
export type TimelineSpan = { from?: Date; to?: Date; of?: readonly FactGroup[] }

/**
 * What higher modules put on timelines beside the facts: rows of these profiles, newest first by (place, id), at most `limit`, after a
 * place, of a span. Ids are a source's own; at one moment facts come first, then the sources in their order.
 */
export type TimelineSource = (
  ctx: Context,
  profileIds: readonly number[],
  page: TimelineSpan & { limit: number; after?: TimelinePlace },
) => Promise<TimelineRow[]>

export type TimelineAsked = {
  limit: number
  after?: string
  of?: readonly FactGroup[]
  /** Days of the shop, both included. */
  from?: string
  to?: string
  /** Words of the sentence or of what it was about. */
  text?: string
}

type TimelinePage = { items: TimelineFact[]; next: string | undefined }

/** At one moment, what stands further up. Source 0 are the facts. */
const cursor = z.tuple([z.string().max(40), z.number().int().min(0), z.number()])

/** Rows read for one page of found ones; who looks for rare words in a long life is given the next page to ask for. */
const mostRead = 4000

/**
 * What happened with a customer: the facts of all its profiles, and what higher modules know of them, newest first. On screen each kind
 * is the message `fact.<kind>` of the module that announces it. An actor of some shops does not see the orders of others. Words are
 * looked for in what the reader is shown, so nobody finds by what is masked; a page of found ones may be short while more follow.
 * @throws Refusal `customers.unknown`
 */
export async function timelineOf(
  ctx: Context,
  customerId: number,
  { text, ...asked }: TimelineAsked,
  also: readonly TimelineSource[] = [],
  tellers: readonly TimelineTeller[] = [],
): Promise<TimelinePage> {
  const profileIds = await seenProfiles(ctx, customerId)
  const span = await spanOf(ctx, asked)
  const sources = [facts, ...also]
  const tell = await factTeller(ctx, tellers)
  if (!text) {
    const { rows, next } = await pageOf(ctx, sources, profileIds, span, asked.limit, asked.after)
    return { items: await tell(rows), next }
  }
  const words = folded(text)
  const items: TimelineFact[] = []
  let { after } = asked
  for (let read = 0; read < mostRead; read += 200) {
    const { rows, next } = await pageOf(ctx, sources, profileIds, span, 200, after)
    for (const [at, item] of (await tell(rows)).entries()) {
      if (!folded(`${item.sentence} ${item.words ?? ''} ${item.actorName ?? ''}`).includes(words)) continue
      items.push(item)
      if (items.length === asked.limit)
        return { items, next: at < rows.length - 1 || next ? placeOf(rows[at]!) : undefined }
    }
    after = next
    if (!after) break
  }
  return { items, next: after }
}

async function spanOf(ctx: Context, { of, from, to }: TimelineAsked): Promise<TimelineSpan> {
  const zone = from || to ? (await merchantOf(ctx)).zone : 'UTC'
  return {
    of: of && of.length > 0 ? of : undefined,
    from: from ? instantIn(zone, from) : undefined,
    to: to ? instantIn(zone, addDays(to, 1)) : undefined,
  }
}

type Row = TimelineRow & { order: number }

async function pageOf(
  ctx: Context,
  sources: readonly TimelineSource[],
  profileIds: readonly number[],
  span: TimelineSpan,
  limit: number,
  after: string | undefined,
): Promise<{ rows: Row[]; next: string | undefined }> {
  const last = after ? readCursor(cursor, after) : undefined
  const found = await Promise.all(
    sources.map(async (source, order) => {
      const rows = await source(ctx, profileIds, { ...span, limit: limit + 1, after: last && placeFor(order, last) })
      return rows.map((row) => ({ ...row, order }))
    }),
  )
  const all = found
    .flat()
    .sort((a, b) => (a.place === b.place ? a.order - b.order || b.id - a.id : a.place < b.place ? 1 : -1))
  const rows = all.slice(0, limit)
  const end = rows.at(-1)
  return { rows, next: all.length > limit && end ? placeOf(end) : undefined }
}

const placeOf = ({ place, order, id }: Row) => cursorOf(place, order, id)

/** Makes what a reader is shown of rows: the sentence, the words, who did it. What the shop calls things is read once. */
export async function factTeller(
  ctx: Context,
  tellers: readonly TimelineTeller[],
): Promise<(rows: readonly TimelineRow[]) => Promise<TimelineFact[]>> {
  const sentence = await sentencesOf(ctx)
  return async (rows) => {
    const words = await Promise.all([handOverNotes, ...tellers].map((tell) => tell(ctx, rows)))
    const names = await actorNames(
      ctx,
      rows.map((row) => row.actor),
    )
    return rows.map((row) => {
      const said = words.map((told) => told.get(row)).find(Boolean)
      const { id, kind, subjectId, actor, historic, data } = row
      return {
        ...{ id, kind, subjectId, actor, historic, data },
        at: row.at.toISOString(),
        actorName: names.get(actor) ?? null,
        sentence: sentence(row),
        ...(said ? { words: said } : {}),
      }
    })
  }
}

/** Where a source goes on after the last row of a page, which may be another source's of the same moment. */
function placeFor(order: number, [place, of, id]: z.infer<typeof cursor>): TimelinePlace {
  if (order === of) return { place, id }
  // Of the same moment: what stands before the last row's source was shown, what stands behind it was not.
  return { place, id: order < of ? 0 : Number.MAX_SAFE_INTEGER }
}

/** By profile: one walk down the index (profile_id, at, id) each, merged; never a sort of a regular's whole history. */
const facts: TimelineSource = async (ctx, profileIds, { limit, after, from, to, of }) => {
  const { rows } = await sql<TimelineRow>`
    select fact.id, fact.at, to_char(fact.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as place, fact.kind, fact.subject_id,
           fact.actor, fact.historic, fact.data
      from unnest(${[...profileIds]}::bigint[]) as of(profile_id)
      cross join lateral (
        select * from facts
         where facts.profile_id = of.profile_id and ${visibleFacts(ctx)}
           ${from ? sql`and facts.at >= ${from}` : sql``} ${to ? sql`and facts.at < ${to}` : sql``} ${of ? sql`and ${ofGroups(of)}` : sql``}
           ${after ? sql`and (facts.at, facts.id) < (${`${after.place}Z`}::timestamptz, ${after.id})` : sql``}
         order by facts.at desc, facts.id desc limit ${limit}
      ) as fact
     order by fact.at desc, fact.id desc
     limit ${limit}`.execute(ctx.db)
  return rows
}

/** Facts of some groups, as a condition on `facts`. */
export function ofGroups(groups: readonly FactGroup[]): RawBuilder<boolean> {
  const { like, others, known } = patternsOf(groups)
  const named = sql<boolean>`facts.kind like any(${like}::text[])`
  return others ? sql<boolean>`(${named} or facts.kind not like all(${known}::text[]))` : named
}

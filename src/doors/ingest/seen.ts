import { type RawBuilder, sql } from 'kysely'
import { forgetTakenBack } from '#know/identity/index.ts'
import type { Context } from '#platform/context.ts'
import type { Message } from './message.ts'

/** How long a message is known: one that comes again within it has no second effect. */
const keepDays = 30

/**
 * Marks messages as seen. @returns those that come for the first time, each once
 */
export async function markSeen(ctx: Context, messages: readonly Message[]): Promise<Message[]> {
  const first = new Map<number, Map<string, Message>>()
  for (const message of messages) {
    const { sourceId } = message.origin
    const theirs = first.get(sourceId) ?? new Map<string, Message>()
    first.set(sourceId, theirs)
    if (!theirs.has(message.id)) theirs.set(message.id, message)
  }
  const asked = [...first.values()].flatMap((theirs) => [...theirs.values()])
  if (asked.length === 0) return []
  // One process at a time works off, so looking and then writing is safe; writing only where nothing is in the way costs a third more.
  // Marked in the order of the index: neighbours lie on the same page.
  const { rows } = await sql<{ place: number }>`
    with asked as materialized (
      select * from unnest(${plainArray(asked.map(({ origin }) => origin.sourceId))}::int[], ${plainArray(asked.map(({ id }) => id))}::uuid[])
        with ordinality as asked(source_id, message, place)
    ),
    known as materialized (
      select place from asked cross join lateral (
        select from seen_messages seen where seen.source_id = asked.source_id and seen.message = asked.message limit 1) as found
    ),
    marked as (
      insert into seen_messages (source_id, message, day)
      select source_id, message, (${ctx.clock.machine()}::timestamptz at time zone 'UTC')::date from asked
       where place not in (select place from known) order by source_id, message
    )
    select place - 1 as place from known`.execute(ctx.db)
  const repeated = new Set(rows.map(({ place }) => asked[place]!))
  return repeated.size === 0 ? asked : asked.filter((message) => !repeated.has(message))
}

/** Numbers and UUIDs as Postgres writes an array: thousands of them, of which none needs quotes. */
function plainArray(values: readonly (number | string)[]): string {
  return `{${values.join(',')}}`
}

/** Takes marks back: what became a drop may come again. */
export async function unmark(ctx: Context, messages: readonly Pick<Message, 'origin' | 'id'>[]): Promise<void> {
  if (messages.length === 0) return
  await sql`
    delete from seen_messages using unnest(${messages.map(({ origin }) => origin.sourceId)}::int[], ${messages.map(({ id }) => id)}::uuid[])
           as row(source_id, message)
     where seen_messages.source_id = row.source_id and seen_messages.message = row.message`.execute(ctx.db)
}

const piece = 50_000

/** Forgets what is old: seen messages and drops after 30 days, counts after 8, the live page's samples after one. Machine time. */
export async function forgetOld(ctx: Context): Promise<void> {
  const before = (days: number) => new Date(ctx.clock.machine().getTime() - days * 86_400_000)
  const seenBefore = before(keepDays + 1)
    .toISOString()
    .slice(0, 10)
  await inPieces(ctx, 'seen_messages', sql`day < ${seenBefore}::date`)
  await inPieces(ctx, 'ingest_drops', sql`dropped_at < ${before(keepDays)}`)
  await inPieces(ctx, 'ingest_counts', sql`minute < ${before(8)}`)
  await inPieces(ctx, 'ingest_batches', sql`at < ${before(1)}`)
  await forgetTakenBack(ctx)
}

/** Each piece a statement of its own, so that none is long. */
async function inPieces(ctx: Context, table: string, which: RawBuilder<unknown>): Promise<void> {
  for (let gone = piece; gone === piece; ) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where ${which} limit ${piece}))`.execute(
      ctx.db,
    )
    gone = Number(numAffectedRows ?? 0)
  }
}

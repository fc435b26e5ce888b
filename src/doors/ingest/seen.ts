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
  const first = new Map<string, Message>()
  for (const message of messages) {
    const name = nameOf(message)
    if (!first.has(name)) first.set(name, message)
  }
  // About in the order of the index: neighbours lie on the same page.
  const asked = [...first.keys()].sort().map((name) => first.get(name)!)
  if (asked.length === 0) return []
  const { rows } = await sql<{ place: number }>`
    with asked as materialized (
      select * from unnest(${asked.map(({ origin }) => origin.sourceId)}::int[], ${asked.map(({ id }) => id)}::uuid[])
        with ordinality as asked(source_id, message, place)
    ),
    marked as (
      insert into seen_messages (source_id, message, day)
      select source_id, message, (${ctx.clock.machine()}::timestamptz at time zone 'UTC')::date from asked order by place
          on conflict do nothing
      returning source_id, message
    )
    select place - 1 as place from asked
     where (select count(*) from marked) < ${asked.length}
       and not exists (select from marked where marked.source_id = asked.source_id and marked.message = asked.message)`.execute(
    ctx.db,
  )
  for (const { place } of rows) first.delete(nameOf(asked[place]!))
  return [...first.values()]
}

/** Takes marks back: what became a drop may come again. */
export async function unmark(ctx: Context, messages: readonly Pick<Message, 'origin' | 'id'>[]): Promise<void> {
  if (messages.length === 0) return
  await sql`
    delete from seen_messages using unnest(${messages.map(({ origin }) => origin.sourceId)}::int[], ${messages.map(({ id }) => id)}::uuid[])
           as row(source_id, message)
     where seen_messages.source_id = row.source_id and seen_messages.message = row.message`.execute(ctx.db)
}

function nameOf({ origin, id }: Message): string {
  return `${origin.sourceId} ${id}`
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

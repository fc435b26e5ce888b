import { type RawBuilder, sql } from 'kysely'
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
  // In the order of the index: neighbours lie on the same page.
  const asked = [...first.values()].sort((a, b) => a.origin.sourceId - b.origin.sourceId || (a.id < b.id ? -1 : 1))
  if (asked.length === 0) return []
  const { rows } = await sql<{ sourceId: number; message: string }>`
    insert into seen_messages (source_id, message, day)
    select source_id, message, (${ctx.clock.machine()}::timestamptz at time zone 'UTC')::date
      from unnest(${asked.map(({ origin }) => origin.sourceId)}::int[], ${asked.map(({ id }) => id)}::uuid[]) as row(source_id, message)
        on conflict do nothing
    returning source_id, message`.execute(ctx.db)
  const fresh = new Set(rows.map(({ sourceId, message }) => `${sourceId} ${message}`))
  return [...first].flatMap(([name, message]) => (fresh.has(name) ? [message] : []))
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

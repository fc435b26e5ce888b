import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Drop } from './message.ts'

/** Kept of one source; beyond, drops are only counted. */
const mostKept = 50_000

/** Keeps messages that could not be used, each once however often it comes. */
export async function keepDrops(ctx: Context, drops: readonly Drop[]): Promise<void> {
  if (drops.length === 0) return
  const rows = drops.map(({ origin, id, reason, subject, type, event, cameAt, sentAt, raw, tries }) => ({
    source_id: origin.sourceId,
    key_id: origin.keyId,
    message_id: id,
    reason,
    subject: subject ?? null,
    type: type ?? null,
    event: event || null,
    came_at: cameAt.toISOString(),
    sent_at: sentAt?.toISOString() ?? null,
    tries: tries + 1,
    message: raw ?? null,
  }))
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row(source_id int, key_id int, message_id uuid, reason text, subject text, type text, event text, came_at timestamptz,
               sent_at timestamptz, tries int, message jsonb)
    ),
    full_sources as (
      select source_id from (select distinct source_id from told) as named
       where (select count(*) from (select from ingest_drops d where d.source_id = named.source_id limit ${mostKept}) as kept) >= ${mostKept}
    )
    insert into ingest_drops as d (source_id, key_id, message_id, reason, subject, type, event, came_at, sent_at, dropped_at, tries, message)
    select distinct on (source_id, message_id) source_id, key_id, message_id, reason, subject, type, event, came_at, sent_at,
           ${ctx.clock.machine()}::timestamptz, tries, message
      from told where source_id not in (select source_id from full_sources)
        on conflict (source_id, message_id) do update
           set reason = excluded.reason, subject = excluded.subject, tries = greatest(d.tries, excluded.tries)`.execute(
    ctx.db,
  )
}

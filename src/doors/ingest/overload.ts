import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/postgres/connect.ts'

/** Requests that may wait in the inbox: some minutes of the worst day, a gigabyte at most of ordinary ones. */
const mostWaiting = 200_000
const lookEveryMs = 1_000

type Look = { until: number; full: boolean }
const looks = new WeakMap<Db, Look>()

/** Whether so much waits to be worked off that senders had better wait themselves. Looked up once a second: both ends of an index. */
export async function overloaded(ctx: Context, most = mostWaiting): Promise<boolean> {
  const now = ctx.clock.machine().getTime()
  const last = looks.get(ctx.db)
  if (last && last.until > now) return last.full
  // The others take the old answer while this one looks.
  const look = { until: now + lookEveryMs, full: last?.full ?? false }
  looks.set(ctx.db, look)
  const { rows } = await sql<{ span: number }>`
    select coalesce((select id from inbox order by id desc limit 1) - (select id from inbox order by id limit 1), 0)::bigint as span`.execute(
    ctx.db,
  )
  look.full = rows[0]!.span > most
  return look.full
}

const mostCounted = 50_000
const buckets = new WeakMap<Db, Map<string, { left: number; at: number }>>()

/** Counts a request of somebody, in this process's memory. @param most in a minute */
export function tooManyFrom(ctx: Context, who: string, most: number): boolean {
  const counted = buckets.get(ctx.db) ?? new Map<string, { left: number; at: number }>()
  buckets.set(ctx.db, counted)
  const now = ctx.clock.machine().getTime()
  const bucket = counted.get(who) ?? { left: most, at: now }
  bucket.left = Math.min(most, bucket.left + ((now - bucket.at) / 60_000) * most)
  bucket.at = now
  counted.delete(who)
  counted.set(who, bucket)
  if (counted.size > mostCounted) counted.delete(counted.keys().next().value!)
  if (bucket.left < 1) return true
  bucket.left -= 1
  return false
}

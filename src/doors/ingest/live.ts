import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Live } from './contract.ts'
import type { Sampled } from './sample.ts'

const hourMs = 3_600_000
const mostShown = 30

/** What comes in, in machine time: what waits, the last hour by the minute, the latest messages, and why messages could not be used. */
export async function liveOf(ctx: Context): Promise<Live> {
  const since = new Date(ctx.clock.machine().getTime() - hourMs)
  const [waiting, counts, waited, messages, drops] = [
    await waitingNow(ctx),
    await countsSince(ctx, since),
    await waitedSince(ctx, since),
    await latest(ctx),
    await dropsByReason(ctx),
  ]
  const sum = (outcome: string) =>
    counts.filter((one) => one.outcome === outcome).reduce((all, { count }) => all + count, 0)
  return {
    waiting,
    lastHour: { used: sum('used'), repeated: sum('repeated'), dropped: sum('dropped'), refused: sum('refused') },
    waitedMs: waited,
    minutes: byMinute(counts),
    kinds: byKind(counts),
    messages,
    drops,
  }
}

type Counted = { minute: Date; outcome: 'used' | 'repeated' | 'dropped' | 'refused'; what: string; count: number }

async function waitingNow(ctx: Context): Promise<Live['waiting']> {
  const { rows } = await sql<{ requests: number; oldest: Date | null }>`
    select (select count(*) from (select from inbox limit 100000) as few) as requests,
           (select received_at from inbox order by id limit 1) as oldest`.execute(ctx.db)
  const { requests, oldest } = rows[0]!
  return { requests, seconds: oldest ? Math.max(0, (ctx.clock.machine().getTime() - oldest.getTime()) / 1000) : 0 }
}

async function countsSince(ctx: Context, since: Date): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select minute, outcome, what, sum(count)::bigint as count from ingest_counts
     where minute >= ${since} group by minute, outcome, what order by minute`.execute(ctx.db)
  return rows
}

async function waitedSince(ctx: Context, since: Date): Promise<Live['waitedMs']> {
  const { rows } = await sql<{ p50: number | null; p95: number | null }>`
    select percentile_cont(0.5) within group (order by waited_ms) as p50, percentile_cont(0.95) within group (order by waited_ms) as p95
      from (select waited_ms from ingest_batches where at >= ${since} order by id desc limit 5000) as few`.execute(
    ctx.db,
  )
  const { p50, p95 } = rows[0]!
  return p50 === null || p95 === null ? null : { p50, p95 }
}

async function latest(ctx: Context): Promise<Live['messages']> {
  const { rows } = await sql<{ sample: Sampled[] }>`
    select sample from ingest_batches order by id desc limit ${mostShown}`.execute(ctx.db)
  const { rows: sources } = await sql<{ id: number; name: string }>`select id, name from sources`.execute(ctx.db)
  const names = new Map(sources.map(({ id, name }) => [id, name]))
  return rows
    .flatMap(({ sample }) => [...sample].reverse())
    .slice(0, mostShown)
    .map(({ sourceId, ...one }) => ({ ...one, source: names.get(sourceId) ?? '' }))
}

async function dropsByReason(ctx: Context): Promise<Live['drops']> {
  const { rows } = await sql<{ reason: string; count: number; replayable: number; last: Date }>`
    select reason, count(*) as count, count(*) filter (where message is not null) as replayable, max(dropped_at) as last
      from ingest_drops
     group by reason order by max(dropped_at) desc`.execute(ctx.db)
  return rows.map(({ last, ...row }) => ({ ...row, last: last.toISOString() }))
}

function byMinute(counts: readonly Counted[]): Live['minutes'] {
  const minutes = new Map<string, Live['minutes'][number]>()
  for (const { minute, outcome, count } of counts) {
    if (outcome === 'refused') continue
    const at = minute.toISOString()
    const one = minutes.get(at) ?? { at, used: 0, repeated: 0, dropped: 0 }
    one[outcome] += count
    minutes.set(at, one)
  }
  return [...minutes.values()]
}

function byKind(counts: readonly Counted[]): Live['kinds'] {
  const kinds = new Map<string, Live['kinds'][number]>()
  for (const { outcome, what, count } of counts) {
    const one = kinds.get(`${outcome} ${what}`) ?? { outcome, what, count: 0 }
    one.count += count
    kinds.set(`${outcome} ${what}`, one)
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count)
}

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { projectionLag } from '#understand/projection/index.ts'
import { percentile } from '../harness.ts'
import { between, type ProcessorTime, processorTime } from './processor-time.ts'
import type { Sent } from './send.ts'

/** How messages fare that are sent at a steady rate, from the door into the columns. */
export type Through = {
  sent: number
  /** Messages a second that could be seen in the columns, while they were sent. */
  visible: number
  /** Messages answered yes and not to be seen yet: when the measuring began and when the sending ended. */
  behind: { first: number; last: number }
  /** Seconds from the receipt of a message until it could be seen. */
  lags: { p50: number; p95: number; p99: number }
  request99: number
  /** Microseconds a message: of load and server one that came, of the others one that was seen. */
  processor: ProcessorTime
}

/** Of a hundred messages of the load so many are behaviour; the others say who somebody is, or are orders (bodies.ts). */
const behaviourOf100 = 97
/** The beginning is not measured: a rate holds when it holds afterwards. */
const leadMs = 4_000
const lookEveryMs = 25

type Seen = { at: number; rows: number }

/**
 * Sends, and looks at the columns whenever the records say that a batch has arrived there. What can be seen a second is counted from
 * one arrival to another, so that it matters not how large the batches are.
 * @throws Error where a message that was answered yes is nowhere
 */
export async function through(
  ctx: Context,
  house: { dataDir: string; server?: number; worker?: number },
  send: () => Promise<Sent>,
): Promise<Through> {
  const rowsBefore = await rowsOf(ctx)
  let last = await arrived(ctx)
  const arrivals: Seen[] = []
  const lags: number[] = []
  let over = 0
  const began = Date.now()
  const times: { at: number; used: ProcessorTime; accepted: number }[] = []
  const watching = (async () => {
    for (;;) {
      const wasOver = over > 0
      const now = await arrived(ctx)
      if (now > last) {
        const rows = await seenSince(ctx, last, now)
        const at = Date.now()
        for (const { count, received } of rows) for (let n = 0; n < count; n += 10) lags.push((at - received) / 1000)
        arrivals.push({ at, rows: rows.reduce((sum, { count }) => sum + count, 0) })
        last = now
      }
      const lastLook = times.at(-1)?.at ?? 0
      if (!wasOver && Date.now() - lastLook > 1_000)
        times.push({
          at: Date.now(),
          used: processorTime(house.dataDir, house),
          accepted: await accepted(ctx, rowsBefore),
        })
      if (wasOver && (await waiting(ctx)) === 0) return
      await pause(lookEveryMs)
    }
  })()
  const sent = await send()
  over = Date.now()
  await watching
  await allAccounted(ctx, rowsBefore, sent.messages)
  const steady = arrivals.filter(({ at }) => at >= began + leadMs && at <= over)
  const [first, end] = [steady[0]!, steady.at(-1)!]
  const rows = steady.slice(1).reduce((sum, one) => sum + one.rows, 0)
  const [from, to] = [times.find(({ at }) => at >= began + leadMs)!, times.at(-1)!]
  const seenBy = (at: number) => arrivals.filter((one) => one.at <= at).reduce((sum, one) => sum + one.rows, 0)
  const behindAt = ({ at, accepted }: { at: number; accepted: number }) =>
    accepted - (seenBy(at) * 100) / behaviourOf100
  const used = between(from.used, to.used)
  const [came, worked] = [to.accepted - from.accepted, ((seenBy(to.at) - seenBy(from.at)) * 100) / behaviourOf100]
  const each = (name: string) => (name === 'load' || name === 'server' ? came : worked)
  return {
    sent: sent.messages / sent.seconds,
    visible: ((rows * 100) / behaviourOf100 / (end.at - first.at)) * 1000,
    behind: { first: behindAt(from), last: behindAt(to) },
    lags: { p50: percentile(lags, 0.5), p95: percentile(lags, 0.95), p99: percentile(lags, 0.99) },
    request99: percentile(sent.latencies, 0.99),
    processor: Object.fromEntries(
      Object.entries(used).map(([name, ms]) => [name, (ms * 1000) / each(name)]),
    ) as ProcessorTime,
  }
}

/** Until nothing waits, and those who follow have had their time: whoever is new is looked at by many. */
export async function calm(ctx: Context): Promise<void> {
  for (let quiet = 0; quiet < 5; ) {
    const rests = (await waiting(ctx)) === 0 && (await projectionLag(ctx)).pendingRows === 0
    quiet = rests ? quiet + 1 : 0
    await pause(1_000)
  }
}

/** The last batch that has arrived in the columns: they go there in the order of their numbers. */
async function arrived(ctx: Context): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce((select min(id) - 1 from behaviour_batches), last_id) as id from behaviour_keeping`.execute(ctx.db)
  return rows[0]!.id
}

/** Rows of the columns by when their request was received. */
async function seenSince(ctx: Context, from: number, to: number): Promise<{ count: number; received: number }[]> {
  const result = await ctx.columns.query({
    query: `SELECT toUnixTimestamp64Milli(received_at) AS received, count() AS count FROM behaviour
             WHERE batch > {from:UInt64} AND batch <= {to:UInt64} GROUP BY received_at`,
    query_params: { from, to },
    format: 'JSONEachRow',
  })
  return result.json<{ count: number; received: number }>()
}

async function waiting(ctx: Context): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select (select count(*) from inbox) + (select count(*) from behaviour_batches) as left`.execute(ctx.db)
  return rows[0]!.left
}

type Rows = { handled: number; behaviour: number }

/** What was made of messages so far. */
async function rowsOf(ctx: Context): Promise<Rows> {
  const { rows } = await sql<{ handled: number }>`
    select coalesce(sum(messages), 0)::bigint as handled from ingest_batches`.execute(ctx.db)
  const result = await ctx.columns.query({ query: 'SELECT count() AS count FROM behaviour', format: 'JSONEachRow' })
  const [behaviour] = await result.json<{ count: number }>()
  return { handled: rows[0]!.handled, behaviour: behaviour!.count }
}

/** Messages answered yes since: worked off, or in the inbox. */
async function accepted(ctx: Context, before: Rows): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select coalesce(sum(messages), 0) from ingest_batches)::bigint + (select coalesce(sum(messages), 0) from inbox)::bigint as count`.execute(
    ctx.db,
  )
  return rows[0]!.count - before.handled
}

async function allAccounted(ctx: Context, before: Rows, sent: number): Promise<void> {
  const now = await rowsOf(ctx)
  const [handled, behaviour] = [now.handled - before.handled, now.behaviour - before.behaviour]
  if (handled !== sent || behaviour !== Math.round((sent * behaviourOf100) / 100))
    throw new Error(`${sent} messages answered yes, ${handled} worked off, ${behaviour} rows in the columns`)
}

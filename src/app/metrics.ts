import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import type { Answered } from '#platform/http/index.ts'
import { poolState } from '#platform/postgres/connect.ts'
import { projectionLag } from '#understand/projection/index.ts'
import { listBackups } from './backup/index.ts'
import { diskOf, queueOf } from './health/index.ts'
import { version } from './version.ts'

export type Metrics = {
  contentType: string
  /** One request has been answered. */
  answered(answer: Answered): void
  /** The text that Prometheus reads. What cannot be asked, because an engine is down, is left out. */
  read(): Promise<string>
}

/** What Prometheus reads. Labels hold routes by pattern, states and names of ours; never ids, never people. */
export function createMetrics(config: Config, ctx: Context): Metrics {
  const registry = new Registry()
  // Memory, processor time, event loop lag, garbage collection of this process.
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'regulars_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge({ name: `regulars_${name}`, help, labelNames, registers: [registry] })

  gauge('info', 'Versions', ['version', 'node']).set({ version, node: process.versions.node }, 1)
  const up = gauge('engine_up', 'Whether an engine answers', ['engine'])
  const pool = gauge('pool_connections', 'Connections of this process to Postgres', ['state'])
  const lag = gauge('projection_lag_seconds', 'Age of the oldest change that the columns do not show yet')
  const pending = gauge('projection_pending_rows', 'Rows that the columns do not show yet')
  const jobs = gauge('queue_jobs', 'Jobs that wait, run, or failed for good within a day', ['state'])
  const oldest = gauge('queue_oldest_seconds', 'How long the longest job has waited beyond its time')
  const failures = gauge('listener_failures', 'Times in a row that a listener of facts has failed', ['listener'])
  const transaction = gauge(
    'oldest_write_seconds',
    'Age of the oldest open transaction that writes, on the whole server',
  )
  const backupAge = gauge('backup_age_seconds', 'Age of the newest whole backup')
  const backupBytes = gauge('backup_bytes', 'Size of the newest whole backup')
  const disk = gauge('disk_free_bytes', 'Room on the disk', ['folder'])

  async function askRecords(): Promise<void> {
    const queue = await queueOf(ctx)
    jobs.set({ state: 'waiting' }, queue.waiting)
    jobs.set({ state: 'running' }, queue.running)
    jobs.set(
      { state: 'failed' },
      queue.failing.reduce((sum, { count }) => sum + count, 0),
    )
    oldest.set(queue.oldestSeconds)
    const listeners = await sql<{ name: string; failures: number }>`select name, failures from listeners`.execute(
      ctx.db,
    )
    for (const { name, failures: count } of listeners.rows) failures.set({ listener: name }, count)
    const writes = await sql<{ seconds: number }>`
      select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 as seconds
        from pg_stat_activity where backend_xid is not null`.execute(ctx.db)
    transaction.set(writes.rows[0]!.seconds)
    const { lagSeconds, pendingRows } = await projectionLag(ctx)
    lag.set(lagSeconds)
    pending.set(pendingRows)
    const [last] = await listBackups(ctx, { limit: 1, done: true })
    if (!last?.endedAt) return
    backupAge.set((ctx.clock.machine().getTime() - Date.parse(last.endedAt)) / 1000)
    backupBytes.set(last.bytes ?? 0)
  }

  async function ask(): Promise<void> {
    for (const one of [jobs, failures]) one.reset()
    for (const one of [oldest, transaction, lag, pending, backupAge, backupBytes]) one.remove()
    const records = await sql`select 1`.execute(ctx.db).then(
      () => true,
      () => false,
    )
    const { success: columns } = await ctx.columns.ping()
    up.set({ engine: 'postgres' }, records ? 1 : 0)
    up.set({ engine: 'clickhouse' }, columns ? 1 : 0)
    if (records) await askRecords()
    for (const [state, count] of Object.entries(poolState(ctx.db))) pool.set({ state }, count)
    disk.set({ folder: 'data' }, (await diskOf(config.dataDir)).free)
    disk.set({ folder: 'backups' }, (await diskOf(config.backups)).free)
  }

  return {
    contentType: registry.contentType,
    answered: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    async read() {
      // What cannot be asked now is not there: `regulars_engine_up` says why.
      await ask().catch(() => undefined)
      return registry.metrics()
    },
  }
}

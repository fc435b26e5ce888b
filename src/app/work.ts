import { PgBoss } from 'pg-boss'
import type { Context } from '#platform/context.ts'
import { type Listener, listenAll, registerListeners } from '#platform/facts/index.ts'
import type { Job, Loop } from '#platform/jobs.ts'
import { faultOf } from '#platform/log.ts'
import { takeKeptJobs } from './backup/index.ts'
import { loop } from './loop.ts'

export type Worker = { queue: PgBoss; stop(): Promise<void> }

/** Opens the queue for asking only (`serve` without `work`). */
export async function openQueue(databaseUrl: string, ctx: Context): Promise<PgBoss> {
  const queue = new PgBoss({
    connectionString: databaseUrl,
    max: 3,
    application_name: 'regulars-jobs',
    schema: 'pgboss',
  })
  queue.on('error', (error) => ctx.log.error({ name: error.name }, 'queue'))
  await queue.start()
  return queue
}

/**
 * Does the work of machines: jobs, schedules, listeners of facts and loops, until stopped. Several processes may work at once.
 * `stop` lets running jobs end (their signal is aborted, so long ones end at their next safe point).
 */
export async function startWork(
  ctx: Context,
  queue: PgBoss,
  parts: { jobs: readonly Job[]; listeners: readonly Listener[]; loops: readonly Loop[] },
): Promise<Worker> {
  const stopping = new AbortController()
  const context: Context = { ...ctx, queue }
  for (const job of parts.jobs) {
    // A worker that dies is noticed by its missing heartbeat; the job is tried again and goes on from its cursor.
    await queue.createQueue(job.name, {
      policy: job.alone ? 'stately' : 'standard',
      heartbeatSeconds: 30,
      expireInSeconds: 12 * 3600,
      retryLimit: 5,
      retryBackoff: true,
    })
    await queue.work<Record<string, unknown>>(job.name, { pollingIntervalSeconds: 1 }, async ([one]) => {
      if (!one) return
      const log = ctx.log.child({ job: job.name, jobId: one.id })
      try {
        await job.run({ ...context, log }, one.data ?? {}, AbortSignal.any([stopping.signal, one.signal]))
      } catch (error) {
        const fault = faultOf(error)
        log.error(fault, 'job failed')
        // The queue keeps what is thrown, and the database's own errors quote rows.
        throw new Error(`${job.name}: ${fault.name} ${fault.code ?? ''}`)
      }
    })
    // Machine time in UTC; what follows the shop's midnight asks for it itself.
    if (job.cron) await queue.schedule(job.name, job.cron, {}, { tz: 'UTC' })
  }
  await takeKeptJobs(context, queue, parts.jobs)
  await registerListeners(context, parts.listeners)
  const turns = [
    loop(context, stopping.signal, {
      name: 'listeners',
      everyMs: 500,
      turn: async (ctx) => (await listenAll(ctx, parts.listeners)) > 0,
    }),
    ...parts.loops.map((one) => loop(context, stopping.signal, one)),
  ]
  return {
    queue,
    async stop() {
      stopping.abort()
      await Promise.all(turns)
      // All at once: while one ends, no other begins anew.
      await Promise.all(parts.jobs.map((job) => queue.offWork(job.name)))
    },
  }
}

import { CompiledQuery } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Context } from './context.ts'

/**
 * Work for machines, in the queue of the same Postgres. A job is one line that calls a verb; it may run twice, so the verb
 * is idempotent. Long waits are `wake_at` columns, never parked jobs.
 */
export type Job = {
  /** module.verb, as `exchange.import`. */
  name: string
  /** Runs in machine time; `signal` aborts at a graceful stop. */
  run(ctx: Context, data: Record<string, unknown>, signal: AbortSignal): Promise<void>
  /** Cron in the merchant's zone; a job without one runs when asked. */
  cron?: string
  /** One at a time in the whole house. */
  alone?: boolean
}

/**
 * Work that is asked for again and again, as the projection. `turn` says whether there was something to do; if not, the loop
 * waits `everyMs`. Several processes may run the same loop: a turn takes its own lock.
 */
export type Loop = { name: string; everyMs: number; turn(ctx: Context): Promise<boolean> }

export type Queue = Pick<PgBoss, 'send'>

/**
 * Asks for a job soon, in the caller's transaction where there is one: it exists if and only if the change that needs it does.
 * Without a queue (the command line) it does nothing: the caller runs the verb itself.
 * @param key at most one waiting job of this name and key
 */
export async function askFor(ctx: Context, name: string, data: Record<string, unknown>, key?: string): Promise<void> {
  if (!ctx.queue) return
  const db = {
    async executeSql(text: string, values: unknown[] = []) {
      return { rows: (await ctx.db.executeQuery<object>(CompiledQuery.raw(text, values))).rows as object[] }
    },
  }
  await ctx.queue.send(name, data, { db, ...(key ? { singletonKey: key } : {}) })
}

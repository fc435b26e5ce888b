import { sql } from 'kysely'
import type pg from 'pg'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import type { Target } from './cursors.ts'
import { horizonOf } from './position.ts'
import type { Reading } from './projected.ts'

/** One turn of the projection: on a connection of its own, with the horizon up to which it reads. */
export type Run = Reading & {
  ctx: Context
  client: pg.PoolClient
  target: Target
  /** Of the tables' names in the columns. */
  suffix: '' | '_next'
}

/**
 * Works on a connection that holds the projection's lock, so that one process at a time writes to the columns. The lock goes
 * with the connection: a killed process lets go of it.
 * @param options.wait false: gives up where another holds it
 * @returns undefined where another holds it
 */
export async function withLock<T>(
  ctx: Context,
  lock: 'projection' | 'rebuild',
  options: { wait: boolean },
  work: (held: { ctx: Context; client: pg.PoolClient }) => Promise<T>,
): Promise<T | undefined> {
  return withConnection(ctx.db, async (client, db) => {
    const key = sql`hashtextextended(${`regulars.${lock}`}, 0)`
    await sql`set statement_timeout = 0`.execute(db)
    if (options.wait) await sql`select pg_advisory_lock(${key})`.execute(db)
    else {
      const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${key}) as got`.execute(db)
      if (!rows[0]?.got) {
        await sql`reset statement_timeout`.execute(db)
        return undefined
      }
    }
    // Where the work throws, a COPY may be half read and nothing more can be said on this connection: it is closed.
    const result = await work({ ctx: { ...ctx, db }, client })
    await sql`select pg_advisory_unlock(${key})`.execute(db)
    await sql`reset statement_timeout`.execute(db)
    return result
  })
}

/** Opens a run: reads the horizon once, so that all tables are brought to the same state. */
export async function openRun(held: { ctx: Context; client: pg.PoolClient }, target: Target): Promise<Run> {
  const zone = (await merchantIfAny(held.ctx))?.zone ?? 'UTC'
  return { ...held, ...(await horizonOf(held.ctx)), zone, target, suffix: target === 'live' ? '' : '_next' }
}

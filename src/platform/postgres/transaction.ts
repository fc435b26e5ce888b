import { sql } from 'kysely'
import { writeTrail } from '../audit/trail.ts'
import type { Context } from '../context.ts'

/**
 * Runs `work` in one transaction; inside another, it joins. What a verb writes and the facts it announces commit
 * together or not at all, and so does the act's entry in the audit log. Nothing outside is called inside: ours last at most 10 s.
 */
export function inTransaction<C extends Context, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db }
    const done = await work(inside)
    await writeTrail(inside)
    return done
  })
}

/** Serialises verbs of the same key until the transaction ends; for checks that no unique index can make. */
export async function lockFor(ctx: Context, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.db)
}

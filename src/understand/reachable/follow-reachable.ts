import { sql } from 'kysely'
import { takeTouched } from '#know/consent/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { rowsOf } from '#understand/query/index.ts'
import { answersOf, writeAnswers } from './answers.ts'
import { type Cursor, cursorOf, keepCursor } from './cursor.ts'
import { never, secondsOf } from './until.ts'

/** Customers of one turn: about a second, in one transaction. */
const most = 5_000

/**
 * One turn: writes the answers again of customers who changed since, of whom a word came or went or an address was listed, and of whom
 * time alone has changed the answer. One process at a time; the others do nothing. Killed anywhere, the turn is done again.
 * @returns whether there is more to do now
 */
export function followReachable(ctx: Context): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const { rows: locks } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('reachable', 0)) as got`.execute(ctx.db)
    if (!locks[0]!.got) return false
    const before = await cursorOf(ctx)
    const now = ctx.clock.now()
    const touched = await takeTouched(ctx, most)
    const changed = await changedAfter(ctx, before)
    const due = before.dueAt && before.dueAt <= now ? await dueBy(ctx, now) : []
    const ids = [...new Set([...touched.customerIds, ...changed.map(({ id }) => id), ...due])]
    const more = touched.more || changed.length === most || due.length === most
    const isDue = before.dueAt !== null && before.dueAt <= now
    if (ids.length === 0 && !isDue) return more
    const { id, xid } = changed.at(-1) ?? before
    const cursor = { ...before, id, xid, round: before.round + 1 }
    if (ids.length > 0) await writeAnswers(ctx, cursor, await answersOf(ctx, ids, now))
    await keepCursor(ctx, { ...cursor, dueAt: await nextDue(ctx) })
    return more
  })
}

/** Turns until nothing is left. */
export async function followAll(ctx: Context): Promise<void> {
  while (await followReachable(ctx)) {
    // Each turn writes a part.
  }
}

async function changedAfter(ctx: Context, { xid, id }: Cursor): Promise<{ id: number; xid: string }[]> {
  const { rows } = await sql<{ id: number; xid: string }>`
    select id, xid::text as xid from customers
     where (xid, id) > (${xid}::xid8, ${id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by customers.xid, id limit ${most}`.execute(ctx.db)
  return rows
}

async function dueBy(ctx: Context, now: Date): Promise<number[]> {
  const rows = await rowsOf<{ customerId: number }>(ctx, {
    sql: `SELECT customer_id AS customerId FROM reachable FINAL WHERE until <= {now:DateTime('UTC')} LIMIT ${most}`,
    params: { now: secondsOf(now) },
  })
  return rows.map(({ customerId }) => Number(customerId))
}

/** When time changes the next answer. */
async function nextDue(ctx: Context): Promise<Date | null> {
  const [row] = await rowsOf<{ next: number }>(ctx, {
    sql: `SELECT toUnixTimestamp(min(until)) AS next FROM reachable FINAL WHERE until < {never:DateTime('UTC')}`,
    params: { never },
  })
  return row && Number(row.next) > 0 ? new Date(Number(row.next) * 1000) : null
}

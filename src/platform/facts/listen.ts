import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { faultOf } from '../log.ts'
import { inTransaction } from '../postgres/transaction.ts'

/** A fact as listeners read it. */
export type Fact = {
  id: number
  epoch: number
  xid: string
  at: Date
  kind: string
  profileId: number | null
  subjectId: number | null
  actor: string
  historic: boolean
  data: Record<string, unknown>
}

/**
 * A reader of the log. It gets every fact of its kinds once, in commit order; the cursor moves in the transaction of its
 * effects, so a crash repeats nothing. Historic facts are skipped unless it asks for them.
 */
export type Listener = {
  name: string
  kinds: readonly string[]
  historic?: boolean
  /** Handles a batch in the given transaction (at most 10 s). Throwing leaves the cursor; the batch is tried again. */
  hear(ctx: Context, facts: Fact[]): Promise<void>
}

type Position = { epoch: number; xid: string; id: number }

/**
 * Reads one batch for a listener.
 *
 * The horizon: facts are visible by commit, but numbered by insert, so a serial number alone would skip a late commit.
 * Only facts of transactions below `pg_snapshot_xmin` (none older still runs) are read, ordered by (epoch, xid, id). Facts of
 * older epochs (before a restore, or on another server) are all committed.
 * @returns how many facts were read; 0 means that it is up to date
 */
export async function listenOnce(ctx: Context, listener: Listener, batch = 1000): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    // Locked for this transaction: two workers never hear the same batch. A busy listener is somebody else's turn.
    const locked = await sql<Position>`
      select epoch, xid::text as xid, id from listeners where name = ${listener.name} for update skip locked`.execute(
      ctx.db,
    )
    const position = locked.rows[0]
    if (!position) return 0
    const { rows } = await sql<Fact>`
      select id, epoch, xid::text as xid, at, kind, profile_id, subject_id, actor, historic, data
        from facts
       where (epoch, xid, id) > (${position.epoch}, ${position.xid}::xid8, ${position.id})
         and (epoch < current_epoch() or xid < pg_snapshot_xmin(pg_current_snapshot()))
       -- Of the table: the answer's xid is text, by which 1000 comes before 999.
       order by facts.epoch, facts.xid, facts.id
       limit ${batch}`.execute(ctx.db)
    const last = rows.at(-1)
    if (!last) return 0
    const kinds = new Set(listener.kinds)
    const heard = rows.filter((fact) => kinds.has(fact.kind) && (listener.historic || !fact.historic))
    if (heard.length > 0) await listener.hear(ctx, heard)
    await sql`
      update listeners
         set epoch = ${last.epoch}, xid = ${last.xid}::xid8, id = ${last.id}, moved_at = clock_timestamp(), failures = 0, last_error = null
       where name = ${listener.name}`.execute(ctx.db)
    return rows.length
  })
}

/** Makes the cursors of new listeners. A new listener begins with what is announced from now on. */
export async function registerListeners(ctx: Context, listeners: readonly Listener[]): Promise<void> {
  for (const { name } of listeners) {
    await sql`
      insert into listeners (name, epoch, xid, id)
      select ${name}, current_epoch(), pg_snapshot_xmin(pg_current_snapshot()), 0
      on conflict (name) do nothing`.execute(ctx.db)
  }
}

/** Reads on until nothing is left; one failing listener does not hold the others. */
export async function listenAll(ctx: Context, listeners: readonly Listener[]): Promise<number> {
  let total = 0
  const waited = await withNews(ctx, listeners)
  for (const listener of listeners) {
    if (!waited.has(listener.name)) continue
    try {
      for (;;) {
        const count = await listenOnce(ctx, listener)
        total += count
        if (count === 0) break
      }
    } catch (cause) {
      ctx.log.error({ listener: listener.name, ...faultOf(cause) }, 'listener failed')
      await sql`
        update listeners set failures = failures + 1, last_error = ${(cause as Error).name} where name = ${listener.name}`.execute(
        ctx.db,
      )
    }
  }
  return total
}

/** Those for whom something was announced: one look for all, for mostly there is nothing, and a turn of each is a transaction. */
async function withNews(ctx: Context, listeners: readonly Listener[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select l.name from listeners l
     cross join lateral (
       select from facts f
        where (f.epoch, f.xid, f.id) > (l.epoch, l.xid, l.id)
          and (f.epoch < current_epoch() or f.xid < pg_snapshot_xmin(pg_current_snapshot()))
        order by f.epoch, f.xid, f.id limit 1) as news
     where l.name = any(${listeners.map(({ name }) => name)}::text[])`.execute(ctx.db)
  return new Set(rows.map(({ name }) => name))
}

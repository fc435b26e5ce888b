import { sql } from 'kysely'
import { rulesOf } from '#know/consent/index.ts'
import type { Context } from '#platform/context.ts'

/** How far the answers are written (migrations/postgres/0031-reachable.sql). */
export type Cursor = { epoch: number; madeFor: string; xid: string; id: number; round: number; dueAt: Date | null }

/** Of the rows of a round. */
export const versionOf = ({ epoch, round }: Pick<Cursor, 'epoch' | 'round'>) =>
  ((BigInt(epoch) << 40n) + BigInt(round)).toString()

/** The cursor; at the beginning in another epoch of the records, after a rebuild of the columns, and under other rules of the shop. */
export async function cursorOf(ctx: Context): Promise<Cursor> {
  const { version: rules } = await rulesOf(ctx)
  const { rows } = await sql<Cursor & { current: number; rebuilds: number }>`
    select c.epoch, c.made_for, c.xid::text as xid, c.id, c.round, c.due_at, current_epoch() as current,
           (select coalesce(max(id), 0) from projection_rebuilds) as rebuilds
      from (select) as here left join reachable_cursor c on true`.execute(ctx.db)
  const { current, rebuilds, ...kept } = rows[0]!
  const madeFor = `${current}.${rebuilds}.${rules}`
  if (kept.madeFor === madeFor) return kept
  const round = kept.epoch === current ? kept.round : 0
  return { epoch: current, madeFor, xid: '0', id: 0, round, dueAt: null }
}

export async function keepCursor(ctx: Context, { epoch, madeFor, xid, id, round, dueAt }: Cursor): Promise<void> {
  await sql`
    insert into reachable_cursor (epoch, made_for, xid, id, round, due_at)
    values (${epoch}, ${madeFor}, ${xid}::xid8, ${id}, ${round}, ${dueAt})
        on conflict (here) do update
       set epoch = excluded.epoch, made_for = excluded.made_for, xid = excluded.xid, id = excluded.id, round = excluded.round,
           due_at = excluded.due_at`.execute(ctx.db)
}

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Place } from './batch.ts'
import { projected } from './projected.ts'

/** live: the tables that are read. next: those that a rebuild makes. */
export type Target = 'live' | 'next'

export type Cursor = {
  name: string
  epoch: number
  /** Everything at and before it is copied. */
  place: Place
  /** The batch that was begun and may or may not have arrived. */
  pending?: { upTo: Place; token: string }
  movedAt: Date
}

type CursorRow = {
  name: string
  epoch: number
  xid: string
  id: number
  toXid: string | null
  toId: number | null
  token: string | null
  movedAt: Date
}

/** The cursors of a target by name; `traits` is how far the computed tables are. */
export async function readCursors(ctx: Pick<Context, 'db'>, target: Target): Promise<Map<string, Cursor>> {
  const { rows } = await sql<CursorRow>`
    select name, epoch, xid::text as xid, id, to_xid::text as to_xid, to_id, token, moved_at
      from projections where target = ${target}`.execute(ctx.db)
  return new Map(
    rows.map(({ name, epoch, xid, id, toXid, toId, token, movedAt }) => [
      name,
      {
        name,
        epoch,
        place: { xid, id },
        pending: token && toXid !== null ? { upTo: { xid: toXid, id: toId ?? 0 }, token } : undefined,
        movedAt,
      },
    ]),
  )
}

/** Makes a target's cursors, all at one transaction id: everything below it is taken as copied; `traits` begins at 0. */
export async function startCursors(
  ctx: Pick<Context, 'db'>,
  target: Target,
  { epoch, xid }: { epoch: number; xid: string },
): Promise<void> {
  await sql`
    insert into projections (target, name, epoch, xid, id)
    select ${target}::text, name, ${epoch}::int, ${xid}::xid8, 0 from unnest(${projected.map(({ name }) => name)}::text[]) as name
    union all select ${target}::text, 'traits', ${epoch}::int, '0'::xid8, 0
    on conflict (target, name) do nothing`.execute(ctx.db)
}

/** Records a batch before it is inserted. */
export async function begin(ctx: Pick<Context, 'db'>, target: Target, name: string, upTo: Place): Promise<string> {
  const token = randomUUID()
  await sql`
    update projections set to_xid = ${upTo.xid}::xid8, to_id = ${upTo.id}, token = ${token}
     where target = ${target} and name = ${name}`.execute(ctx.db)
  return token
}

/** Moves a cursor past the batch that has arrived. */
export async function move(
  ctx: Pick<Context, 'db'>,
  target: Target,
  name: string,
  place: Place,
  rows: number,
): Promise<void> {
  await sql`
    update projections
       set xid = ${place.xid}::xid8, id = ${place.id}, to_xid = null, to_id = null, token = null,
           rows = rows + ${rows}, moved_at = clock_timestamp()
     where target = ${target} and name = ${name}`.execute(ctx.db)
}

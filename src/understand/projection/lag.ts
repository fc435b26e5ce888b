import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ProjectionStatus } from './contract.ts'
import { type Projected, projected } from './projected.ts'

/** What waits: rows are counted to here a table, and said to be that many. */
const most = 100_000

/** Rows of a table that changed after its cursor. */
function waiting({ name, id, dated }: Projected): RawBuilder<unknown> {
  const place = sql.raw(dated ? `r.epoch, r.xid, ${id}` : `r.xid, ${id}`)
  const cursor = sql.raw(dated ? 'epoch, xid, id' : 'xid, id')
  return sql`
    (select count(*) from (select from ${sql.table(name)} r where (${place}) > (select ${cursor} from p where name = ${name}) limit ${most}) counted)`
}

/**
 * How far the columns are behind the records, in machine time. The age of what waits is that of its oldest fact; where only
 * rows without a fact wait, the time since the columns last moved.
 */
export async function projectionLag(ctx: Context): Promise<{ lagSeconds: number; pendingRows: number }> {
  const { rows } = await sql<{ pending: number; oldest: Date | null; movedAt: Date | null }>`
    with p as (select name, xid, id, epoch, moved_at from projections where target = 'live'),
    waits as (select ${sql.join(projected.map(waiting), sql` + `)} as pending)
    select waits.pending,
           (select r.recorded_at from facts r
             where (r.epoch, r.xid, r.id) > (select epoch, xid, id from p where name = 'facts')
             order by r.epoch, r.xid, r.id limit 1) as oldest,
           (select max(moved_at) from p) as moved_at
      from waits`.execute(ctx.db)
  const { pending, oldest, movedAt } = rows[0]!
  const since = oldest ?? movedAt
  if (pending === 0 || !since) return { lagSeconds: 0, pendingRows: pending }
  return { lagSeconds: Math.max(0, (ctx.clock.machine().getTime() - since.getTime()) / 1000), pendingRows: pending }
}

/** Lag, and a rebuild under way. */
export async function projectionStatus(ctx: Context): Promise<ProjectionStatus> {
  const { rows } = await sql<{ target: string; name: string; rows: number; movedAt: Date }>`
    select target, name, rows, moved_at from projections order by moved_at desc`.execute(ctx.db)
  const rebuilding = rows.find(({ target }) => target === 'next')
  const upToDate = rows.find(({ target, name }) => target === 'live' && name === 'traits')
  return {
    ...(await projectionLag(ctx)),
    upToDateAt: upToDate?.movedAt.toISOString() ?? null,
    rebuilding: rebuilding ? { table: rebuilding.name, rows: rebuilding.rows } : null,
  }
}

import { CompiledQuery } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Projected } from './projected.ts'

/** Rows of the columns in one insert: one block, so that its token covers all of it or nothing. */
const mostRows = 400_000

/** A range of rows after one place up to and with another, in one of two orders. */
export type Range = {
  /** changes: by (xid, id) below the horizon. everything: by id, whatever changed when. */
  by: 'changes' | 'everything'
  after: Place
  upTo: Place
}
export type Place = { xid: string; id: number }

/**
 * Where the next batch after a place ends: as many rows as make one insert, at least one. Reads an index only.
 * @returns nothing when there are no more
 */
export async function nextBatch(
  ctx: Pick<Context, 'db'>,
  projected: Projected,
  by: Range['by'],
  after: Place,
  { epoch, horizon }: { epoch: number; horizon: string },
): Promise<{ upTo: Place; rows: number } | undefined> {
  const { name, id, weight, dated } = projected
  const order = by === 'changes' ? `r.xid, ${id}` : id
  const where = conditionOf(projected, { by, after }, epoch)
  const below = by === 'changes' ? ` and r.xid < '${horizon}'::xid8` : ''
  const text = `
    select xid::text as xid, id, place as rows from (
      select xid, id, row_number() over (order by ${by === 'changes' ? 'xid, id' : 'id'}) as place,
             sum(weight) over (order by ${by === 'changes' ? 'xid, id' : 'id'} rows unbounded preceding) as weight
        from (select r.xid, ${id} as id, ${weight} as weight from ${name} r
               where ${where}${below} order by ${dated && by === 'changes' ? 'r.epoch, ' : ''}${order} limit 100000) as first_rows
    ) as batch
    where place = 1 or weight <= ${mostRows}
    order by place desc limit 1`
  const { rows } = await ctx.db.executeQuery<{ xid: string; id: number; rows: number }>(CompiledQuery.raw(text))
  const last = rows[0]
  return last && { upTo: { xid: last.xid, id: last.id }, rows: last.rows }
}

/** The rows of a range as a condition on `r`. Literals only of ours: transaction ids and row ids. */
export function conditionOf(
  { id, dated }: Projected,
  { by, after, upTo }: { by: Range['by']; after: Place; upTo?: Place },
  epoch: number,
): string {
  if (by === 'everything') return `${id} > ${after.id}${upTo ? ` and ${id} <= ${upTo.id}` : ''}`
  const place = ({ xid, id }: Place) => `('${xid}'::xid8, ${id}::bigint)`
  return [
    ...(dated ? [`r.epoch = ${epoch}`] : []),
    `(r.xid, ${id}) > ${place(after)}`,
    ...(upTo ? [`(r.xid, ${id}) <= ${place(upTo)}`] : []),
  ].join(' and ')
}

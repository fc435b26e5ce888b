import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { rowsOf } from '#understand/query/index.ts'
import type { Keeping } from './keeping.ts'

/** Under which other numbers some customers were known until just now: those merged into them, and those they were taken apart from. */
export async function kinOf(
  ctx: Context,
  ids: readonly number[],
  since: Pick<Keeping, 'version'>,
): Promise<Map<number, number[]>> {
  const [{ rows: merged }, apart] = await Promise.all([
    sql<{ id: number; other: number }>`
      select merged_into as id, id as other from customers where merged_into = any(${[...ids]}::bigint[])`.execute(
      ctx.db,
    ),
    rowsOf<{ kind: string; subject: number; data: string }>(ctx, {
      sql: `SELECT kind, subject_id AS subject, data FROM facts FINAL
             WHERE version >= {since:UInt64} AND kind IN ('customers.merge_undone', 'customers.split') LIMIT 10000`,
      params: { since: since.version },
    }),
  ])
  const wanted = new Set(ids)
  const kin = new Map<number, number[]>()
  const add = (id: number, other: number) => wanted.has(id) && kin.set(id, [...(kin.get(id) ?? []), other])
  for (const { id, other } of merged) add(id, other)
  for (const { subject, data } of apart) {
    const { apart = [], to } = JSON.parse(data) as { apart?: number[]; to?: number }
    for (const id of [...apart, ...(to === undefined ? [] : [to])]) add(id, subject)
  }
  return kin
}

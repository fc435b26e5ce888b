import { sql } from 'kysely'
import { across } from './bury.ts'
import type { Run } from './run.ts'

/** Profiles of staff and tests: all of them, and who came and went since it was written. */
export type LeftOut = { all: number[]; came: number[]; went: number[] }

/** Who is left out of sums over documents, by the records now, beside whom the columns leave out. Few: two small reads. */
export async function leftOutNow({ ctx, suffix }: Run): Promise<LeftOut> {
  const { rows } = await sql<{ profileId: number }>`
    select map.profile_id from customers c join profile_customers map on map.customer_id = c.id
     where c.mark is not null order by 1`.execute(ctx.db)
  const written = await ctx.columns.query({
    query: `SELECT profile_id AS profileId FROM left_out${suffix} FINAL`,
    format: 'JSONEachRow',
  })
  const before = new Set((await written.json<{ profileId: number }>()).map((row) => Number(row.profileId)))
  const all = rows.map((row) => row.profileId)
  const now = new Set(all)
  return { all, came: all.filter((id) => !before.has(id)), went: [...before].filter((id) => !now.has(id)) }
}

/** Notes whom the sums leave out from now on. */
export async function writeLeftOut({ ctx, suffix }: Run, version: string, { came, went }: LeftOut): Promise<void> {
  if (came.length + went.length === 0) return
  await ctx.columns.command({
    query: `
INSERT INTO left_out${suffix} (profile_id, version, is_deleted)
SELECT arrayJoin({came:Array(UInt64)}), {version:UInt64}, 0
UNION ALL SELECT arrayJoin({went:Array(UInt64)}), {version:UInt64}, 1`,
    query_params: { came, went, version },
    clickhouse_settings: across,
  })
}

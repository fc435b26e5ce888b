import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Dashboard } from './contract.ts'

export const mostDashboards = 100

/** All by name. */
export function dashboardsOf(ctx: Context): Promise<Dashboard[]> {
  return recordsOf(ctx)
}

/** @throws Refusal `dashboards.unknown_one` */
export async function dashboardOf(ctx: Context, id: number): Promise<Dashboard> {
  const [dashboard] = await recordsOf(ctx, sql`where id = ${id}`)
  if (!dashboard) throw new Refusal('not_found', 'dashboards.unknown_one')
  return dashboard
}

async function recordsOf(ctx: Context, where: RawBuilder<unknown> = sql``): Promise<Dashboard[]> {
  const { rows } = await sql<Omit<Dashboard, 'changedAt'> & { changedAt: Date }>`
    select id, name, note, shows, owner_id, changed_at, version from dashboards ${where} order by lower(name), id`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }))
}

import { sql } from 'kysely'
import { activeStaff } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Dashboard, Shown } from './contract.ts'
import { dashboardOf, mostDashboards } from './dashboard.ts'

type Kept = { name: string; note?: string | null; ownerId?: number | null; shows: Shown[] }

/** @throws Refusal `dashboards.taken_name`, `dashboards.too_many`, `dashboards.no_such_report`, `reports.no_such_owner` */
export function addDashboard(ctx: Context, { name, note, ownerId, shows }: Kept): Promise<Dashboard> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'dashboards')
    await refuseWrong(ctx, { name, ownerId, shows })
    const now = ctx.clock.now()
    const { rows } = await sql<{ id: number }>`
      insert into dashboards (name, note, shows, owner_id, made_at, changed_at, actor)
      select ${name}, ${note ?? null}, ${JSON.stringify(shows)}::jsonb, ${ownerId ?? null}, ${now}, ${now}, ${ctx.actor.label}
       where (select count(*) from dashboards) < ${mostDashboards}
      returning id`.execute(ctx.db)
    const id = rows[0]?.id
    if (id === undefined) throw new Refusal('conflict', 'dashboards.too_many', { most: mostDashboards })
    return dashboardOf(ctx, id)
  })
}

/** @throws Refusal `dashboards.unknown_one`, `http.stale`, and as `addDashboard` */
export function editDashboard(
  ctx: Context,
  version: number,
  { id, ...change }: Partial<Kept> & { id: number },
): Promise<Dashboard> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'dashboards')
    if ((await dashboardOf(ctx, id)).version !== version) throw new Refusal('stale', 'http.stale')
    await refuseWrong(ctx, change, id)
    await sql`
      update dashboards
         set name = coalesce(${change.name ?? null}, name), note = ${change.note === undefined ? sql`note` : change.note},
             owner_id = ${change.ownerId === undefined ? sql`owner_id` : change.ownerId},
             shows = coalesce(${change.shows ? JSON.stringify(change.shows) : null}::jsonb, shows),
             changed_at = ${ctx.clock.now()}, actor = ${ctx.actor.label}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    return dashboardOf(ctx, id)
  })
}

/** @throws Refusal `dashboards.unknown_one` */
export async function removeDashboard(ctx: Context, id: number): Promise<void> {
  const { rows } = await sql`delete from dashboards where id = ${id} returning id`.execute(ctx.db)
  if (rows.length === 0) throw new Refusal('not_found', 'dashboards.unknown_one')
}

/** A report that is deleted later leaves its place empty, and the page says so. */
async function refuseWrong(ctx: Context, { name, ownerId, shows }: Partial<Kept>, but = 0): Promise<void> {
  if (name !== undefined) {
    const { rows } = await sql`select from dashboards where lower(name) = lower(${name}) and id <> ${but}`.execute(
      ctx.db,
    )
    if (rows.length > 0) throw new Refusal('conflict', 'dashboards.taken_name')
  }
  if (ownerId && (await activeStaff(ctx, [ownerId])).length === 0) throw new Refusal('invalid', 'reports.no_such_owner')
  const wanted = new Set(shows?.flatMap((one) => (one.show === 'report' ? [one.reportId] : [])))
  if (wanted.size === 0) return
  const { rows } = await sql`select from reports where id = any(${[...wanted]}::integer[])`.execute(ctx.db)
  if (rows.length < wanted.size) throw new Refusal('invalid', 'dashboards.no_such_report')
}

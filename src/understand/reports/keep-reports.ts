import { sql } from 'kysely'
import { activeStaff } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { tellUses } from '#understand/segments/index.ts'
import { planFor } from '#understand/value/index.ts'
import type { Asks, Report } from './contract.ts'
import { mostReports, reportOf } from './report.ts'

type Kept = { name: string; note?: string | null; ownerId?: number | null; asks: Asks }

/**
 * Saves a report. One whose question cannot be asked is not saved.
 * @throws Refusal `reports.taken_name`, `reports.too_many`, `reports.no_such_owner`, and as `planFor`
 */
export function addReport(ctx: Context, { name, note, ownerId, asks }: Kept): Promise<Report> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'reports')
    await refuseTaken(ctx, name)
    await planFor(ctx, { where: asks.where })
    if (ownerId) await refuseNobody(ctx, ownerId)
    const now = ctx.clock.now()
    const { rows } = await sql<{ id: number }>`
      insert into reports (name, note, asks, owner_id, made_at, changed_at, actor)
      select ${name}, ${note ?? null}, ${JSON.stringify(asks)}::jsonb, ${ownerId ?? null}, ${now}, ${now}, ${ctx.actor.label}
       where (select count(*) from reports) < ${mostReports}
      returning id`.execute(ctx.db)
    const id = rows[0]?.id
    if (id === undefined) throw new Refusal('conflict', 'reports.too_many', { most: mostReports })
    return told(ctx, await reportOf(ctx, id))
  })
}

/** @throws Refusal `reports.unknown_one`, `http.stale`, and as `addReport` */
export function editReport(
  ctx: Context,
  version: number,
  { id, ...change }: Partial<Kept> & { id: number },
): Promise<Report> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'reports')
    if ((await reportOf(ctx, id)).version !== version) throw new Refusal('stale', 'http.stale')
    if (change.name !== undefined) await refuseTaken(ctx, change.name, id)
    if (change.asks) await planFor(ctx, { where: change.asks.where })
    if (change.ownerId) await refuseNobody(ctx, change.ownerId)
    await sql`
      update reports
         set name = coalesce(${change.name ?? null}, name), note = ${change.note === undefined ? sql`note` : change.note},
             owner_id = ${change.ownerId === undefined ? sql`owner_id` : change.ownerId},
             asks = coalesce(${change.asks ? JSON.stringify(change.asks) : null}::jsonb, asks),
             changed_at = ${ctx.clock.now()}, actor = ${ctx.actor.label}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    return told(ctx, await reportOf(ctx, id))
  })
}

/** @throws Refusal `reports.unknown_one` */
export function removeReport(ctx: Context, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql`delete from reports where id = ${id} returning id`.execute(ctx.db)
    if (rows.length === 0) throw new Refusal('not_found', 'reports.unknown_one')
    await tellUses(ctx, { kind: 'report', id, name: '' })
  })
}

/** The segments of its question are in use from now on. */
async function told(ctx: Context, report: Report): Promise<Report> {
  await tellUses(ctx, { kind: 'report', id: report.id, name: report.name }, report.asks.where)
  return report
}

async function refuseTaken(ctx: Context, name: string, but = 0): Promise<void> {
  const { rows } = await sql`select from reports where lower(name) = lower(${name}) and id <> ${but}`.execute(ctx.db)
  if (rows.length > 0) throw new Refusal('conflict', 'reports.taken_name')
}

async function refuseNobody(ctx: Context, staffId: number): Promise<void> {
  if ((await activeStaff(ctx, [staffId])).length === 0) throw new Refusal('invalid', 'reports.no_such_owner')
}

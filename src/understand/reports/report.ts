import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { asks, type Report } from './contract.ts'

/** A shop has some dozens. */
export const mostReports = 500

/** All saved reports by name. */
export function reportsOf(ctx: Context): Promise<Report[]> {
  return recordsOf(ctx)
}

/** @throws Refusal `reports.unknown_one` */
export async function reportOf(ctx: Context, id: number): Promise<Report> {
  const [report] = await recordsOf(ctx, sql`where id = ${id}`)
  if (!report) throw new Refusal('not_found', 'reports.unknown_one')
  return report
}

async function recordsOf(ctx: Context, where: RawBuilder<unknown> = sql``): Promise<Report[]> {
  const { rows } = await sql<Omit<Report, 'changedAt'> & { changedAt: Date }>`
    select id, name, note, asks, owner_id, changed_at, version from reports ${where} order by lower(name), id`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ ...row, asks: asks.parse(row.asks), changedAt: row.changedAt.toISOString() }))
}

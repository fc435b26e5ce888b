import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { addDays, dayIn, instantIn } from '#platform/days.ts'
import { type Setting, saveSetting, settingOf } from '#platform/settings.ts'
import { type BackupPlan, backupPlan, defaultPlan } from './contract.ts'

const name = 'backup'

export function planOf(ctx: Context): Promise<Setting<BackupPlan>> {
  return settingOf(ctx, name, backupPlan, defaultPlan)
}

/** @throws Refusal `http.stale` */
export function savePlan(ctx: Context, plan: BackupPlan, version: number): Promise<Setting<BackupPlan>> {
  return saveSetting(ctx, name, backupPlan, plan, version)
}

/** The shop's zone and since when there is a shop, or nothing before set-up: then there is nothing to keep. */
export async function shopSince(ctx: Context): Promise<{ zone: string; since: Date } | undefined> {
  const { rows } = await sql<{ zone: string; since: Date }>`select zone, created_at as since from merchant`.execute(
    ctx.db,
  )
  return rows[0]
}

/** The last time of day of the plan that has come, and the next one. Machine time on the shop's clock. */
export function slotsAround(at: string, zone: string, now: Date): { last: Date; next: Date } {
  const today = dayIn(zone, now)
  const slot = (days: number) => instantIn(zone, `${addDays(today, days)}T${at}`)
  return slot(0) <= now ? { last: slot(0), next: slot(1) } : { last: slot(-1), next: slot(0) }
}

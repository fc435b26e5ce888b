import { mkdir, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { faultOf } from '#platform/log.ts'
import { Refusal } from '#platform/refusal.ts'
import { askForBackup, noteDied } from './ask-for-backup.ts'
import type { Place } from './backup.ts'
import { makeBackup } from './make-backup.ts'
import { planOf, shopSince, slotsAround } from './plan.ts'
import { forgettable } from './retention.ts'

/** After a failure it is tried again, but not before so long, and not more often than this until the next day. */
const againMs = 20 * 60_000
const mostTries = 4

/** One turn of the clock of backups: asks for the daily one when its time has come; a run that died is noted as failed. */
export async function keepBackups(ctx: Context): Promise<boolean> {
  await noteDied(ctx)
  const [{ value: plan }, shop] = await Promise.all([planOf(ctx), shopSince(ctx)])
  if (!plan.daily || !shop) return false
  const now = ctx.clock.machine()
  const { last } = slotsAround(plan.at, shop.zone, now)
  if (last < shop.since) return false
  const { rows } = await sql<{ state: string; askedAt: Date }>`
    select state, asked_at from backups where asked_at >= ${last} and kind = 'daily' order by id desc`.execute(ctx.db)
  const [newest] = rows
  const tried = newest && (newest.state !== 'failed' || now.getTime() - newest.askedAt.getTime() < againMs)
  if (tried || rows.length >= mostTries) return false
  await askForBackup(ctx, 'daily').catch((error: unknown) => {
    // Somebody else's is under way: it is looked at again in the next turn.
    if (!(error instanceof Refusal)) throw error
  })
  return false
}

/** The job: makes the backup that was asked for into this machine's folder, then lets go of old ones. */
export async function runBackup(ctx: Context, place: Place, id: number, signal: AbortSignal): Promise<void> {
  const { rows } = await sql`select from backups where id = ${id} and state = 'waiting'`.execute(ctx.db)
  if (rows.length === 0) return
  try {
    await mkdir(place.folder, { recursive: true, mode: 0o700 })
    await clearDrafts(place.folder)
    await makeBackup(ctx, place, { id, path: await newFile(ctx, place.folder), signal })
    await forgetOld(ctx, place)
  } catch (error) {
    // Its row says why, and the clock tries again: the queue need not.
    ctx.log.error(
      { backup: id, ...(error instanceof Refusal ? { code: error.code } : faultOf(error)) },
      'backup failed',
    )
  }
}

/** A name by the shop's clock, as `regulars-2026-03-01-033000.tar`. */
export async function newFile(ctx: Context, folder: string): Promise<string> {
  const zone = (await shopSince(ctx))?.zone ?? 'UTC'
  const now = ctx.clock.machine()
  const time = now.toLocaleTimeString('en-GB', { timeZone: zone, hourCycle: 'h23' }).replaceAll(':', '')
  return join(folder, `regulars-${dayIn(zone, now)}-${time}.tar`)
}

/** Deletes drafts of backups whose process was killed. */
async function clearDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /^regulars-.*\.tar\.(\d+)\.part$/.exec(name) ?? []
    if (pid && !isRunning(Number(pid))) await rm(join(folder, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Deletes the files of this machine's folder that the plan does not keep. Backups made into other places are nobody's to delete. */
export async function forgetOld(ctx: Context, place: Place): Promise<number> {
  const { rows } = await sql<{ id: number; path: string; at: Date }>`
    select id, path, ended_at as at from backups
     where state = 'done' and forgotten_at is null and kind <> 'command' and machine = ${hostname()}`.execute(ctx.db)
  const here = rows.filter(({ path }) => dirname(path) === place.folder)
  const { value: plan } = await planOf(ctx)
  const old = forgettable(here, plan, (await shopSince(ctx))?.zone ?? 'UTC')
  for (const { id, path } of old) {
    await rm(path, { force: true })
    await sql`update backups set forgotten_at = clock_timestamp() where id = ${id}`.execute(ctx.db)
  }
  return old.length
}

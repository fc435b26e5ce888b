import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { backupOf } from './backup.ts'
import type { BackupRow } from './contract.ts'

/**
 * Notes that a backup is wanted and asks for its job.
 * @throws Refusal `backup.busy` where one waits or runs
 */
export function askForBackup(ctx: Context, kind: BackupRow['kind']): Promise<BackupRow> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, 'backup.ask')
    await noteDied(ctx)
    const { rows: busy } = await sql`select from backups where state in ('waiting', 'running')`.execute(ctx.db)
    if (busy.length > 0) throw new Refusal('conflict', 'backup.busy')
    const { rows } = await sql<{ id: number }>`
      insert into backups (kind, asked_by) values (${kind}, ${ctx.actor.label}) returning id`.execute(ctx.db)
    const { id } = rows[0]!
    if (kind !== 'command') await askFor(ctx, 'backup.make', { id })
    return backupOf(ctx, id)
  })
}

/** Stops a backup: one that waits at once, one that runs at its next table or chunk. One that has ended stays as it is. */
export async function cancelBackup(ctx: Context, id: number): Promise<BackupRow> {
  await sql`
    update backups
       set cancel_asked = true,
           state = case state when 'waiting' then 'cancelled' else state end,
           ended_at = case state when 'waiting' then clock_timestamp() else ended_at end
     where id = ${id} and state in ('waiting', 'running')`.execute(ctx.db)
  return backupOf(ctx, id)
}

/** A backup whose process was killed holds its lock no more. */
export async function noteDied(ctx: Context): Promise<void> {
  const { rows } = await sql`select from backups where state = 'running'`.execute(ctx.db)
  if (rows.length === 0) return
  await inTransaction(ctx, async (ctx) => {
    const { rows: locks } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('regulars.backup', 0)) as got`.execute(ctx.db)
    if (!locks[0]?.got) return
    await sql`
      update backups set state = 'failed', phase = null, ended_at = clock_timestamp(), failure = '{"code":"backup.died","params":{}}'
       where state = 'running'`.execute(ctx.db)
  })
}

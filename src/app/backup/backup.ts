import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Kept } from '#platform/module.ts'
import { Refusal } from '#platform/refusal.ts'
import type { BackupRow } from './contract.ts'

/** Where this machine keeps things, and what the modules hold outside of the records. */
export type Place = {
  dataDir: string
  /** Where backups that nobody names a file for go. */
  folder: string
  /** The file that the configuration was read from, where there is one. */
  settingsFile?: string
  keeps: readonly Kept[]
  /** Of Regulars. */
  version: string
}

type BackupRecord = {
  id: number
  kind: BackupRow['kind']
  state: BackupRow['state']
  machine: string | null
  path: string | null
  phase: string | null
  share: number
  bytes: number | null
  rows: number | null
  sha256: string | null
  failure: BackupRow['failure']
  askedBy: string
  askedAt: Date
  beganAt: Date | null
  endedAt: Date | null
  forgottenAt: Date | null
}

export async function backupOf(ctx: Context, id: number): Promise<BackupRow> {
  const { rows } = await sql<BackupRecord>`select * from backups where id = ${id}`.execute(ctx.db)
  if (!rows[0]) throw new Refusal('not_found', 'backup.unknown', { id })
  return shown(rows[0])
}

/** Backups, newest first; those whose file retention has deleted are left out. @param options.done only whole ones */
export async function listBackups(
  ctx: Context,
  { limit, before, done }: { limit: number; before?: number; done?: boolean },
): Promise<BackupRow[]> {
  const { rows } = await sql<BackupRecord>`
    select * from backups
     where forgotten_at is null
       ${before ? sql`and id < ${before}` : sql``} ${done ? sql`and state = 'done'` : sql``}
     order by id desc limit ${limit}`.execute(ctx.db)
  return rows.map(shown)
}

function shown({ askedBy, askedAt, beganAt, endedAt, forgottenAt: _forgotten, ...row }: BackupRecord): BackupRow {
  return {
    ...row,
    askedBy,
    askedAt: askedAt.toISOString(),
    beganAt: beganAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

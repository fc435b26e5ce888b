import pg from 'pg'
import { openArchive } from '#platform/archive/index.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import type { Kept } from '#platform/module.ts'
import { migrationNames } from '#platform/postgres/migrate.ts'
import { Refusal } from '#platform/refusal.ts'
import { loadColumns, refuseUnlessEmptyColumns } from './columns-in.ts'
import { clearHouse, refuseUnlessEmpty } from './empty-house.ts'
import { loadFiles } from './files-in.ts'
import { type Manifest, manifestShape } from './manifest.ts'
import { loadRecords } from './records-in.ts'

/** A house that has engines and nothing else: not migrated, or never set up. */
export type EmptyHouse = {
  databaseUrl: string
  /** With the patience for long inserts. */
  columns: Columns
  cluster?: string
  dataDir: string
  keeps: readonly Kept[]
}

export type Restored = {
  madeAt: string
  /** Of Regulars that made the file. */
  version: string
  tables: number
  rows: number
  /** Files put into the data folder. */
  files: string[]
}

/**
 * Restores a backup into an empty house: all of it or nothing. The file is read from end to end before anything is touched; the
 * records come in by one transaction. Afterwards the columns are behind, until a projection has made them anew.
 * @throws Refusal of `openArchive`; `backup.newer`, `backup.in_use`, `backup.not_empty`, `backup.foreign_tables`,
 *   `backup.columns_not_empty`
 */
export async function restore(
  house: EmptyHouse,
  {
    path,
    signal,
    onProgress = () => undefined,
  }: { path: string; signal?: AbortSignal; onProgress?: (progress: { phase: string; share: number }) => void },
): Promise<Restored> {
  const archive = await openArchive(path, { signal, onProgress: (share) => onProgress({ phase: 'checking', share }) })
  const client = new pg.Client({ connectionString: house.databaseUrl, application_name: 'regulars-restore' })
  try {
    const manifest = await understood(archive.manifest)
    await client.connect()
    await client.query(`
      set statement_timeout = 0; set lock_timeout = '10s'; set timezone = 'UTC'; set datestyle = 'ISO, YMD';
      set client_encoding = 'UTF8'`)
    // What starts meanwhile waits here, as it would for a migration.
    await client.query("select pg_advisory_lock(hashtextextended('regulars.migrate', 0))")
    await client.query('begin')
    await refuseUnlessEmpty(client)
    await refuseUnlessEmptyColumns(house.columns)
    await clearHouse(client)
    await loadRecords({ client, archive, manifest, signal, onProgress })
    const loaded = await loadColumns(house.columns, { archive, manifest, cluster: house.cluster, signal })
    const allowed = house.keeps.flatMap(({ files }) => files ?? [])
    const files = await loadFiles(house.dataDir, { archive, manifest, allowed })
    signal?.throwIfAborted()
    await client.query('commit')
    await loaded.done()
    await client.query('analyze')
    return {
      madeAt: manifest.madeAt,
      version: manifest.version,
      tables: manifest.records.tables.length,
      rows: manifest.records.tables.reduce((sum, { rows }) => sum + rows, 0),
      files,
    }
  } finally {
    await client.end().catch(() => undefined)
    await archive.close()
  }
}

/** @throws Refusal `backup.newer` where a later version of Regulars made the file */
async function understood(told: unknown): Promise<Manifest> {
  const parsed = manifestShape.safeParse(told)
  const known = await migrationNames()
  const made = (told as { version?: string } | null)?.version ?? '?'
  if (!parsed.success) throw new Refusal('invalid', 'backup.newer', { version: made })
  if (parsed.data.records.migrations.some((name) => !known.includes(name)))
    throw new Refusal('invalid', 'backup.newer', { version: made })
  return parsed.data
}

import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { type ArchiveWriter, archiveWriter, openArchive } from '#platform/archive/index.ts'
import type { Context } from '#platform/context.ts'
import { faultOf } from '#platform/log.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { Refusal } from '#platform/refusal.ts'
import { backupOf, type Place } from './backup.ts'
import { copyColumns } from './columns-out.ts'
import type { BackupRow } from './contract.ts'
import { FORMAT, type Manifest } from './manifest.ts'
import { copyJobs, copyTable, openSnapshot, shapeOf, tablesToCopy } from './records-out.ts'
import { type Progress, type Reporter, reporter } from './report.ts'

export type Making = {
  /** Of the row in `backups`, from `askForBackup`. */
  id: number
  path: string
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/**
 * Makes a backup beside the working shop: one read-only snapshot of the records, copied table after table; what is truth in the
 * columns; jobs that wait; the key and the settings. It takes no lock that a verb wants and holds no fact back.
 *
 * The file is written under another name, synced, read again from end to end, and then renamed: under its name there is a whole
 * backup or none. At a cancel and at an error the draft goes; after a kill the next backup into the folder clears it.
 * @throws Refusal `backup.busy`, `backup.exists`, `backup.folder`, `backup.no_space`, `backup.cancelled` (asked in the row), `backup.stopped` (by the signal)
 */
export async function makeBackup(
  ctx: Context,
  place: Place,
  { id, path, signal, onProgress }: Making,
): Promise<BackupRow> {
  try {
    return await withConnection(ctx.db, async (client, db) => {
      const { rows: locks } = await sql<{ got: boolean }>`
        select pg_try_advisory_lock(hashtextextended('regulars.backup', 0)) as got`.execute(db)
      if (!locks[0]?.got) throw new Refusal('conflict', 'backup.busy')
      if (await stat(path).catch(() => undefined)) throw new Refusal('conflict', 'backup.exists', { path })
      await sql`
        update backups set state = 'running', machine = ${hostname()}, path = ${path}, began_at = clock_timestamp()
         where id = ${id}`.execute(ctx.db)
      const report = reporter(ctx, id, { signal, onProgress })

      const made = await toFile(path, (write) => writeBackup(ctx, place, { client, db, write, report })).finally(
        report.stop,
      )
      await sql`reset all`.execute(db)
      await sql`select pg_advisory_unlock(hashtextextended('regulars.backup', 0))`.execute(db)
      await sql`
        update backups set state = 'done', share = 1, phase = null, ended_at = clock_timestamp(),
               bytes = ${made.bytes}, rows = ${made.rows}, sha256 = ${made.sha256}
         where id = ${id}`.execute(ctx.db)
      return backupOf(ctx, id)
    })
  } catch (error) {
    const reason = reasonOf(error, { path, signal })
    const state = reason.code === 'backup.cancelled' ? 'cancelled' : 'failed'
    await sql`
      update backups set state = ${state}, ended_at = clock_timestamp(), phase = null,
             failure = ${JSON.stringify({ code: reason.code, params: reason.params })}::jsonb
       where id = ${id}`.execute(ctx.db)
    throw reason.cause ?? reason
  }
}

type Copying = {
  client: pg.ClientBase
  /** Over the same connection. */
  db: Context['db']
  report: Pick<Reporter, 'at' | 'signal'>
}

/** Writes a whole backup, as the connection's one snapshot shows the house. */
export async function writeBackup(
  ctx: Context,
  place: Place,
  { write, ...copying }: Copying & { write: (bytes: Buffer) => Promise<void> },
): Promise<{ bytes: number; sha256: string; rows: number }> {
  const now = ctx.clock.machine()
  const archive = archiveWriter(write, now.getTime() / 1000)
  const head = { format: FORMAT, program: 'Regulars', version: place.version, madeAt: now.toISOString() }
  const manifest: Manifest = {
    format: FORMAT,
    version: place.version,
    madeAt: head.madeAt,
    head: await archive.plain('regulars-backup.json', Buffer.from(`${JSON.stringify(head)}\n`)),
    ...(await copyRecords(ctx, archive, place, copying)),
    files: await copyFiles(archive, place),
  }
  return { ...(await archive.end(manifest)), rows: manifest.records.tables.reduce((sum, { rows }) => sum + rows, 0) }
}

async function copyRecords(
  ctx: Context,
  archive: ArchiveWriter,
  place: Place,
  { client, db, report }: Copying,
): Promise<Pick<Manifest, 'records' | 'columns' | 'jobs'>> {
  await openSnapshot(client)
  const tables = await tablesToCopy(client)
  const all = tables.reduce((sum, { size }) => sum + size, 1)
  const copied: Manifest['records']['tables'] = []
  let before = 0
  for (const table of tables) {
    const phase = `records/${table.name}`
    const shareAt = (bytes: number) => (before + Math.min(bytes, table.size)) / all
    report.signal.throwIfAborted()
    report.at(phase, shareAt(0))
    copied.push(
      await copyTable(client, archive, table, {
        signal: report.signal,
        onBytes: (bytes) => report.at(phase, shareAt(bytes)),
      }),
    )
    before += table.size
  }
  const jobs = await copyJobs(client, archive)
  const kept = place.keeps.flatMap(({ columns }) => columns ?? [])
  report.at('columns', 1)
  const columns = await copyColumns({ db, columns: ctx.columns }, archive, kept, report.signal)
  const shape = await shapeOf(client)
  report.signal.throwIfAborted()
  await client.query('commit')
  return { records: { ...shape, tables: copied }, columns, jobs }
}

/** The key and what else modules keep in the data folder, and the settings file. What is not there is not needed. */
async function copyFiles(archive: ArchiveWriter, { dataDir, settingsFile, keeps }: Place): Promise<Manifest['files']> {
  const wanted = keeps
    .flatMap(({ files }) => files ?? [])
    .map((name) => ({ name, path: join(dataDir, name) }))
    .concat(settingsFile ? [{ name: 'regulars.env', path: settingsFile }] : [])
  const copied: Manifest['files'] = []
  for (const { name, path } of wanted) {
    const bytes = await readFile(path).catch(() => undefined)
    if (!bytes) continue
    async function* once(): AsyncGenerator<Buffer> {
      yield bytes!
    }
    copied.push({ name, ...(await archive.part(`files/${name}`, '', once())) })
  }
  return copied
}

async function toFile<T>(path: string, work: (write: (bytes: Buffer) => Promise<void>) => Promise<T>): Promise<T> {
  const draft = `${path}.${process.pid}.part`
  let file: FileHandle | undefined
  try {
    file = await open(draft, 'wx', 0o600)
    const writing = file
    const result = await work(async (bytes) => {
      for (let at = 0; at < bytes.length; ) at += (await writing.write(bytes, at)).bytesWritten
    })
    await file.sync()
    await file.close()
    file = undefined
    await (await openArchive(draft)).close()
    await rename(draft, path)
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
    return result
  } catch (error) {
    await file?.close()
    await rm(draft, { force: true })
    throw error
  }
}

/** What stopped it, as something that can be told; a bug is told as one and thrown as it is. */
function reasonOf(
  error: unknown,
  { path, signal }: { path: string; signal?: AbortSignal },
): Pick<Refusal, 'code' | 'params'> & { cause?: unknown } {
  if (error instanceof Refusal) return error
  const { code, name } = faultOf(error)
  if (signal?.aborted || name === 'AbortError') return new Refusal('conflict', 'backup.stopped')
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Refusal('unavailable', 'backup.no_space', { path: dirname(path) })
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EISDIR')
    return new Refusal('invalid', 'backup.folder', { path: dirname(path), file: basename(path), code })
  return { code: 'backup.failed', params: { error: code ?? name }, cause: error }
}

import type { ArchiveWriter } from '#platform/archive/index.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import type { Context } from '#platform/context.ts'
import type { KeptColumns } from '#platform/module.ts'
import type { Manifest, ManifestTable } from './manifest.ts'

/** Copies the tables that are truth in ClickHouse, in its own Native format, and notes by which migrations they were made. */
export async function copyColumns(
  snapshot: Pick<Context, 'db' | 'columns'>,
  archive: ArchiveWriter,
  kept: readonly KeptColumns[],
  signal?: AbortSignal,
): Promise<Manifest['columns']> {
  const tables: ManifestTable[] = []
  for (const one of kept) {
    signal?.throwIfAborted()
    tables.push(await copyOne(snapshot, archive, one, signal))
  }
  return { migrations: await migrationsOf(snapshot), tables }
}

async function copyOne(
  { db, columns }: Pick<Context, 'db' | 'columns'>,
  archive: ArchiveWriter,
  { table, known }: KeptColumns,
  signal?: AbortSignal,
): Promise<ManifestTable> {
  const which = known ? await known({ db }) : '1'
  const named = await rowsOf<{ name: string }>(
    columns,
    `SELECT name FROM system.columns
      WHERE database = currentDatabase() AND table = {table:String} AND default_kind IN ('', 'DEFAULT') ORDER BY position`,
    { table },
  )
  const names = named.map(({ name }) => name)
  const parts = await rowsOf<{ partition: string; counted: number }>(
    columns,
    `SELECT _partition_id AS partition, count() AS counted FROM ${table} WHERE ${which} GROUP BY _partition_id ORDER BY _partition_id`,
  )
  // Partition by partition: each is answered well within the client's patience, and the host's spool stays small.
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const { partition } of parts) {
      signal?.throwIfAborted()
      const { stream } = await columns.exec({
        query: `SELECT ${names.map((name) => `\`${name}\``).join(', ')} FROM ${table}
                 WHERE _partition_id = {partition:String} AND (${which}) FORMAT Native`,
        query_params: { partition },
        abort_signal: signal,
      })
      yield* stream as AsyncIterable<Buffer>
    }
  }
  const part = await archive.part(`columns/${table}`, '.native', bytes())
  return { name: table, columns: names, rows: parts.reduce((sum, { counted }) => sum + counted, 0), ...part }
}

async function rowsOf<T>(columns: Columns, query: string, params: Record<string, string> = {}): Promise<T[]> {
  return (await columns.query({ query, query_params: params, format: 'JSONEachRow' })).json<T>()
}

async function migrationsOf({ columns }: Pick<Context, 'columns'>): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(columns, 'SELECT DISTINCT name FROM migrations ORDER BY name')
  return rows.map(({ name }) => name)
}

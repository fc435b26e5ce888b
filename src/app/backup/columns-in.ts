import { Readable } from 'node:stream'
import type { Archive } from '#platform/archive/index.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import { migrateColumns } from '#platform/clickhouse/migrate.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Manifest } from './manifest.ts'

/** A table that is there while rows are brought in: what an interrupted restore left behind is known by it. */
const mark = 'restoring'

/**
 * Refuses where the columns hold another shop's rows; what an interrupted restore has left is taken away.
 * @throws Refusal `backup.columns_not_empty`
 */
export async function refuseUnlessEmptyColumns(columns: Columns): Promise<void> {
  const result = await columns.query({
    query: `SELECT name, toUInt64(coalesce(total_rows, 0)) AS rows FROM system.tables
             WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name NOT IN ('migrations', 'migrations_local')`,
    format: 'JSONEachRow',
  })
  const tables = await result.json<{ name: string; rows: number }>()
  const interrupted = tables.some(({ name }) => name === mark)
  const filled = tables.filter(({ name, rows }) => rows > 0 && name !== mark)
  if (filled.length > 0 && !interrupted)
    throw new Refusal('conflict', 'backup.columns_not_empty', { table: filled[0]!.name })
  for (const { name } of filled) await columns.command({ query: `TRUNCATE TABLE ${name} SYNC` })
}

/**
 * Brings back the tables that are truth in ClickHouse. Not one step with the records: it is done before their transaction
 * commits, and `done` is called after it; cut off in between, the next restore begins by taking them away.
 */
export async function loadColumns(
  columns: Columns,
  {
    archive,
    manifest,
    cluster,
    signal,
  }: { archive: Archive; manifest: Manifest; cluster?: string; signal?: AbortSignal },
): Promise<{ done(): Promise<void> }> {
  await migrateColumns(columns, { cluster, only: manifest.columns.migrations })
  await columns.command({ query: `CREATE TABLE IF NOT EXISTS ${mark} (one UInt8) ENGINE = MergeTree ORDER BY one` })
  for (const table of manifest.columns.tables) {
    signal?.throwIfAborted()
    if (table.pieces.length === 0) continue
    const { stream } = await columns.exec({
      query: `INSERT INTO ${table.name} (${table.columns.map((name) => `\`${name}\``).join(', ')}) FORMAT Native`,
      values: Readable.from(archive.read(table), { objectMode: false }),
      clickhouse_settings: { max_partitions_per_insert_block: '0', max_execution_time: 0 },
      abort_signal: signal,
    })
    stream.resume()
  }
  return {
    async done() {
      await migrateColumns(columns, { cluster })
      await columns.command({ query: `DROP TABLE IF EXISTS ${mark} SYNC` })
    },
  }
}

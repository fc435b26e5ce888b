import { readdir, readFile } from 'node:fs/promises'
import { compiled, type Statement, statementsOf } from './cluster.ts'
import type { Columns } from './connect.ts'

const folder = new URL('../../../migrations/clickhouse/', import.meta.url)

/**
 * Brings the columns to this version: numbered files once, forward only. ClickHouse has no transactions over definitions, so
 * every statement can be repeated (IF NOT EXISTS) and a file is recorded after its last one; a crash between two ends well at
 * the next start, and so do two processes that start at once.
 * @param options.cluster the tables are made Replicated and Distributed on this cluster
 * @param options.only these migrations alone: a restore begins with those of its file
 * @throws Error when the columns were migrated by a newer version, which this one must not touch
 */
export async function migrateColumns(
  columns: Columns,
  { cluster, only }: { cluster?: string; only?: readonly string[] } = {},
): Promise<string[]> {
  for (const query of compiled(record, cluster)) await columns.command({ query })
  const done = new Set(await appliedNames(columns))
  const files = await migrationFiles()
  const unknown = [...done].find((name) => !files.includes(name))
  if (unknown) {
    throw new Error(
      `The columns hold the migration ${unknown}, which this version does not know. Start the newer version of Regulars.`,
    )
  }
  const applied: string[] = []
  for (const name of files) {
    if (done.has(name) || (only && !only.includes(name))) continue
    for (const statement of await statementsIn(name)) {
      for (const query of compiled(statement, cluster)) await columns.command({ query })
    }
    await columns.insert({
      table: 'migrations',
      values: [{ name }],
      format: 'JSONEachRow',
      columns: ['name'],
      clickhouse_settings: { distributed_foreground_insert: 1 },
    })
    applied.push(name)
  }
  return applied
}

/** All statements of all migrations, in order: what a table is made of. */
export async function allStatements(): Promise<Statement[]> {
  return (await Promise.all((await migrationFiles()).map(statementsIn))).flat()
}

/** The cluster that the tables were made on, as the server tells it; nothing on one server. */
export async function clusterOf(columns: Columns): Promise<string | undefined> {
  const result = await columns.query({
    query: `SELECT extract(engine_full, '^Distributed\\\\(\\'?(\\\\w+)') AS cluster
              FROM system.tables WHERE database = currentDatabase() AND name = 'migrations' AND engine = 'Distributed'`,
    format: 'JSONEachRow',
  })
  return (await result.json<{ cluster: string }>())[0]?.cluster || undefined
}

const record: Statement = {
  sql: `CREATE TABLE IF NOT EXISTS migrations (name String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = ReplacingMergeTree ORDER BY name`,
  table: 'migrations',
  shard: 'cityHash64(name)',
}

async function appliedNames(columns: Columns): Promise<string[]> {
  const result = await columns.query({ query: 'SELECT DISTINCT name FROM migrations', format: 'JSONEachRow' })
  return (await result.json<{ name: string }>()).map((row) => row.name)
}

async function migrationFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

async function statementsIn(name: string): Promise<Statement[]> {
  return statementsOf(await readFile(new URL(name, folder), 'utf8'))
}

import { readdir, readFile } from 'node:fs/promises'
import type { Columns } from './connect.ts'

const folder = new URL('../../../migrations/clickhouse/', import.meta.url)

/**
 * Brings the columns to this version: numbered files once, forward only. ClickHouse has no transactions over definitions, so
 * every statement can be repeated (IF NOT EXISTS); a crash between two of them ends well at the next start.
 */
export async function migrateColumns(columns: Columns, _options: { cluster?: string } = {}): Promise<string[]> {
  await columns.command({
    query:
      'CREATE TABLE IF NOT EXISTS migrations (name String, applied_at DateTime64(3) DEFAULT now64(3)) ENGINE = ReplacingMergeTree ORDER BY name',
  })
  const done = new Set(
    (
      await (
        await columns.query({ query: 'SELECT name FROM migrations', format: 'JSONEachRow' })
      ).json<{ name: string }>()
    ).map((row) => row.name),
  )
  const applied: string[] = []
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    if (done.has(name)) continue
    const text = await readFile(new URL(name, folder), 'utf8')
    for (const query of text.split(/;\s*$/m)) if (query.trim()) await columns.command({ query })
    await columns.insert({ table: 'migrations', values: [{ name }], format: 'JSONEachRow', columns: ['name'] })
    applied.push(name)
  }
  return applied
}

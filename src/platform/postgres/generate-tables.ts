import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holdEngines } from '../engines/index.ts'
import { openPool } from './connect.ts'
import { migratePostgres } from './migrate.ts'

/**
 * Writes `tables.ts`, the types of every table, from a migrated database; `--verify` only compares and fails when stale.
 * Run as a program (`npm run tables`), it starts and migrates a database of its own for that.
 */
export function generateTables(url: string, verify: boolean): boolean {
  const binary = fileURLToPath(new URL('../../../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url))
  const out = fileURLToPath(new URL('./tables.ts', import.meta.url))
  const mapping = {
    int8: 'number',
    numeric: 'string',
    date: 'string',
    timestamptz: 'Date',
    xid8: 'string',
    bpchar: 'string',
  }
  const run = spawnSync(
    process.execPath,
    [
      binary,
      ...['--dialect', 'postgres', '--url', url, '--out-file', out, '--camel-case', '--log-level', 'error'],
      ...['--exclude-pattern', '(pgboss.*|facts_*|migrations)', '--type-mapping', JSON.stringify(mapping)],
      ...(verify ? ['--verify'] : []),
    ],
    { encoding: 'utf8' },
  )
  if (run.status !== 0) process.stderr.write(`${run.stdout}${run.stderr}`)
  return run.status === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dataDir = await mkdtemp(join(tmpdir(), 'regulars-tables-'))
  const engines = await holdEngines({ dataDir, durable: false, clickhouseUrl: 'http://127.0.0.1:1' })
  try {
    const pool = openPool(engines.databaseUrl)
    await migratePostgres(pool)
    await pool.end()
    const fresh = generateTables(engines.databaseUrl, process.argv.includes('--verify'))
    if (!fresh) process.stderr.write('tables.ts is stale: run npm run tables\n')
    process.exitCode = fresh ? 0 : 1
  } finally {
    await engines.release()
    await rm(dataDir, { recursive: true, force: true })
  }
}

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Writes `tables.ts`, the types of every table, from a migrated database; `--verify` only compares and fails when stale.
 * @example node src/platform/postgres/generate-tables.ts postgres://… --verify
 */
export function generateTables(url: string, verify: boolean): boolean {
  const binary = fileURLToPath(new URL('../../../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url))
  const out = fileURLToPath(new URL('./tables.ts', import.meta.url))
  const mapping = { int8: 'number', numeric: 'string', date: 'string', timestamptz: 'Date', xid8: 'string', bpchar: 'string' }
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
  const url = process.argv[2]
  if (!url) throw new Error('Say which migrated database: generate-tables.ts postgres://…')
  process.exitCode = generateTables(url, process.argv.includes('--verify')) ? 0 : 1
}

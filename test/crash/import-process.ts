import { importFile } from '#doors/exchange/index.ts'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { systemClock } from '#platform/clock.ts'
import { systemActor } from '#platform/context.ts'
import { createLog } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { secretsOf } from '#platform/secrets.ts'

// The process that the test kills: imports a file into a database, in small portions, so that there is much to be killed in.
const [databaseUrl, columnsUrl, path] = process.argv.slice(2)
const pool = openPool(databaseUrl!, { size: 4 })
const columns = openColumns(columnsUrl!)
const ctx = {
  db: openDb(pool),
  columns,
  clock: systemClock,
  actor: systemActor,
  log: createLog('silent'),
  secrets: secretsOf(Buffer.alloc(32)),
}
process.send?.('begun')
const { summary } = await importFile(ctx, {
  path: path!,
  preset: 'online-retail',
  portions: { rows: 4_000, orders: 100, lines: 2_000 },
})
process.send?.(summary)
await pool.end()
await columns.close()
process.disconnect?.()

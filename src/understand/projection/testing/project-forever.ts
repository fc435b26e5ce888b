import { openColumns } from '#platform/clickhouse/connect.ts'
import { systemClock } from '#platform/clock.ts'
import { systemActor } from '#platform/context.ts'
import { createLog } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { secretsOf } from '#platform/secrets.ts'
import { projectOnce } from '../index.ts'

// A program that a test starts to kill it: brings the columns up to the records, again and again.
const urls = JSON.parse(process.argv[2]!) as { database: string; columns: string; columnsDatabase: string }
const ctx = {
  db: openDb(openPool(urls.database)),
  columns: openColumns(urls.columns, { database: urls.columnsDatabase }),
  clock: systemClock,
  actor: systemActor,
  log: createLog('silent'),
  secrets: secretsOf(Buffer.alloc(32)),
}
for (;;) await projectOnce(ctx)

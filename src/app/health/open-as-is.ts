import { openColumns } from '#platform/clickhouse/connect.ts'
import { systemClock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { holdEngines } from '#platform/engines/index.ts'
import { createLog } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { secretsOf } from '#platform/secrets.ts'

/**
 * The engines as they are, for looking: nothing is migrated, no key is made.
 * @throws EnginesError where they cannot be had
 */
export async function openAsIs(config: Config): Promise<{ ctx: Context; close(): Promise<void> }> {
  const { dataDir, databaseUrl, clickhouseUrl } = config
  const engines = await holdEngines({ dataDir, databaseUrl, clickhouseUrl })
  const pool = openPool(engines.databaseUrl, { size: 6, name: 'regulars-doctor' })
  const columns = openColumns(engines.clickhouseUrl)
  return {
    ctx: {
      db: openDb(pool),
      columns,
      clock: systemClock,
      actor: systemActor,
      log: createLog('silent'),
      // What is sealed is not looked at, so any key will do.
      secrets: secretsOf(Buffer.alloc(32)),
    },
    async close() {
      await pool.end()
      await columns.close()
      await engines.release()
    },
  }
}

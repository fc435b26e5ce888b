import { openColumns } from '#platform/clickhouse/connect.ts'
import { migrateColumns } from '#platform/clickhouse/migrate.ts'
import { systemClock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { holdEngines } from '#platform/engines/index.ts'
import { ensureFactPartitions } from '#platform/facts/index.ts'
import { createLog, type Logger } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { migratePostgres } from '#platform/postgres/migrate.ts'
import { houseKey, secretsOf } from '#platform/secrets.ts'

export type House = {
  ctx: Context
  databaseUrl: string
  /** Closes connections and lets go of the engines; they stop with their last holder. */
  close(): Promise<void>
}

/**
 * Opens the house for a process: starts or joins the engines, migrates both, and makes the context of the system.
 * @param onNews told each step in a line, for the terminal
 */
export async function openHouse(
  config: Config,
  onNews: (line: string) => void = () => undefined,
  log?: Logger,
): Promise<House> {
  const engines = await holdEngines(
    { dataDir: config.dataDir, databaseUrl: config.databaseUrl, clickhouseUrl: config.clickhouseUrl },
    onNews,
  )
  const pool = openPool(engines.databaseUrl, { size: 12 })
  const columns = openColumns(engines.clickhouseUrl)
  const close = async () => {
    await pool.end()
    await columns.close()
    await engines.release()
  }
  try {
    for (const name of await migratePostgres(pool)) onNews(`records: ${name}`)
    for (const name of await migrateColumns(columns, { cluster: config.clickhouseCluster })) onNews(`columns: ${name}`)
    const ctx: Context = {
      db: openDb(pool),
      columns,
      clock: systemClock,
      actor: systemActor,
      log: log ?? createLog(config.logLevel),
      secrets: secretsOf(houseKey(config)),
    }
    await ensureFactPartitions(ctx)
    return { ctx, databaseUrl: engines.databaseUrl, close }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

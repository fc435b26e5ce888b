import { openColumns } from '#platform/clickhouse/connect.ts'
import { migrateColumns } from '#platform/clickhouse/migrate.ts'
import { pacedClock } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { type Context, systemActor } from '#platform/context.ts'
import { holdEngines } from '#platform/engines/index.ts'
import { ensureFactPartitions } from '#platform/facts/index.ts'
import { createLog, type Logger } from '#platform/log.ts'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { migratePostgres } from '#platform/postgres/migrate.ts'
import { houseKey, secretsOf } from '#platform/secrets.ts'
import { followShopTime, type ShopTime, shopTimeLease } from './demo/shop-time.ts'

export type House = {
  ctx: Context
  databaseUrl: string
  /** Shop time: the machine's, but in a demo that lives faster. */
  shopTime: ShopTime
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
  const clock = pacedClock(shopTimeLease)
  let shopTime: ShopTime | undefined
  const close = async () => {
    shopTime?.stop()
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
      clock,
      actor: systemActor,
      log: log ?? createLog(config.logLevel),
      secrets: secretsOf(houseKey(config)),
    }
    await ensureFactPartitions(ctx)
    shopTime = await followShopTime(ctx, clock)
    return { ctx, databaseUrl: engines.databaseUrl, shopTime, close }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

import { compiled, renamed } from '#platform/clickhouse/cluster.ts'
import type { Columns } from '#platform/clickhouse/connect.ts'
import { allStatements, clusterOf } from '#platform/clickhouse/migrate.ts'
import { rebuiltTables } from './projected.ts'

/** Makes empty tables `x_next` beside the live ones, by the same migrations. What an earlier rebuild left there goes. */
export async function makeNextTables(columns: Columns): Promise<void> {
  await dropNextTables(columns)
  const cluster = await clusterOf(columns)
  for (const statement of await allStatements()) {
    if (!statement.table || !rebuiltTables.includes(statement.table)) continue
    for (const query of compiled(renamed(statement, `${statement.table}_next`), cluster))
      await columns.command({ query })
  }
}

/**
 * Exchanges each `x_next` with `x`, one table after another, each atomically. In between, a reader of two tables sees both
 * generations; they hold the same rows, because both are at the same position and nobody writes.
 */
export async function exchangeTables(columns: Columns): Promise<void> {
  const cluster = await clusterOf(columns)
  for (const table of rebuiltTables) {
    const query = cluster
      ? `EXCHANGE TABLES ${table}_local AND ${table}_next_local ON CLUSTER ${cluster}`
      : `EXCHANGE TABLES ${table} AND ${table}_next`
    await columns.command({ query })
  }
}

export async function dropNextTables(columns: Columns): Promise<void> {
  const cluster = await clusterOf(columns)
  for (const table of rebuiltTables) {
    const statement = { sql: `DROP TABLE IF EXISTS ${table}_next`, table: `${table}_next` }
    for (const query of compiled(statement, cluster)) await columns.command({ query: `${query} SYNC` })
  }
}

import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Columns } from '#platform/clickhouse/connect.ts'
import { conditionOf, type Range } from './batch.ts'
import type { Projected, Reading } from './projected.ts'

/**
 * Copies the rows of a range from the records to the columns: what Postgres streams out of COPY is what ClickHouse reads as
 * TabSeparated, byte by byte, so nothing is made of a row in between (some 300,000 rows a second).
 *
 * Each insert is one block under the batch's token. Repeated after a crash it is dropped where it arrived, and where a row of
 * the range has changed meanwhile, a later range holds its new version.
 * @param suffix of the tables' names: '' or '_next'
 */
export async function copyRows(
  { client, columns }: { client: pg.PoolClient; columns: Columns },
  projected: Projected,
  range: Range,
  reading: Reading,
  { suffix, token }: { suffix: string; token: string },
): Promise<void> {
  // A row from before a restore may carry a transaction id that this server has not reached: it counts as committed now.
  const ceiling = BigInt(reading.horizon) - 1n
  const version = `((${reading.epoch}::bigint << 48) + least(r.xid::text::bigint, ${ceiling}))`
  const where = conditionOf(projected, range, reading.epoch)
  for (const { table, columns: names, select, join } of projected.parts) {
    const rows = client.query(
      copyTo(
        `copy (select ${select(version, reading)} from ${projected.name} r ${join ?? ''} where ${where}) to stdout`,
      ),
    )
    const insert = columns.insert({
      table: `${table}${suffix}`,
      columns: [...names] as [string, ...string[]],
      values: rows,
      format: 'TabSeparated',
      clickhouse_settings: { ...oneBlock, insert_deduplication_token: `${token}:${table}` },
    })
    // Both ends must be well: rows that broke off on the way out are no batch, whatever the columns say.
    await Promise.all([finished(rows), insert])
  }
}

const oneBlock = {
  insert_deduplicate: 1,
  max_insert_block_size: '10000000',
  min_insert_block_size_rows: '10000000',
  min_insert_block_size_bytes: '4000000000',
  max_insert_threads: '1',
  max_partitions_per_insert_block: '0',
  distributed_foreground_insert: 1,
} as const

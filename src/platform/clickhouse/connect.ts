import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'

export type Columns = ClickHouseClient

/**
 * The client of the columns, embedded or remote alike. The database is the URL's path unless told. Times are UTC; a query ends after `queryMs` (default 30 s),
 * or after the `max_execution_time` (seconds, at most 600 unless `queryMs` is more) that it is given itself.
 * 64-bit integers arrive as JSON numbers: ids and amounts of ours stay below 2^53.
 */
export function openColumns(url: string, options: { database?: string; queryMs?: number } = {}): Columns {
  const { queryMs = 30_000 } = options
  const address = new URL(url)
  const database = options.database ?? (decodeURIComponent(address.pathname.slice(1)) || 'default')
  address.pathname = ''
  return createClient({
    url: address,
    database,
    application: 'regulars',
    // It would log failed statements with their values; we log codes.
    log: { level: ClickHouseLogLevel.OFF },
    // The engine ends what takes too long; this ends what it does not answer at all.
    request_timeout: Math.max(queryMs, 600_000) + 10_000,
    max_open_connections: 8,
    compression: { request: false, response: false },
    clickhouse_settings: {
      max_execution_time: Math.ceil(queryMs / 1000),
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_decimals: 0,
      date_time_input_format: 'best_effort',
      do_not_merge_across_partitions_select_final: 1,
      session_timezone: 'UTC',
    },
  })
}

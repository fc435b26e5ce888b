import { availableParallelism } from 'node:os'

/** How many queries run at once, and how many may wait for their turn. Beyond that: too many simultaneous queries. */
export const RUNNING = 20
export const WAITING = 500

/** Threads of libuv: one for each running query, the rest for control (KILL QUERY must never wait), files and gzip. */
export const THREADS = RUNNING + 12

/** The longest statement with its bound values. The rows of an insert go by a file and do not count. */
export const STATEMENT_BYTES = 64 * 1024 * 1024

const MB = 1024 ** 2

/** Settings of every query unless the request says otherwise. ClickHouse itself has no limits by default. */
export const defaultSettings: Readonly<Record<string, string>> = {
  max_execution_time: '60',
  max_memory_usage: String(1024 * MB),
  max_bytes_before_external_group_by: String(512 * MB),
  max_bytes_before_external_sort: String(512 * MB),
  max_threads: String(availableParallelism()),
  max_query_size: '262144',
}

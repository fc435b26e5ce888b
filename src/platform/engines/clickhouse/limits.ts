import { availableParallelism } from 'node:os'

/** How many queries run at once, and how many may wait for their turn. Beyond that: too many simultaneous queries. */
export const RUNNING = 20
export const WAITING = 500

/** Threads of libuv: one for each running query, the rest for control (KILL QUERY must never wait), files and gzip. */
export const THREADS = RUNNING + 12

/** The longest statement, without the data of an insert, which goes by a file. */
export const STATEMENT_BYTES = 64 * 1024 * 1024

/** Settings of every query unless the request says otherwise. ClickHouse itself has no limits by default. */
export const defaultSettings: Readonly<Record<string, string>> = {
  max_execution_time: '60',
  max_memory_usage: String(1024 ** 3),
  max_bytes_before_external_group_by: String(512 * 1024 ** 2),
  max_bytes_before_external_sort: String(512 * 1024 ** 2),
  max_threads: String(availableParallelism()),
  max_insert_threads: '1',
}

/** For answers that are made whole before they are sent. */
export const WHOLE_ANSWER_BYTES = 256 * 1024 ** 2

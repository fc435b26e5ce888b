import { createRequire } from 'node:module'

/** A connection of chdb: one session of ClickHouse. Opaque. */
export type Connection = { readonly connection: unique symbol }

export type NativeResult = { bytes: Uint8Array; elapsed: number; rowsRead: number; bytesRead: number }

/**
 * The part that we use of chdb's addon, beneath its `Session`. `Session.close()` waits for whatever else runs in the
 * process, so under load nothing is ever closed and ended queries stay listed with their memory; and `queryStream()`
 * begins on the main thread, where a scalar subquery held up everything, KILL QUERY too, for 27 seconds.
 */
export type Native = {
  /** All connections of a process are to one path. `args` are those of `clickhouse local`. */
  CreateConnection(path: string, args?: string[]): Connection
  /** Only when nothing runs on it any more. */
  CloseConnection(connection: Connection): void
  /** Runs on a thread of libuv. Rejects with ClickHouse's own words. */
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<NativeResult>
}

/** Loads the addon of this platform: half a gigabyte of library, mapped, so some 0.1 s when it is in the page cache. */
export function loadNative(): Native {
  const libc = process.platform === 'linux' ? '-gnu' : ''
  const ofChdb = createRequire(createRequire(import.meta.url).resolve('chdb'))
  return ofChdb(`@chdb/lib-${process.platform}-${process.arch}${libc}`) as Native
}

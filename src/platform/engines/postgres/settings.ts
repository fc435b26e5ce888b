import { statfsSync } from 'node:fs'

/** Settings of a small server of a shop: a few gigabytes of memory, shared with the app and ClickHouse. */
export function postgresSettings(port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    dynamic_shared_memory_type: hasSharedMemory() ? 'posix' : 'mmap',
    max_connections: '100',
    shared_buffers: '128MB',
    work_mem: '32MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    // The bundled build has neither lz4 nor zstd, nor io_uring. Compressing by pglz took half of a batch's processor time and wrote
    // three fifths of the bytes (docs/decisions/0019).
    wal_compression: 'off',
    random_page_cost: '1.1',
    jit: 'off',
    idle_in_transaction_session_timeout: '60s',
    // Errors of statements carry what customers typed: they are told to the client, not kept in a file.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** The environment for its programs: ours without what would lead them elsewhere, and with messages in English. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

/** A container often has 64 MB of it, on which a parallel query fails: files do then, more slowly. */
function hasSharedMemory(): boolean {
  if (process.platform !== 'linux') return true
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize >= 256 * 1024 ** 2
  } catch {
    return false
  }
}

import { writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'

/** Writes what only a configuration file can say: caches, pools and all queries' memory together, for a small server. */
export function writeConfigFile(file: string, durable: boolean): void {
  const sync = durable ? 1 : 0
  writeFileSync(
    file,
    `<clickhouse>
  <max_server_memory_usage>${Math.round(memory() * 0.6)}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <index_uncompressed_cache_size>0</index_uncompressed_cache_size>
  <mmap_cache_size>0</mmap_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <max_thread_pool_size>500</max_thread_pool_size>
  <merge_tree>
    <fsync_after_insert>${sync}</fsync_after_insert>
    <fsync_part_directory>${sync}</fsync_part_directory>
    <min_compressed_bytes_to_fsync_after_merge>${sync}</min_compressed_bytes_to_fsync_after_merge>
  </merge_tree>
</clickhouse>
`,
    { mode: 0o600 },
  )
}

/** What this machine has, or its container allows, in bytes. */
function memory(): number {
  const allowed = process.constrainedMemory()
  return allowed > 0 ? Math.min(totalmem(), allowed) : totalmem()
}

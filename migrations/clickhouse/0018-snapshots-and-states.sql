-- Who was in a segment at a moment: of each customer the oldest profile then, as a bitmap, so that merges and splits since are followed by the map.
-- It cannot be made anew: backups keep it. A snapshot that the records do not know is nobody's, and goes by partition.

-- shard: intHash64(snapshot_id)
CREATE TABLE IF NOT EXISTS segment_snapshots (
  snapshot_id UInt32,
  members AggregateFunction(groupBitmap, UInt64)
) ENGINE = MergeTree
PARTITION BY snapshot_id ORDER BY snapshot_id
SETTINGS index_granularity = 1, non_replicated_deduplication_window = 1000;

-- Who was moved to which of the shop's own states (migrations/postgres/0032-lives.sql), by profile: the last move of a person's holds.
-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS state_moves (
  profile_id UInt64,
  id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  to_id UInt32,                     -- 0: to none
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY (profile_id, id)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

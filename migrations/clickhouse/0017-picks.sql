-- Who was picked by hand for a segment, or kept out of it (migrations/postgres/0037-uses-and-picks.sql), by profile, to find them by it.

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS segment_picks (
  segment_id UInt32,
  profile_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  state Enum8('in' = 1, 'out' = 2, 'gone' = 3),
  until Date,                       -- 2149-06-06: without end
  at DateTime64(3, 'UTC'),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY (segment_id, profile_id)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- Where people came from, by profile (know/arrivals), to find them by it.

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS arrivals (
  profile_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  way_id UInt32,                    -- 0: not known
  rank UInt8,                       -- of its origin, as know/arrivals/arrival.ts
  on_day Date,
  gone UInt8,
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY profile_id
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- What the shop's people keep of people (migrations/postgres/0018-record.sql), by profile: found by it, never shown from here.

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS profile_talks (
  profile_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  last_on Nullable(Date),
  next_on Nullable(Date),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY profile_id
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS profile_tags (
  tag_id UInt32,
  profile_id UInt64,
  origin LowCardinality(String),
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  state Enum8('yes' = 1, 'no' = 2, 'gone' = 3),
  until Date,                       -- 2149-06-06: without end
  at DateTime64(3, 'UTC'),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY (tag_id, profile_id, origin)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- A value stands in the column that can compare it; yes and no are 1 and 0.
-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS own_values (
  field_id UInt32,
  profile_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  said UInt8,                       -- 0: nothing any more
  rank UInt8,
  at DateTime64(3, 'UTC'),
  text String,
  number Nullable(Float64),
  day Nullable(Date),
  choices Array(UInt32),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY (field_id, profile_id)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

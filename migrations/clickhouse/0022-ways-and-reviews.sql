-- How far orders came and when, and what was said of what was bought (migrations/postgres/0048-ways-and-reviews.sql), by profile.

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS order_ways (
  profile_id UInt64,
  order_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  shipped_on Nullable(Date),        -- in the shop's zone
  delivered_on Nullable(Date),
  received_on Nullable(Date),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(order_id, 1000000) ORDER BY (profile_id, order_id)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS reviews (
  profile_id UInt64,
  id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0,
  shop_id UInt32,                   -- of the order; 0: of none
  product_id UInt64,                -- 0: of none
  rating UInt8,
  day Date,                         -- in the shop's zone
  answered_on Nullable(Date),
  INDEX by_version version TYPE minmax GRANULARITY 1
) ENGINE = ReplacingMergeTree(version, is_deleted)
PARTITION BY intDiv(profile_id, 250000) ORDER BY (profile_id, id)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- What customers did, as told to us: views, carts, favourites, searches, visits. This table is truth: no rebuild touches it, and
-- backups keep it. It carries profiles; whose they are is the map's to say.
--
-- One row for each message, with the products it is about. `batch` and `place` name the row; a batch is inserted under its token
-- (know/behaviour/write-batches.ts). Partitions are months of `at`, which never changes.

-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS behaviour (
  profile_id UInt64,
  at DateTime64(3, 'UTC'),
  batch UInt64,
  place UInt32,
  received_at DateTime64(3, 'UTC'), -- machine time
  source_id UInt32,
  shop_id UInt32,                   -- of the source; 0: of none
  kind LowCardinality(String),      -- viewed, carted, favoured…; see know/behaviour/kinds.ts
  event LowCardinality(String),     -- the name as told: Product Viewed
  product_ids Array(UInt64),        -- of the catalog at the time; 0: unknown there
  products Array(String),           -- codes as told, along with product_ids
  quantity Float64,                 -- of one product; 0: not told
  amount Int64,                     -- minor units, as told; 0: not told
  text String,                      -- searched words, the title of a page, a coupon's code
  path String,                      -- of the page, without its query
  referrer LowCardinality(String),  -- host
  campaign LowCardinality(String),  -- utm: name / source / medium
  properties String CODEC(ZSTD(3)), -- JSON as told, at most 8 kB
  INDEX by_batch batch TYPE minmax GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY toYYYYMM(at) ORDER BY (profile_id, at, batch, place)
SETTINGS index_granularity = 2048, non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

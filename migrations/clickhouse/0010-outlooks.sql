-- What is expected of each customer, one generation a forecast (Postgres: forecasts). A generation is complete before its row in
-- `forecasts` is written, which is what readers look for; older ones are dropped by partition. Made anew every night, so no backup
-- keeps it.

-- shard: intHash64(customer_id)
CREATE TABLE IF NOT EXISTS outlooks (
  forecast UInt64,
  customer_id UInt64,
  step Enum8('own' = 1, 'alike' = 2, 'model' = 3),
  here Nullable(UInt8),             -- percent, rounded down
  again90 Nullable(UInt8),
  again365 Nullable(UInt8),
  purchases90 Nullable(Float32),
  purchases365 Nullable(Float32),
  value90 Nullable(Int64),          -- minor units
  value365 Nullable(Int64),
  next_day Nullable(Date),
  call_before Nullable(Date)
) ENGINE = MergeTree
PARTITION BY forecast ORDER BY customer_id
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

-- shard: intHash64(id)
CREATE TABLE IF NOT EXISTS forecasts (
  id UInt64,
  as_of Date
) ENGINE = ReplacingMergeTree
ORDER BY id
SETTINGS non_replicated_deduplication_window = 1000;

-- Who is in each saved segment, as bitmaps of customers' numbers. A generation is written whole, then the records point at it
-- (segment_memberships); what nothing points at is dropped by partition. Beside it count the few flips since, which are in the records:
-- a segment's members are its bitmap with the flips turned over. All of it can be made anew.

-- shard: intHash64(segment_id)
CREATE TABLE IF NOT EXISTS memberships (
  generation UInt64,
  segment_id UInt32,
  members AggregateFunction(groupBitmap, UInt64)
) ENGINE = MergeTree
PARTITION BY generation ORDER BY segment_id
SETTINGS index_granularity = 1, non_replicated_deduplication_window = 1000;

-- The flips, lent to one statement. Rows leave by themselves.
-- shard: intHash64(segment_id)
CREATE TABLE IF NOT EXISTS membership_flips (
  run String,
  segment_id UInt32,
  customer_id UInt64,
  at DateTime DEFAULT now()
) ENGINE = MergeTree
ORDER BY (run, segment_id)
TTL at + INTERVAL 1 HOUR
SETTINGS index_granularity = 1024;

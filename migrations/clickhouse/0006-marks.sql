-- Staff and tests: 1 staff, 2 test, 0 a customer. Their traits are deleted rows, so no number over customers holds them.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS mark UInt8 DEFAULT 0;

-- Their profiles, left out of every sum over documents. Few.
-- shard: intHash64(profile_id)
CREATE TABLE IF NOT EXISTS left_out (
  profile_id UInt64,
  version UInt64,
  is_deleted UInt8 DEFAULT 0
) ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY profile_id
SETTINGS non_replicated_deduplication_window = 1000;

-- Whether people may be written to, and by what they are known: answers of the moment they were written (understand/reachable), a bit for
-- each channel and purpose (understand/query/contact-bits.ts). Made anew after a restore; no backup keeps it.

-- shard: intHash64(customer_id)
CREATE TABLE IF NOT EXISTS reachable (
  customer_id UInt64,
  version UInt64,                   -- epoch × 2^40 + round
  yes UInt32,                       -- may be written to; neither yes nor no: unknown
  no UInt32,
  kinds UInt32,                     -- of identifiers
  until DateTime('UTC')             -- shop time: from then on the answer may be another; 2106: it stands
) ENGINE = ReplacingMergeTree(version)
PARTITION BY intDiv(customer_id, 250000) ORDER BY customer_id
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

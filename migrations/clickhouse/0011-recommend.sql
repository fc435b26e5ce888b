-- What goes with what and what is next for whom, as a model of one day says (understand/recommend): written anew as a whole under the
-- model's number, which never changes, and dropped as a whole. Which model holds, Postgres says (recommend_models).

-- What a product that somebody took speaks for.
-- shard: intHash64(product_id)
CREATE TABLE IF NOT EXISTS related_products (
  model UInt32,
  product_id UInt64,
  other_id UInt64,
  weight Float32,                   -- how much; below zero: against it
  together UInt32,                  -- people who took both
  alike UInt8                       -- 1: by what is written of them, because nobody took the other yet
) ENGINE = MergeTree
PARTITION BY model ORDER BY (product_id, other_id)
SETTINGS index_granularity = 1024;

-- How people buy a product again.
-- shard: intHash64(product_id)
CREATE TABLE IF NOT EXISTS product_habits (
  model UInt32,
  product_id UInt64,
  takers UInt32,                    -- who bought it, or put it aside
  buyers UInt32,
  again UInt32,                     -- of them on two days or more
  every UInt16                      -- days between, the middle; 0: nobody came back for it
) ENGINE = MergeTree
PARTITION BY model ORDER BY product_id
SETTINGS index_granularity = 1024;

-- What is next for each customer, the best first, each with its reason.
-- shard: intHash64(customer_id)
CREATE TABLE IF NOT EXISTS next_products (
  model UInt32,
  customer_id UInt64,
  place UInt8,                      -- from 1
  product_id UInt64,
  score Float32,
  reason Enum8('runs_out' = 1, 'favoured' = 2, 'carted' = 3, 'viewed' = 4, 'related' = 5, 'alike' = 6),
  because_id UInt64,                -- of related and alike: the product that she took; else 0
  since Date,                       -- of the others: the day
  every UInt16,                     -- of runs_out: days; else 0
  times UInt32                      -- of viewed; else 0
) ENGINE = MergeTree
PARTITION BY model ORDER BY (customer_id, place)
SETTINGS index_granularity = 1024;

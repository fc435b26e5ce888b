-- Who looks after a customer, 0: nobody. It changes, so it stands in no key.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS owner_id UInt64 DEFAULT 0;
ALTER TABLE traits ADD COLUMN IF NOT EXISTS owner_id UInt64 DEFAULT 0;

-- Where a customer is, as one number (postgres 0045-regions.sql): what lies in a region is one range of it. 0: not known.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS region UInt32 DEFAULT 0;
ALTER TABLE traits ADD COLUMN IF NOT EXISTS region UInt32 DEFAULT 0;

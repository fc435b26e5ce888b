-- Where exactly a customer is, where that is known (postgres 0046-positions.sql): WGS-84, degrees. Others are taken to be at the centre of their region.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS latitude Nullable(Float32);
ALTER TABLE customers ADD COLUMN IF NOT EXISTS longitude Nullable(Float32);
ALTER TABLE traits ADD COLUMN IF NOT EXISTS latitude Nullable(Float32);
ALTER TABLE traits ADD COLUMN IF NOT EXISTS longitude Nullable(Float32);

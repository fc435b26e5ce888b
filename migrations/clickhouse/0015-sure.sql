-- Which of a customer's shown values the person or staff said (postgres 0035-sure.sql).
ALTER TABLE customers ADD COLUMN IF NOT EXISTS sure UInt8 DEFAULT 0;
ALTER TABLE traits ADD COLUMN IF NOT EXISTS sure UInt8 DEFAULT 0;

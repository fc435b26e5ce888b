-- Where a customer is, read from what is said of country, province, city, district and address (know/customers/regions-of.ts): a code of
-- GB/T 2260, or 1,000,000 and the letters of another country (know/regions). 0: not known; null: not read yet. `sure` has 32 more where the person or
-- staff said all of it.
alter table customers add column region integer;
create index customers_region_unread on customers (id) where region is null;

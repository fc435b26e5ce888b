-- The demo shop: what it is made of, how far its life is told, and its time. A house without this row is a real one, which no demo
-- ever touches.

create table demo_shop (
  one boolean primary key default true check (one),
  seed integer not null,
  customers integer not null,       -- after the history; then the shop goes on growing
  zeal real not null,               -- how much more often people buy than usual; 1 but for load tests
  opened date not null,             -- the first day of its history
  weeks integer not null,           -- of history
  told_until timestamptz not null,  -- all that happened up to here stands in the records
  made_at timestamptz,              -- machine time; null while the history is being written
  indexes jsonb,                    -- taken away while it is being written: [{name, definition}]
  -- Shop time: at the machine's instant it was shop_time and went so many times as fast, if somebody carries it on.
  shop_time timestamptz,
  machine_time timestamptz,
  speed double precision not null default 1
);

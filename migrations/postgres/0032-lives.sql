-- Lifecycle and value in depth.

-- Thresholds of their own for goods of a category or a brand; for all others the shop's hold (settings, `lifecycle`).
create table stage_thresholds (
  id integer generated always as identity primary key,
  category text,
  brand_id integer references brands on delete cascade,
  active integer not null check (active between 1 and 3650),
  silent integer not null check (silent between 1 and 3650),
  sleeping integer not null check (sleeping between 1 and 3650),
  version integer not null default 1,
  actor text not null,
  at timestamptz not null,
  check (num_nonnulls(category, brand_id) = 1),
  check (active < silent and silent < sleeping),
  unique nulls not distinct (category, brand_id)
);

-- How far the columns have followed the records, and each customer's stage.

-- One row for each projected table and for what is computed of them (`traits`). Everything below (xid, id) is copied.
create table projections (
  target text not null check (target in ('live', 'next')), -- next: of a rebuild under way
  name text not null,
  epoch integer not null,
  xid xid8 not null,
  id bigint not null,
  -- The batch under way: recorded before it is inserted, so that after a crash the same rows go in under the same token.
  to_xid xid8,
  to_id bigint,
  token text,
  rows bigint not null default 0,   -- copied in all; for progress
  moved_at timestamptz not null default clock_timestamp(),
  primary key (target, name)
);

-- Counts what makes answers over the columns old beside their position: rebuilds.
create table projection_rebuilds (
  id integer generated always as identity primary key,
  began_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

-- Where each customer stands in its life with the shop. It follows the columns, and the clock by `recheck_on`.
create table customer_stages (
  customer_id bigint primary key references customers on delete cascade,
  stage text not null check (stage in ('active', 'silent', 'sleeping', 'lost', 'never')),
  is_new boolean not null,
  since date not null,              -- the day on which it came to stand so
  first_purchase date,
  last_purchase date,
  recheck_on date                   -- the day on which stage or mark change if nothing is bought; null: never by time
);
create index customer_stages_to_recheck on customer_stages (recheck_on) where recheck_on is not null;
create index customer_stages_by_stage on customer_stages (stage, since desc, customer_id);

-- How far the stages have followed: the position of the traits, and the thresholds by which they were judged.
create table stage_keeping (
  one boolean primary key default true check (one),
  version numeric(20) not null,     -- of the traits; see understand/projection/position.ts
  thresholds jsonb
);
insert into stage_keeping (version) values (0);

-- The tracking door: what came in and waits (inbox), what was seen, what could not be used, how much of what; and behaviour on its
-- way to the columns, where it is truth.

-- With which programs and pages tell us what customers do. A key belongs to a source, and through it to a shop.
create table write_keys (
  id integer generated always as identity primary key,
  source_id integer not null references sources,
  name text not null,
  token_hash bytea not null unique, -- SHA-256 of the key
  hint text not null,               -- its last four characters
  shown text,                       -- the key itself, of a browser's alone: it stands in every page of the shop anyway
  place text not null check (place in ('server', 'browser')),
  orders boolean not null,          -- whether it may tell of orders; a browser's is in everybody's hands
  made_by text not null,
  made_at timestamptz not null,     -- machine time, as are the next two
  last_used_at timestamptz,
  ended_at timestamptz,
  ended_by text
);
create index write_keys_of_source on write_keys (source_id);

-- One row for each request that was answered with yes, until it is worked off. Without a foreign key: keys are never deleted, and a
-- check for each row would be a third of the insert.
create table inbox (
  id bigint generated always as identity primary key,
  key_id integer not null,
  received_at timestamptz not null, -- machine time
  came_at timestamptz not null,     -- the same in shop time: from it the sender's times are counted
  messages integer not null,        -- at least so many; for the size of a batch
  again boolean not null default false, -- drops that are tried again, in a form of our own (doors/ingest/replay.ts)
  body bytea not null               -- JSON, by Zstandard where that pays
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_scale_factor = 0,
        autovacuum_vacuum_insert_threshold = 20000);
alter table inbox alter body set storage external; -- it is small already

-- The messages of the last 30 days, so that each has its effect once. `message`: the messageId if it is a UUID, else made of it.
create table seen_messages (
  source_id integer not null,
  message uuid not null,
  day date not null,                -- machine time, UTC
  primary key (source_id, message)
);
create index seen_messages_by_day on seen_messages using brin (day) with (pages_per_range = 32);

-- Messages that could not be used, each once, with the first reason found; kept 30 days. `message` is personal data as it came.
create table ingest_drops (
  id bigint generated always as identity primary key,
  source_id integer not null references sources,
  key_id integer not null references write_keys,
  message_id uuid not null,
  reason text not null,             -- a name: no_person, order_unknown…; its text is a message of the module
  subject text,                     -- what the reason is about, as the number of an order
  type text,                        -- track, identify…
  event text,                       -- of a track
  came_at timestamptz not null,     -- shop time
  sent_at timestamptz,              -- by the sender's clock
  dropped_at timestamptz not null default clock_timestamp(),
  tries integer not null default 1,
  message jsonb,                    -- null: too large to keep, it cannot be tried again
  unique (source_id, message_id)
);
create index ingest_drops_by_reason on ingest_drops (reason, id desc);
create index ingest_drops_of_subject on ingest_drops (source_id, subject) where subject is not null;
create index ingest_drops_by_age on ingest_drops (dropped_at);

-- How much of what, by the minute of machine time.
create table ingest_counts (
  minute timestamptz not null,
  source_id integer not null,       -- 0: of nobody known
  outcome text not null check (outcome in ('used', 'repeated', 'dropped', 'refused')),
  what text not null,               -- of used: the type or kind; of dropped and refused: the reason; of repeated: ''
  count bigint not null,
  primary key (minute, source_id, outcome, what)
);

-- What was worked off together: a few of the messages, masked, for the live page. Kept a day.
create table ingest_batches (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  messages integer not null,
  waited_ms integer not null,       -- of the oldest message, from its receipt until here
  sample jsonb not null default '[]'
);
create index ingest_batches_by_age on ingest_batches (at);

-- What this door last told of an order: a document that has another version since was edited by somebody, and stays.
create table ingest_orders (
  order_id bigint primary key references orders on delete cascade,
  told_at timestamptz not null,
  version integer not null
);

-- Behaviour on its way to the columns: rows are kept here, in the transaction that made them, until ClickHouse has them under the
-- token. So a kill between the two loses and doubles nothing.
create table behaviour_batches (
  id bigint primary key,
  token uuid not null default gen_random_uuid(),
  rows integer not null,
  body bytea not null,              -- TabSeparated by Zstandard; columns in know/behaviour/columns.ts
  made_at timestamptz not null default clock_timestamp()
);
alter table behaviour_batches alter body set storage external;

-- The last batch. Its row is locked until the batch commits, so batches commit in the order of their ids.
create table behaviour_keeping (
  one boolean primary key default true check (one),
  last_id bigint not null default 0
);
insert into behaviour_keeping default values;

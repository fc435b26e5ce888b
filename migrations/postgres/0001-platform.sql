-- What the machinery needs: the log of facts, who reads it, settings, and requests answered once.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One life of this database. A restore or another server (another system_identifier) opens a new epoch, in which all
-- transactions of older epochs count as committed; transaction ids of two epochs are never compared.
create table epochs (
  epoch integer primary key,
  system_identifier text not null,
  began_at timestamptz not null default clock_timestamp()
);

create function current_epoch() returns integer language sql stable parallel safe
  as 'select max(epoch) from epochs';

-- The one log of facts: what the system did or decided, appended in the transaction of the change.
-- Partitioned by the month of recording (machine time, UTC), so that retention drops whole months.
create table facts (
  id bigint generated always as identity,
  epoch integer not null default current_epoch(),
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,                                   -- when it became true, shop time
  recorded_at timestamptz not null default clock_timestamp(), -- when it was written, machine time
  kind text not null,                                        -- module.past_tense, as orders.placed
  profile_id bigint,                                         -- whose timeline it stands on
  subject_id bigint,                                         -- the row it is about; the kind says of which table
  actor text not null,                                       -- staff:12, import:3, system, api:4
  cause bigint,                                              -- the fact that led to this one
  historic boolean not null default false,                   -- fills records and numbers, fires nothing
  data jsonb not null default '{}',
  primary key (id, recorded_at)
) partition by range (recorded_at);

create index facts_in_commit_order on facts (epoch, xid, id);
create index facts_of_profile on facts (profile_id, at desc, id desc) where profile_id is not null;
create index facts_of_subject on facts (kind, subject_id) where subject_id is not null and not historic;
create table facts_default partition of facts default;

-- How far each listener has read. It moves in the transaction of the listener's effects.
create table listeners (
  name text primary key,
  epoch integer not null,
  xid xid8 not null,
  id bigint not null,
  moved_at timestamptz not null default clock_timestamp(),
  failures integer not null default 0,
  last_error text
);

-- Rows deleted from projected tables, so that the columns forget them too. `entity` is the projected table's name.
create table tombstones (
  entity text not null,
  row_id bigint not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (entity, row_id)
);
create index tombstones_in_order on tombstones (xid, row_id);

-- Settings of the merchant by module, as `lifecycle`: one document each, edited with a version.
create table settings (
  name text primary key,
  value jsonb not null,
  version integer not null default 1,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text
);

-- Answers to requests that carried an Idempotency-Key, kept for 7 days.
create table answered_requests (
  principal text not null,
  route text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  body jsonb,
  headers jsonb not null default '{}',
  answered_at timestamptz not null default clock_timestamp(),
  primary key (principal, route, key)
);
create index answered_requests_by_age on answered_requests (answered_at);

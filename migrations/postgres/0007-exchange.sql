-- How files come in. A running import keeps its rows in unlogged tables of its own (staging.lines_12, heads_12, …), dropped
-- when it ends; a crash of Postgres empties them, which `import_marks` shows, and the file is read anew.

create schema staging;

-- Mappings saved under a name; those that are shipped stand in doors/exchange/presets.
create table import_presets (
  code text primary key,
  preset jsonb not null,
  version integer not null default 1,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null
);

create table imports (
  id bigint generated always as identity primary key,
  file_name text not null,          -- what people call the file
  path text not null,               -- where it lies
  uploaded boolean not null,        -- ours to delete; else it lies where the command line named it
  file_size bigint not null,        -- bytes
  file_hash text not null,          -- SHA-256 of the bytes, hex
  shape jsonb not null,             -- how the file is read (platform/files TableShape)
  preset jsonb not null,            -- how its columns are understood
  source_id integer references sources,
  shop_id integer references shops,
  state text not null default 'waiting' check (state in
    ('waiting', 'running', 'compared', 'applied', 'cancelled', 'failed', 'undoing', 'undone')),
  goal text check (goal in ('compared', 'applied', 'undone')), -- how far the run is to go
  phase text check (phase in ('stage', 'sort', 'compare', 'products', 'customers', 'orders', 'undo')),
  cursor jsonb not null default '{}', -- how far each phase has got
  applies boolean not null default false, -- something of it stands in the records
  rows_read bigint not null default 0,
  rows_total bigint,                -- an estimate until the file is read
  phase_done bigint not null default 0,  -- units of the phase (bytes, products, customers, orders)
  phase_total bigint not null default 0,
  rate integer,                     -- rows a second
  seconds_left integer,
  comparison jsonb,
  summary jsonb,
  failure jsonb,                    -- {code, params} of the refusal that stopped it
  cancel_asked boolean not null default false,
  actor text not null,
  created_at timestamptz not null default clock_timestamp(),
  began_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1
);
create index imports_newest on imports (id desc) where state <> 'waiting';
create index imports_of_file on imports (file_hash);

-- Emptied with the staging tables when Postgres crashes: without its mark an import reads its file anew.
create unlogged table import_marks (import_id bigint primary key references imports on delete cascade);

-- Rows that could not be used, each with the first reason found.
create table import_problems (
  import_id bigint not null references imports on delete cascade,
  row bigint not null,              -- as a spreadsheet counts
  reason text not null,             -- a message key
  column_name text,
  value text,                       -- at most 80 characters
  params jsonb not null default '{}',
  primary key (import_id, row)
);

-- What rests on which import: one row for each record that a file told of, also where it said nothing new.
create table import_evidence (
  entity text not null check (entity in ('products', 'profiles', 'orders')),
  row_id bigint not null,
  import_id bigint not null references imports on delete cascade,
  effect text not null check (effect in ('made', 'changed', 'same')),
  version integer,                  -- of the record after the import (products, orders): a later one is somebody's edit
  content_hash text,                -- of what the file said
  told_at timestamptz,              -- the latest sale by which it was told
  stays text,                       -- after undo: why the record was left, a message key
  primary key (entity, row_id, import_id)
);
create index evidence_of_import on import_evidence (import_id, entity, row_id);

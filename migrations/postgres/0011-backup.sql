-- Backups made here. The files lie on a machine, so this table is of the machine too: it stands in no backup itself.
create table backups (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('daily', 'asked', 'command')), -- by the clock, by a person on the page, on the command line
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  machine text,                     -- the host on which the file lies
  path text,
  phase text,                       -- the table or file that is being written
  share real not null default 0,    -- 0 to 1, an estimate
  bytes bigint,                     -- of the file
  rows bigint,                      -- of the records in it
  sha256 text,                      -- of all but its last member, hex
  failure jsonb,                    -- {code, params} of what stopped it
  cancel_asked boolean not null default false,
  asked_by text not null,           -- an actor's label
  asked_at timestamptz not null default clock_timestamp(),
  began_at timestamptz,
  ended_at timestamptz,
  forgotten_at timestamptz          -- when retention deleted the file
);
create index backups_newest on backups (id desc);

-- Jobs that waited when a backup was made, until the queue of the restored house takes them.
create table kept_jobs (
  id uuid primary key,
  name text not null,
  data jsonb not null default '{}',
  singleton_key text,
  priority integer not null default 0,
  start_after timestamptz not null
);

-- Who may be the same person, found by likeness (know/duplicates). A pair names two nodes of identity's graph: when they are merged
-- or taken apart elsewhere, both lead to whoever they are today, and a pair that is one person already is not asked about.

create table duplicate_suggestions (
  id bigint generated always as identity primary key,
  one_id bigint not null references customers on delete cascade,
  other_id bigint not null references customers on delete cascade,
  probability real not null,        -- of being one person, as the last look said
  reasons jsonb not null,           -- [{field, how, bits}]: what is alike, never the values themselves
  state text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  found_at timestamptz not null,    -- shop time, the first time
  scan_id bigint not null,          -- the last look that found it
  decided_at timestamptz,
  decided_by text,
  merge_id bigint references identity_merges on delete set null,
  apart_ids bigint[],               -- refused: whom the two led to then, between whom identity keeps the cut
  check (one_id < other_id),
  unique (one_id, other_id)
);
create index duplicate_suggestions_open on duplicate_suggestions (probability desc, id desc) where state = 'open';
create index duplicate_suggestions_decided on duplicate_suggestions (decided_at desc, id desc) where state <> 'open';
create index duplicate_suggestions_of_other on duplicate_suggestions (other_id);

-- Each look through the customers: all of them, or those who changed since the last. What the last whole one learnt is how the
-- next small ones weigh.
create table duplicate_scans (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('all', 'changed')),
  asked_by text,                    -- null: the schedule
  started_at timestamptz not null,  -- machine time
  told_at timestamptz not null,     -- machine time; a running one that is silent for a minute is of a process that died
  ended_at timestamptz,
  state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed')),
  step text,                        -- reading, learning, comparing, writing
  done bigint not null default 0,
  of bigint not null default 0,
  people bigint,
  looked bigint,                    -- pairs compared
  found integer,                    -- pairs that may be the same
  -- Customers changed by transactions before this were looked at.
  horizon xid8 not null,
  -- What was learnt: weights, and how common the common values are. No value that fewer than 20 people have.
  learnt jsonb
);
create index duplicate_scans_newest on duplicate_scans (id desc) where state = 'done';

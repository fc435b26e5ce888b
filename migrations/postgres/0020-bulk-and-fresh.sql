-- Acts on whole lists of people, what was confirmed of a person, and how the feed of the shop finds what its people did.

-- One act on a list, and what it did to each person, so that it can be taken back.
create table bulk_acts (
  id bigint generated always as identity primary key,
  act jsonb not null,               -- {do: 'tag', …}: know/bulk/contract.ts
  list jsonb,                       -- the question that finds them; null: chosen one by one
  staff_id bigint references staff, -- null: a program
  actor text not null,
  scope jsonb not null,             -- what the person saw when asking, and how: the act goes no further
  sight jsonb not null default '{}',
  state text not null check (state in ('waiting', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')),
  asked_at timestamptz not null,
  began_at timestamptz,             -- machine time, of this run, and how many were done then: for the pace
  began_with integer not null default 0,
  ended_at timestamptz,
  total integer,                    -- null: still being found
  done integer not null default 0,
  changed integer not null default 0,
  undone integer not null default 0,
  kept integer not null default 0,  -- not taken back, because somebody changed it since
  code text,                        -- why it failed
  version integer not null default 1
);

create table bulk_people (
  act_id bigint not null references bulk_acts on delete cascade,
  customer_id bigint not null,
  profile_id bigint,                -- where the change was written
  before jsonb,                     -- what stood there
  state text not null check (state in ('waiting', 'changed', 'same', 'left', 'undone', 'kept')), -- left: not there any more, or out of sight
  primary key (act_id, customer_id)
);
create index bulk_people_waiting on bulk_people (act_id, customer_id) where state = 'waiting';
create index bulk_people_by_state on bulk_people (act_id, state, customer_id) where state in ('changed', 'kept');
create index bulk_people_of_customer on bulk_people (customer_id);

-- That a field of a person still holds, as somebody heard; the newest counts. `field` as in profile_values, or phone and email.
create table confirmations (
  profile_id bigint not null references profiles on delete cascade,
  field text not null,
  at timestamptz not null,
  actor text not null,
  primary key (profile_id, field)
);
-- What is known to be wrong: it bounced, or somebody who called heard so. Ends when the field is said anew or confirmed.
create table field_faults (
  profile_id bigint not null references profiles on delete cascade,
  field text not null,
  reason text not null check (reason in ('bounced', 'invalid')),
  at timestamptz not null,
  actor text not null,
  primary key (profile_id, field)
);

-- The feed of the shop goes back in time from now, or through one person's acts. The first costs next to nothing to keep.
create index facts_by_day on facts using brin (at) with (pages_per_range = 32);
create index facts_of_actor on facts (actor, id) where actor like 'staff:%' or actor like 'key:%';
create index promises_to_confirm on promises (due_on) where kind = 'confirm';
